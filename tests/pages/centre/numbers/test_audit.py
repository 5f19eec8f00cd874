"""記録: who saw this mother, and what did this account see; each look at it is written down too."""

from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scopes_disabled

from eligibility.public import Municipality
from postpartum_portal.pages.access_words import NOT_SHOWN, WORDS
from postpartum_portal.pages.centre.audit.staff_words import GROUPS, OWN_WORDS, said, verbs_of
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.jobs import tasks
from postpartum_portal.shared.models import Event, Export
from tests import cases, factories
from tests.clients import signed_in
from tests.pages.reading import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(kodaira: Municipality) -> Any:
    """On paper: nobody's account, found by its rows alone."""
    application = cases.handed_in(kodaira, household__citizen=None, birth__citizen=None, citizen=None)
    events.record_reads("list.read", [application.birth], at=clock.now(), by_id=factories.UserFactory().pk)
    return application


def test_person__shows_who_looked_by_name_and_that_this_was_a_look(
    application: Any, nurse: Any, decider: Any, kodaira: Municipality
) -> None:
    signed_in(nurse).get(reverse("pages:case", args=["kodaira", application.number]))
    client = signed_in(decider)
    found = client.get(reverse("pages:audit_find", args=["kodaira"]), {"q": application.number}).context["found"]
    assert [home.pk for home in found] == [application.birth.household_id]
    address = reverse("pages:audit_person", args=["kodaira", application.birth.household_id])
    shown = text(client.get(address).content.decode())
    assert "渡辺センター職員申請の内容を見ました" in shown
    assert "田中決定者だれが見たかの記録を見ました" in text(client.get(address).content.decode())
    assert "申請の内容を見ました" not in text(client.get(address, {"group": "booking"}).content.decode())


def test_account__shows_what_it_read_and_about_whom(application: Any, nurse: Any, decider: Any) -> None:
    signed_in(nurse).get(reverse("pages:case", args=["kodaira", application.number]))
    client = signed_in(decider)
    address = reverse("pages:audit_account", args=["kodaira", nurse.memberships.get().pk])
    shown = text(client.get(address, {"group": "read"}).content.decode())
    assert f"申請の内容を見ました申請{text(application.birth.household.name)}" in shown
    assert Event.objects.filter(verb="audit.account_read", actor_id=decider.pk).count() == 1


def test_trails__are_for_deciders_and_auditors_and_ones_own_for_all(
    application: Any, kodaira: Municipality, nurse: Any, decider: Any
) -> None:
    own, other = (user.memberships.get().pk for user in (nurse, decider))
    client = signed_in(nurse)
    assert client.get(reverse("pages:audit_find", args=["kodaira"])).status_code == 404
    assert (
        client.get(reverse("pages:audit_person", args=["kodaira", application.birth.household_id])).status_code == 404
    )
    assert client.get(reverse("pages:audit_account", args=["kodaira", other])).status_code == 404
    assert client.get(reverse("pages:audit_account", args=["kodaira", own])).status_code == 200
    auditor = signed_in(factories.MembershipFactory(municipality=kodaira, role="auditor").user)
    assert auditor.get(reverse("pages:audit_account", args=["kodaira", other])).status_code == 200
    assert auditor.get(reverse("pages:audit_person", args=["kodaira", 0])).status_code == 404


@pytest.mark.usefixtures("media")
def test_trail__is_taken_out_with_a_purpose(application: Any, decider: Any) -> None:
    client = signed_in(decider)
    address = reverse("pages:audit_person", args=["kodaira", application.birth.household_id])
    client.get(address)
    answer = client.post(address, {"year": "2025", "form": "csv", "purpose": "本人からの求めのため"})
    assert answer.status_code == 302
    tasks.sweep()
    with scopes_disabled():
        export = Export.objects.get()
    content = client.get(reverse("pages:export_file", args=["kodaira", export.pk])).content.decode()
    assert "だれが見たかの記録を見ました" in content
    assert "田中" in content


def test_words__are_there_for_every_verb_and_never_speak_to_a_mother() -> None:
    assert set(NOT_SHOWN) <= set(OWN_WORDS)
    assert not [verb for verb in WORDS.keys() | OWN_WORDS.keys() if "あなた" in said(verb)]
    assert all(verbs_of(group) for group in GROUPS if group)
