"""だれが見たか: every reading by somebody else stands on her page, in words, without a name."""

import ast
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from eligibility.public import Municipality
from facilities.models import Facility
from postpartum_portal.pages.access_words import NOT_SHOWN, WORDS
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.models import Event
from tests import cases, factories, sources
from tests.pages.reading import text

RECORDERS = {"record", "record_reads", "_record"}


def page(mother: Any, **query: str) -> str:
    client = Client()
    client.force_login(mother)
    return text(client.get(reverse("pages:access", args=["kodaira"]), query).content.decode().partition("<main")[2])


@pytest.fixture
def application(kodaira: Municipality, mother: Any) -> Any:
    return cases.handed_in(kodaira, citizen=mother, household__citizen=mother, birth__citizen=mother)


@pytest.mark.django_db
def test_access_log__tells_role_and_place_and_no_name(
    mother: Any, kodaira: Municipality, nurse: Any, application: Any, clinic: Facility, receptionist: Any, clock_at: Any
) -> None:
    booking = factories.BookingFactory(
        municipality=kodaira,
        entitlement=factories.EntitlementFactory(municipality=kodaira, birth=application.birth),
        facility=clinic,
        quote={"lines": [], "total": 0, "class": "general", "version": 1},
    )
    assert "まだ、だれも見ていません" in page(mother)

    staff = Client()
    staff.force_login(nurse)
    for _ in range(3):  # a page that is loaded again is one reading
        staff.get(reverse("pages:case", args=["kodaira", application.number]))
    clock_at.shift(3600)
    events.record_reads("booking.read", [booking], at=clock.now(), by_id=receptionist.pk)
    events.record("application.submitted", application, at=clock.now(), by_id=mother.pk)
    gone = factories.UserFactory(display_name="前田")
    events.record_reads("case.read", [application], at=clock.now(), by_id=gone.pk)

    shown = page(mother)
    assert f"{clinic.name}の職員" in shown
    assert "こども家庭センターの職員" in shown
    assert shown.count("申請の内容を見ました") == 2
    assert "以前の職員" in shown
    assert shown.index("予約と、施設に伝わる内容を見ました") < shown.index("こども家庭センターの職員")
    listed = shown.partition("記録も見る")[2]
    assert not [name for name in ("渡辺", "受付", "前田", "あなた") if name in listed]
    assert "あなた" in page(mother, all="1").partition("だけを見る")[2]


@pytest.mark.django_db
def test_access_log__holds_nothing_of_another_mother_or_municipality(
    mother: Any, kawasaki: Municipality, nurse: Any, application: Any
) -> None:
    stranger = cases.handed_in(application.municipality)
    events.record_reads("case.read", [stranger], at=clock.now(), by_id=nurse.pk)
    elsewhere = cases.handed_in(kawasaki, citizen=mother, household__citizen=mother, birth__citizen=mother)
    events.record_reads("case.read", [elsewhere], at=clock.now(), by_id=nurse.pk)

    assert "まだ、だれも見ていません" in page(mother)


@pytest.mark.django_db
def test_worklist__notes_once_a_day_whose_names_it_showed(
    nurse: Any, application: Any, client: Client, clock_at: Any
) -> None:
    client.force_login(nurse)
    for hours in (0, 1, 24):
        clock_at.shift(3600 * hours)
        client.force_login(nurse)
        client.get(reverse("pages:worklist", args=["kodaira"]))

    noted = Event.objects.filter(verb="list.read", subject_kind="application", subject_id=application.pk)
    assert [event.citizen_id for event in noted] == [application.citizen_id] * 2


def test_verbs__all_have_words_or_are_named_as_not_shown() -> None:
    """A verb that is recorded anywhere is told to her, or is about no mother."""
    recorded = {
        verb
        for path in sources.modules(*sources.APPS)
        for name, call in sources.calls(path)
        if name.rpartition(".")[2] in RECORDERS and call.args and (verb := _verb(call.args[0], path))
    }
    assert len(recorded) > 40, "the search must find what is recorded"
    assert recorded - WORDS.keys() - NOT_SHOWN == set()
    assert not WORDS.keys() & NOT_SHOWN


def _verb(node: ast.expr, path: Any) -> str | None:
    """A verb as written; constants of other modules are imported under their name from one of ours."""
    found = sources.text_of(node, path)
    if found is None and isinstance(node, ast.Name) and node.id.isupper():
        named = (sources.text_of(node, other) for other in sources.modules(*sources.APPS) if other != path)
        found = next((verb for verb in named if verb and "." in verb), None)
    return found if found and "." in found else None
