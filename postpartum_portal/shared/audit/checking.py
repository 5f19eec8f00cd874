"""Recomputing the chain of seals: which events or seals are not as they were."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from postpartum_portal.shared.models import Event, EventSeal

from .digests import digest_of, prints_of, read_prints, rows_between, written

SEALS_AT_ONCE = 20


class What(StrEnum):
    CHANGED = "event changed"
    REMOVED = "event removed"
    INSERTED = "event inserted"
    SEAL_CHANGED = "seal changed"
    SEAL_REMOVED = "seal removed before event"
    NOT_THERE = "no seal has the digest that was noted: the log's end was removed, or all of it rewritten"


@dataclass(frozen=True, slots=True)
class Finding:
    """`number`: the event's id; of a seal the first event that it covers; 0 where there is none."""

    what: What
    number: int = 0

    def __str__(self) -> str:
        return f"{self.what} {self.number}" if self.number else str(self.what)


@dataclass(frozen=True, slots=True)
class Summary:
    """How far the chain reaches. `digest` is worth noting elsewhere: it vouches for all events up to `last_event`."""

    seals: int
    last_event: int
    digest: str
    unsealed: int


def summary() -> Summary:
    last = EventSeal.objects.order_by("-first_id").only("last_id", "digest").first()
    end, digest = (last.last_id, last.digest) if last else (0, "")
    unsealed = Event.objects.filter(pk__gt=end).count()
    return Summary(EventSeal.objects.count(), end, digest, unsealed)


def findings(*, expect: str = "") -> Iterator[Finding]:
    """All that is not as it was sealed, in the order of the log; of a million events only a thousand are held at once.

    Args:
        expect: a digest noted elsewhere, which one of the seals must have.
    """
    before: set[str] = {""}
    next_id = 1
    for seal in EventSeal.objects.order_by("first_id").iterator(chunk_size=SEALS_AT_ONCE):
        rows = list(rows_between(seal.first_id, seal.last_id))
        texts = [written(row) for row in rows]
        right = {digest_of(digest, seal.first_id, seal.last_id, texts) for digest in before}
        if gap := seal.first_id != next_id:
            yield Finding(What.SEAL_REMOVED, seal.first_id)
        if seal.digest not in right:
            differing = list(_differing(seal, prints_of(rows, texts)))
            yield from differing or ([] if gap else [Finding(What.SEAL_CHANGED, seal.first_id)])
        # One seal that was changed, or one event, is not held against all that follow.
        before, next_id = {seal.digest, *right}, seal.last_id + 1
    if expect and not EventSeal.objects.filter(digest=expect).exists():
        yield Finding(What.NOT_THERE)


def _differing(seal: EventSeal, prints: bytes) -> Iterator[Finding]:
    then, now = dict(read_prints(seal.prints)), dict(read_prints(prints))
    for number in sorted(then.keys() | now.keys()):
        if number not in now:
            yield Finding(What.REMOVED, number)
        elif number not in then:
            yield Finding(What.INSERTED, number)
        elif then[number] != now[number]:
            yield Finding(What.CHANGED, number)
