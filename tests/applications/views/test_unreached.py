"""メールが届かない方: whom the centre has to phone, by mother, until she was told or her mails go elsewhere."""

from typing import Any

import pytest

from eligibility.public import Municipality
from postpartum_portal.shared.jobs import tasks
from postpartum_portal.shared.mail_server import AddressRefused, ServerAway
from postpartum_portal.shared.models import Event, Job
from tests import factories
from tests.applications.views.test_stopped import given_up
from tests.cases import handed_in
from tests.walks.person import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]
LIST = "/kodaira/centre/office/unreached/"


@pytest.fixture
def staff(nurse: Any) -> Person:
    person = Person(nurse)
    person.opens(LIST)
    return person


@pytest.fixture
def hers(kodaira: Municipality) -> Any:
    """An application of a mother whose mailbox is gone, with two mails that came back."""
    her = factories.UserFactory(email="gone@example.jp")
    application = handed_in(kodaira, household__citizen=her)
    given_up(kodaira, "gone@example.jp")
    given_up(kodaira, "gone@example.jp", kind="use_tomorrow")
    return application


def test_list__names_whom_to_phone_and_what_she_has_not_got(kodaira: Municipality, hers: Any, staff: Person) -> None:
    reached = factories.UserFactory(email="away@example.jp")
    handed_in(kodaira, household__citizen=reached, household__name="見本 届子")
    given_up(kodaira, "away@example.jp", ServerAway)

    staff.opens(LIST)
    household = hers.birth.household
    for words in (
        household.name,
        hers.number,
        household.phone,
        "小平市からお知らせがあります",
        "予約や期限の知らせ 1通",
    ):
        staff.sees(words)
    staff.misses("見本 届子")  # the portal's own server is away: nobody's mailbox is to blame
    assert Event.objects.filter(verb="list.read", subject_kind="household", subject_id=household.pk).count() == 1


def test_told_by_phone__takes_her_off_the_list_and_stands_in_her_record(
    hers: Any, staff: Person, mailoutbox: list[Any]
) -> None:
    household = hers.birth.household
    staff.client.post(LIST, {"household": household.pk})
    tasks.sweep()

    assert not mailoutbox
    assert set(Job.objects.filter(kind="send_mail").values_list("status", "drop_reason")) == {("dropped", "phoned")}
    event = Event.objects.get(verb="household.phoned")
    assert (event.citizen_id, event.actor_id) == (household.citizen_id, staff.user.pk)
    assert event.data == {"mails": ["decision_ready", "use_tomorrow"]}
    staff.opens(LIST)
    staff.sees("メールが届かない方はいません。")
    staff.client.post(LIST, {"household": household.pk})  # pressed twice
    assert Event.objects.filter(verb="household.phoned").count() == 1


def test_another_address__puts_all_of_hers_on_their_way(hers: Any, staff: Person, mailoutbox: list[Any]) -> None:
    staff.opens(f"{LIST}{hers.birth.household.pk}/")
    staff.client.post(f"{LIST}{hers.birth.household.pk}/", {"to": "new@example.jp"})
    tasks.sweep()

    assert [sent.to for sent in mailoutbox] == [["new@example.jp"]] * 2
    staff.opens(LIST)
    staff.sees("メールが届かない方はいません。")


def test_list__is_the_municipalitys_own_and_an_auditor_presses_nothing(
    hers: Any, staff: Person, zushi: Municipality
) -> None:
    elsewhere = Person(factories.MembershipFactory(municipality=zushi).user)
    elsewhere.opens(LIST.replace("kodaira", "zushi"))
    elsewhere.misses(hers.birth.household.name)
    auditor = factories.MembershipFactory(municipality=hers.municipality, role="auditor").user
    Person(auditor).client.post(LIST, {"household": hers.birth.household.pk})
    assert not Event.objects.filter(verb="household.phoned").exists()
    assert AddressRefused.__name__ in set(Job.objects.values_list("last_error", flat=True))
