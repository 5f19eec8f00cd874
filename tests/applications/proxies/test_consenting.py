"""Her word: with a yes it is hers from the day it was handed over, with a no it is gone, and her own goes before."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from applications.models import Application, Document, Household, Proxy
from applications.selectors.handed_in import StillADraft
from applications.services import consenting, deciding, proxies
from applications.steps import Step
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event, Mail
from tests.applications.apply.conftest import Applicant
from tests.applications.apply.posts import photo
from tests.cases import FULL_GRANT, handed_in
from tests.factories import MembershipFactory, UserFactory

from .conftest import BABY, HERS, Writer, says, told

pytestmark = pytest.mark.usefixtures("all_tenants")

# her word


def test_approve__cannot_be_before_she_agrees(handed_over: Writer, decider: Any, kodaira: Any) -> None:
    draft = handed_over.proxy.application
    with pytest.raises(StillADraft):
        deciding.approve(draft, by=decider, at=clock.now(), **FULL_GRANT)
    client = Applicant(decider, "kodaira").client
    assert "承認もできません" in client.get(f"/kodaira/centre/proxies/{handed_over.proxy.pk}/").content.decode()
    assert "髙橋 﨑子" in client.get("/kodaira/centre/").content.decode()


def test_consent__enters_it_as_hers_from_the_day_on_which_it_was_handed_over(
    handed_over: Writer, mother: Any, clock_at: Any
) -> None:
    over = handed_over.proxy.handed_over_at
    clock_at.move_to(over.replace(day=over.day + 3))

    answer = says(mother, handed_over.proxy, "consent")

    assert answer.status_code == 200
    proxy, application = handed_over.proxy, Application.objects.get()
    assert (application.citizen, application.status, application.submitted_at) == (mother, "submitted", over)
    assert (proxy.status, proxy.answered_how, proxy.entered_at) == ("consented", "page", clock.now())
    assert Household.objects.get().citizen == mother
    assert Mail.objects.filter(kind="application_received", to=HERS).count() == 1
    for address in (application.number, f"{application.number}/withdraw"):
        assert handed_over.client.get(f"/kodaira/my/applications/{address}/").status_code == 404
    page = handed_over.client.get(handed_over.url("proxy", pk=proxy.pk)).content.decode()
    assert "センターが受け付けました" in page
    assert application.number not in page


def test_consent__twice_at_once_is_once(handed_over: Writer, mother: Any) -> None:
    """Both callers hold the row as it was before either answered."""
    first, second = handed_over.proxy, handed_over.proxy
    at = clock.now()

    consenting.consent(first, by=mother, at=at)
    consenting.consent(second, by=mother, at=at)

    assert Application.objects.exclude(number="").count() == 1
    assert Event.objects.filter(verb="proxy.consented").count() == 1
    with pytest.raises(consenting.ProxyEnded):
        consenting.decline(second, by=mother, at=at)


def test_consent__is_taken_down_by_the_centre_but_not_by_the_one_who_wrote(
    handed_over: Writer, nurse: Any, kodaira: Any
) -> None:
    address = f"/kodaira/centre/proxies/{handed_over.proxy.pk}/"
    client = Applicant(nurse, "kodaira").client
    assert client.post(address, {"called": "on"}).status_code == 200  # the address was not compared
    assert handed_over.proxy.status == "asked"

    answer = client.post(address, {"called": "on", "address": "on"})

    proxy = handed_over.proxy
    assert answer.url == f"/kodaira/centre/cases/{proxy.application.number}/"
    assert (proxy.answered_how, proxy.answered_by) == ("phone", nurse)
    assert Event.objects.get(verb="proxy.consented").actor_id == nurse.pk
    case = client.get(answer.url).content.decode()
    assert "代理申請" in case
    assert str(nurse) in case

    midwife = MembershipFactory(role="centre", municipality=kodaira).user
    own = proxies.begin(kodaira, told(mother_email="other@example.jp"), by=midwife, at=clock.now())
    with pytest.raises(PermissionDenied):
        consenting.consent(own, by=midwife, at=clock.now())


@pytest.mark.parametrize("before", ["asked", "waits", "entered"])
def test_a_no__is_taken_down_by_the_centre_when_it_is_asked_for_once_more(
    handed_over: Writer, mother: Any, nurse: Any, before: str
) -> None:
    if before == "waits":
        Applicant(mother, "kodaira").post(Step.PERSON)
    if before != "asked":
        says(mother, handed_over.proxy, "consent")
    proxy, no = handed_over.proxy, "decline" if before == "asked" else "withdraw"
    address = f"/kodaira/centre/proxies/{proxy.pk}/"
    client = Applicant(nurse, "kodaira").client
    assert f'href="?no={no}"' in client.get(address).content.decode()
    sure = client.get(f"{address}?no={no}").content.decode()
    assert f'action="?no={no}"' in sure
    assert ("すぐに消えます" in sure) is (before != "entered")
    assert handed_over.proxy.status == proxy.status  # as long as nobody has pressed

    answer = client.post(f"{address}?no={no}", follow=True)

    said = Event.objects.get(verb="proxy.declined" if before == "asked" else "proxy.withdrawn")
    assert (said.actor_id, said.data["how"]) == (nurse.pk, "phone")
    assert handed_over.client.get(handed_over.url("proxy", pk=proxy.pk)).status_code == 404
    assert Application.objects.filter(pk=proxy.application.pk).exists() is (before == "entered")
    assert ("本人が電話で同意を取り消しました" in answer.content.decode()) is (before == "entered")


@pytest.mark.parametrize("go", ["decline", "withdraw"])
def test_a_no__throws_away_what_was_written_and_shuts_the_writer_out(
    father: Writer, mother: Any, go: str, django_capture_on_commit_callbacks: Any
) -> None:
    father.begin()
    father.write(Step.HOUSEHOLD, household_class="tax_exempt", proof_tax_exempt=photo())
    pk = father.proxy.pk
    if go == "withdraw":
        says(mother, father.proxy, "consent")

    says(mother, father.proxy, go)

    assert not Application.objects.exists()
    assert not Document.objects.exists()
    ended = Proxy.objects.get()
    assert (ended.mother_name, ended.mother_email, ended.phone) == ("", "", "")
    for address in (father.url("proxy", pk=pk), father.url("proxy_step", pk=pk, step="person")):
        assert father.client.get(address).status_code == 404
    assert father.client.get("/kodaira/proxy/99999/").status_code == 404


def test_withdraw__after_it_was_entered_leaves_her_the_application(handed_over: Writer, mother: Any) -> None:
    says(mother, handed_over.proxy, "consent")
    pk = handed_over.proxy.pk

    says(mother, handed_over.proxy, "withdraw")

    assert Application.objects.get().citizen == mother
    assert handed_over.client.get(handed_over.url("proxy", pk=pk)).status_code == 404


# hers goes before


def test_her_own_draft__goes_before_until_she_chooses(handed_over: Writer, mother: Any, kodaira: Any) -> None:
    her = Applicant(mother, "kodaira")
    her.post(Step.PERSON, address="小平市小川町2-3")
    own = Application.objects.get(citizen=mother)

    says(mother, handed_over.proxy, "consent")

    assert not Application.objects.exclude(number="").exists()
    page = handed_over.client.get(handed_over.url("proxy", pk=handed_over.proxy.pk)).content.decode()
    assert "本人が確かめるのを待っています" in page  # nothing tells him that she has one
    with pytest.raises(consenting.HasHerOwn):
        consenting.take_over(handed_over.proxy, by=mother, at=clock.now())

    says(mother, handed_over.proxy, "prefer")

    assert not Application.objects.filter(pk=own.pk).exists()
    assert Application.objects.get(citizen=mother).number


def test_take_over__makes_the_draft_her_own_and_ends_the_writing(father: Writer, mother: Any) -> None:
    father.begin()
    father.write(Step.PERSON)
    with pytest.raises(consenting.ProxyEnded):  # before she has agreed she sees nothing of it
        consenting.take_over(father.proxy, by=mother, at=clock.now())
    says(mother, father.proxy, "consent")
    pk = father.proxy.pk

    says(mother, father.proxy, "take_over")

    her = Applicant(mother, "kodaira")
    assert "小平市学園東町１－２－３" in her.get("person").content.decode()
    assert father.client.get(father.url("proxy_step", pk=pk, step="person")).status_code == 404


def test_one_at_a_time__writes_for_her_with_her_consent(father: Writer, mother: Any, kodaira: Any) -> None:
    father.begin()
    other = proxies.begin(kodaira, told(relation="midwife"), by=UserFactory(), at=clock.now())
    says(mother, father.proxy, "consent")

    with pytest.raises(consenting.AnotherWrites):
        consenting.consent(other, by=mother, at=clock.now())


# what she reads


def test_her_page__tells_who_writes_and_not_what_before_she_agrees(handed_over: Writer, mother: Any) -> None:
    client = Applicant(mother, "kodaira").client
    page = client.get(f"/kodaira/my/proxy/{handed_over.proxy.pk}/").content.decode()

    assert "髙橋 健(配偶者・パートナー)" in page
    assert "𠮷田荘" not in page
    log = client.get("/kodaira/my/access/").content.decode()
    assert "代わりに書いた人(髙橋 健さん)" in log
    assert "あなたに代わって申請に書きました" in log


def test_her_page__has_no_word_of_a_child_after_a_loss(handed_over: Writer, mother: Any, kodaira: Any) -> None:
    lost: dict[str, Any] = {"outcome": "lost", "ended_on": dt.date(2026, 2, 1), "due_date": dt.date(2026, 4, 29)}
    handed_in(
        kodaira,
        household__citizen=mother,
        status="withdrawn",
        **{f"birth__{name}": value for name, value in lost.items()},
    )
    client = Applicant(mother, "kodaira").client

    for _ in range(2):
        page = client.get(f"/kodaira/my/proxy/{handed_over.proxy.pk}/").content.decode()
        main = page[page.index("<main") : page.index("</main>")]
        assert not [word for word in BABY if word in main]
        says(mother, handed_over.proxy, "consent")
    assert handed_over.proxy.entered_at is None  # he could not know

    says(mother, handed_over.proxy, "take_over")
    assert "どの申請ですか" in client.get("/kodaira/apply/birth/").content.decode()
