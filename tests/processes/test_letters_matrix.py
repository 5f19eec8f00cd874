"""L1, L2: numbers stay gapless whatever dies when, and each letter's file holds its own mother and no other.

Each has its control: a lease that never runs out, and workers that hand their work on through one place.
"""

import datetime as dt
import hashlib
import json
import random
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.db import transaction
from django_scopes import scopes_disabled

from applications.letters.content import Fact, LetterContent
from applications.letters.register import enter
from applications.models import Decision, Letter, NumberSeries
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event, Job
from tests import factories
from tests.applications.letters.samples import approval
from tests.cases import heard

pytestmark = [pytest.mark.processes, pytest.mark.usefixtures("shared_settings", "transactional_db")]
KILLED = -9
ENTERING = ["letter.after_number", "letter.after_row", "letter.after_job"]
REISSUING = ["letter.after_void", *ENTERING]
ISSUING = [
    "letter.after_claim",
    "letter.after_render",
    "letter.after_file",
    "letter.before_commit",
    "letter.after_commit",
]
LETTERS_A_MOVE = 5
LONGEST = 550
"""Seconds that four workers may take for all."""
Start = Callable[[str], int]


@pytest.fixture
def case(kodaira: Any, nurse: Any) -> Callable[[], Any]:
    def made() -> Any:
        with scopes_disabled():
            return heard(kodaira, nurse, household__citizen=factories.UserFactory())

    return made


def half_a_minute_passes() -> None:
    clock.move_to(clock.now() + dt.timedelta(seconds=30))


def settled(start: Start) -> list[Letter]:
    """The register after a restart and half a minute: whole, gapless, one live letter for each decision."""
    half_a_minute_passes()
    assert start("") == 0
    assert not list(Job.objects.exclude(status=Job.Status.DONE).values_list("key", "status", "last_error"))
    with scopes_disabled():
        letters = list(Letter.objects.order_by("number"))
        decided = Decision.objects.count()
    assert [letter.number for letter in letters] == [*range(1, len(letters) + 1)]
    assert sum(NumberSeries.objects.values_list("last", flat=True)) == len(letters)
    live = [letter for letter in letters if letter.status != Letter.Status.VOID]
    assert len({letter.subject_id for letter in live}) == len(live) == decided
    assert {letter.status for letter in live} <= {Letter.Status.ISSUED}
    return letters


def test_entering_and_reissuing__killed_at_any_step_gives_its_number_back(
    case: Any, decider: Any, start_worker: Start
) -> None:
    application = case()
    for step in ENTERING:
        assert start_worker(f"{step} approve {application.pk} {decider.pk}") == KILLED
    with scopes_disabled():
        assert not Letter.objects.exists()
        assert not Decision.objects.exists()
    assert start_worker(f"- approve {application.pk} {decider.pk}") == 0
    (letter,) = settled(start_worker)

    for step in REISSUING:
        assert start_worker(f"{step} reissue {letter.pk} {decider.pk}") == KILLED
    (letter,) = settled(start_worker)
    assert start_worker(f"letter.after_reissue reissue {letter.pk} {decider.pk}") == KILLED  # committed just before
    old, new = settled(start_worker)
    assert (old.status, new.replaces_id, new.subject_id) == (Letter.Status.VOID, old.pk, old.subject_id)


def test_control__a_lease_that_never_runs_out_leaves_a_letter_lying(
    case: Any, decider: Any, start_worker: Start
) -> None:
    assert start_worker(f"- approve {case().pk} {decider.pk}") == 0
    assert start_worker("letter.after_render") == KILLED
    Job.objects.filter(kind="issue_letter").update(lease_until=clock.now() + dt.timedelta(days=365))
    with pytest.raises(AssertionError, match="running"):
        settled(start_worker)


