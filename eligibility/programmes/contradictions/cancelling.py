"""Contradictions about cancelling: tiers in order of time, each at least as hard as the one before it."""

from collections.abc import Iterator
from datetime import time
from itertools import pairwise

from eligibility.engine import Counts, FeeKind
from eligibility.programmes.contradictions.found import Found, codes_of, unknown
from eligibility.programmes.reading import Path
from eligibility.programmes.schema import ProgrammeFile
from eligibility.programmes.schema.amounts import AmountEntry
from eligibility.programmes.schema.money import CancellationEntry, DeadlineEntry, FeeEntry, OutcomeEntry

_HARDNESS = {Counts.NONE: 0, Counts.SOME: 1, Counts.ALL: 2}

MOMENT = (
    "at のときは必ず書いてください。ちょうどその時刻が、まにあうなら true(まで、を過ぎて)、"
    "まにあわないなら false(以降)です。"
)


def contradictions(file: ProgrammeFile) -> Iterator[Found]:
    classes = codes_of(file.classes)
    for number, service in enumerate(file.services):
        path: Path = ("services", number, "cancellation")
        rule = service.cancellation
        yield from _published_or_not(path, rule)
        for place, tier in enumerate(rule.tiers):
            yield from _deadline((*path, "tiers", place, "deadline"), tier.deadline)
            yield from _outcome((*path, "tiers", place), tier, classes)
        yield from _outcome((*path, "no_show"), rule.no_show, classes)
        yield from _order(path, rule)


def _published_or_not(path: Path, rule: CancellationEntry) -> Iterator[Found]:
    if bool(rule.tiers) == bool(rule.unpublished):
        yield path, "tiers か unpublished のどちらか1つを書いてください。"
    for key in ("who_knows", "source"):
        if bool(getattr(rule, key)) != bool(rule.unpublished):
            yield (*path, key), "unpublished のときに、そのときだけ書いてください。"
    if rule.reading and not rule.unpublished:
        yield (*path, "reading"), "unpublished のときだけ書けます。期限の読み方は tiers に書いてください。"


def _deadline(path: Path, entry: DeadlineEntry) -> Iterator[Found]:
    """Whether the moment itself is in time is never left to a default: that would be a guess."""
    if entry.at is not None and entry.inclusive is None:
        yield (*path, "inclusive"), MOMENT


def _outcome(path: Path, entry: OutcomeEntry, classes: list[str]) -> Iterator[Found]:
    if (entry.counts is Counts.SOME) != (entry.units is not None):
        yield (*path, "units"), "counts: some のときに、そのときだけ書いてください。"
    if entry.fee:
        yield from _fee((*path, "fee"), entry.fee, classes)


def _fee(path: Path, entry: FeeEntry, classes: list[str]) -> Iterator[Found]:
    yield from unknown((*path, "except_classes"), entry.except_classes, classes, "classes")
    of_copayment = entry.kind is FeeKind.COPAYMENT
    if of_copayment == (entry.amount is not None):
        yield (*path, "amount"), "kind: copayment でないときに、そのときだけ書いてください。"
    if of_copayment and entry.amount_multiples is not None:
        yield (*path, "amount_multiples"), "kind: copayment のときは書けません。"
    if entry.percent is not None and not of_copayment:
        yield (*path, "percent"), "kind: copayment のときだけ書けます。"


def _order(path: Path, rule: CancellationEntry) -> Iterator[Found]:
    for place, (before, after) in enumerate(pairwise(rule.tiers), start=1):
        here = (*path, "tiers", place)
        if _comparable(before.deadline, after.deadline) and _moment(after.deadline) <= _moment(before.deadline):
            yield (*here, "deadline"), "前の段より後の期限を書いてください。早い期限から順に並べます。"
        if _is_milder(after, before):
            yield here, "前の段より軽くなっています。遅い取り消しが軽くなることはありません。"
    if rule.tiers and _is_milder(rule.no_show, rule.tiers[-1]):
        yield (*path, "no_show"), "最後の段より軽くなっています。連絡しないほうが軽くなることはありません。"


def _comparable(one: DeadlineEntry, other: DeadlineEntry) -> bool:
    """Whether both count the same days: working days stand against calendar days only in a calendar."""
    return one.working == other.working


def _moment(entry: DeadlineEntry) -> tuple[int, time, bool]:
    """Later deadlines are greater; a deadline without a time is the end of its day."""
    return -entry.days_before, entry.at or time.max, bool(entry.inclusive)


def _is_milder(after: OutcomeEntry, before: OutcomeEntry) -> bool:
    if (_HARDNESS[after.counts], after.units or 0) < (_HARDNESS[before.counts], before.units or 0):
        return True
    if before.fee is None or after.fee is None:
        return before.fee is not None
    spares_more = bool(set(after.fee.except_classes) - set(before.fee.except_classes))
    return spares_more or (after.fee.kind is before.fee.kind and _costs_less(after.fee, before.fee))


def _costs_less(after: FeeEntry, before: FeeEntry) -> bool:
    """As far as numbers tell: an unpublished amount is neither more nor less."""
    if after.kind is FeeKind.COPAYMENT:
        return (after.percent or 100) < (before.percent or 100)
    return any(
        isinstance(new, int) and isinstance(old, int) and new < old
        for new, old in zip(_amounts(after), _amounts(before), strict=True)
    )


def _amounts(fee: FeeEntry) -> tuple[AmountEntry | None, AmountEntry | None]:
    return fee.amount, fee.amount if fee.amount_multiples is None else fee.amount_multiples
