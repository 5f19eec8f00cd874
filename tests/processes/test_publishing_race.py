"""Two deciders publish one draft at once: one version comes of it, and the other is told. The control must fail."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from eligibility.models import ProgrammeDraft
from eligibility.public import AlreadyThere, Municipality, ProgrammeVersion, ReplayIsOld, publish_draft
from eligibility.services import publishing
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken
from postpartum_portal.shared.models import Event
from postpartum_portal.shared.tenancy import tenant
from tests import factories
from tests.eligibility.drafted import CHEAPER, again, replayed
from tests.processes.racing import in_rounds, needs_a_shared_database, race

pytestmark = [pytest.mark.processes, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]

AHEAD = dt.timedelta(days=30)


@pytest.fixture
def town(kodaira: Municipality) -> Iterator[Municipality]:
    needs_a_shared_database()
    with tenant(municipality=kodaira.pk):
        yield kodaira


def two_screens(town: Municipality, nurse: Any, text: str = CHEAPER) -> list[Callable[[], ProgrammeVersion]]:
    """The same draft in front of two deciders, each about to press the button."""
    draft = replayed(town, nurse, text)
    people = [factories.MembershipFactory(municipality=town, role="decider").user for _ in range(2)]
    return [
        partial(publish_draft, again(draft), effective_from=clock.today() + AHEAD, by=person, at=clock.now())
        for person in people
    ]


@in_rounds(2)
def test_two_publishers_at_once__make_one_version(town: Municipality, nurse: Any, rounds: int) -> None:
    for number in range(rounds):
        screens = two_screens(town, nurse, f"# 第{number}案\n{CHEAPER}")

        answers = race(screens, municipality=town.pk)

        assert Counter(map(type, answers)) == {ProgrammeVersion: 1, Overtaken: 1}, answers
        (made,) = [answer for answer in answers if isinstance(answer, ProgrammeVersion)]
        winner = screens[answers.index(made)].keywords["by"]  # type: ignore[attr-defined]
        published = ProgrammeDraft.objects.latest("pk")
        assert (published.status, published.version, published.published_by) == ("published", made, winner)
        assert Event.objects.filter(verb="programme.published", actor_id=winner.pk).count() == 1
        assert Event.objects.filter(verb="programme.published").count() == number + 1


def test_two_drafts_of_one_text_at_once__make_one_version(town: Municipality, nurse: Any) -> None:
    screens = [two_screens(town, nurse)[0] for _ in range(2)]

    answers = race(screens, municipality=town.pk)

    assert Counter(map(type, answers)) == {ProgrammeVersion: 1, AlreadyThere: 1}, answers
    assert sorted(ProgrammeDraft.objects.values_list("status", flat=True)) == ["published", "replayed"]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time")
def test_control__looking_before_writing__lets_both_pass_the_step(
    town: Municipality, nurse: Any, monkeypatch: Any
) -> None:
    """Without the condition in the update nobody is overtaken; only the text, which is there once, stops the second."""
    looked = Barrier(2, timeout=10)

    def pass_carelessly(transition: Any, **changes: Any) -> None:
        row: Any = transition.__self__
        assert ProgrammeDraft.objects.get(pk=row.pk).status == ProgrammeDraft.Status.REPLAYED
        looked.wait()
        transition()
        ProgrammeDraft.objects.filter(pk=row.pk).update(status=row.status, **changes)

    monkeypatch.setattr(publishing, "pass_transition", pass_carelessly)
    answers = race(two_screens(town, nurse), municipality=town.pk)

    assert Counter(map(type, answers)) == {ProgrammeVersion: 1, AlreadyThere: 1}, answers
    assert not any(isinstance(answer, Overtaken | ReplayIsOld) for answer in answers)