@pytest.mark.soak
def test_a_day_of_crashes__leaves_a_whole_register(case: Any, decider: Any, start_worker: Start) -> None:
    """60 deeds in an order that a seed gives, most of them killed somewhere."""
    chance = random.Random(20260305)  # noqa: S311 - the same crashes each time
    for _ in range(60):
        with scopes_disabled():
            standing = list(Letter.objects.exclude(status=Letter.Status.VOID).values_list("pk", flat=True))
        deed = chance.choice(["approve", "reissue", "sweep"]) if standing else "approve"
        if deed == "sweep":
            start_worker(chance.choice([*ISSUING, ""]))
            half_a_minute_passes()
            continue
        about = case().pk if deed == "approve" else chance.choice(standing)
        steps = ENTERING if deed == "approve" else [*REISSUING, "letter.after_reissue"]
        start_worker(f"{chance.choice([*steps, '-'])} {deed} {about} {decider.pk}")
    assert len(settled(start_worker)) > 10


@pytest.fixture
def marked(kodaira: Any) -> Callable[[int], None]:
    """So many letters in the register, each with a mark of its own in its name and its facts."""
    sample = approval()

    def enter_them(number: int) -> None:
        with scopes_disabled(), transaction.atomic():
            for at in range(1, number + 1):
                row = Letter(
                    municipality=kodaira,
                    kind=Letter.Kind.APPROVAL,
                    subject_kind=Letter.Subject.APPLICATION,
                    subject_id=at,
                )
                enter(row, _marked(sample, at), on=clock.today(), at=clock.now())

    return enter_them


def _mark(at: int) -> str:
    return f"M{at:04}M"


def _marked(sample: LetterContent, at: int) -> LetterContent:
    mark = _mark(at)
    facts = (Fact("利用する方", (mark,)), *sample.facts[1:])
    short: dict[str, Any] = {"grants": (), "instructions": (), "appeal": ()}
    return replace(sample, recipient=replace(sample.recipient, name=mark), facts=facts, **short)


def mixed_up(media: Path) -> list[str]:
    """The labels of letters whose file is not whole, lacks their own mark, or holds another one's."""
    with scopes_disabled():
        letters = list(Letter.objects.order_by("number"))
    wrong = []
    for letter in letters:
        content = (media / letter.storage_name).read_bytes() if letter.storage_name else b""
        text = pypdf.PdfReader(media / letter.storage_name).pages[0].extract_text() if content else ""
        found = {word for word in text.split() if word.startswith("M") and word.endswith("M")}
        if hashlib.sha256(content).hexdigest() != letter.sha256 or found != {_mark(letter.subject_id)}:
            wrong.append(json.dumps([letter.label, sorted(found)]))
    return wrong


def crowd(start: Start, manner: str, *, moves: int) -> None:
    """Four workers at once; meanwhile the clock runs out of their leases, each time that a few more letters are out.

    Paced by what is done and not by seconds, no letter is taken five times from workers whose machine is busy.
    """
    done, ends = threading.Event(), time.monotonic() + LONGEST

    def work() -> None:
        try:
            start(f"- sweep {manner} 4")
        finally:
            done.set()

    threading.Thread(target=work).start()
    for move in range(1, moves + 1):
        while not done.wait(0.1) and _issued() < move * LETTERS_A_MOVE:
            assert time.monotonic() < ends
        half_a_minute_passes()
    assert done.wait(max(0, ends - time.monotonic()))
    for _ in range(3):
        half_a_minute_passes()
        assert start("") == 0


def _issued() -> int:
    return Event.objects.filter(verb="letter.issued").count()


@pytest.mark.parametrize("number", [24, pytest.param(500, marks=pytest.mark.soak)])
def test_four_workers_slower_than_their_lease__put_each_mother_into_her_own_file(
    number: int, marked: Any, start_worker: Start, crash_environment: dict[str, str]
) -> None:
    marked(number)
    crowd(start_worker, "delayed", moves=number // LETTERS_A_MOVE)

    assert not mixed_up(Path(crash_environment["MEDIA_ROOT"]))
    assert Job.objects.filter(attempts__gt=1).exists()  # some were taken over
    assert _issued() == number
    assert not Job.objects.exclude(status=Job.Status.DONE).exists()


@pytest.mark.soak
def test_control__workers_that_share_a_place_mix_their_letters_up(
    marked: Any, start_worker: Start, crash_environment: dict[str, str]
) -> None:
    marked(10)
    crowd(start_worker, "shared", moves=0)
    assert mixed_up(Path(crash_environment["MEDIA_ROOT"]))
