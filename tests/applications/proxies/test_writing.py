"""Writing in her place: nobody's until she agrees, and never a window on anything of hers."""

import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from applications.models import Application, Document, Proxy
from applications.services import drafts, proxies
from applications.steps import Step
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Mail
from postpartum_portal.shared.tenancy import tenant
from tests.applications.apply.conftest import Applicant, seen
from tests.applications.apply.posts import COMPLETE, photo
from tests.cases import handed_in
from tests.factories import MembershipFactory, UserFactory

from .conftest import BABY, HERS, Writer, told

pytestmark = pytest.mark.usefixtures("all_tenants")

# begun


def test_begin__answers_alike_whether_the_address_is_known_here_or_not(father: Writer, kodaira: Any) -> None:
    """Known: with a draft of her own, a household and a birth on record. New: an account is made for the code."""
    known = UserFactory(email="known@example.jp")
    handed_in(kodaira, household__citizen=known)

    first = father.begin(mother_email=known.email)
    pages = [seen(father.client.get(first.url))]
    pages += [seen(father.client.get(father.url("proxy_step", pk=father.proxy.pk, step=step.value))) for step in Step]
    second = father.begin(mother_email="new@example.jp")
    others = [seen(father.client.get(second.url))]
    others += [seen(father.client.get(father.url("proxy_step", pk=father.proxy.pk, step=step.value))) for step in Step]

    pk, other = Proxy.objects.order_by("pk")
    for (status, page), (other_status, other_page) in zip(pages, others, strict=True):
        assert status == other_status == 200
        expected = page.replace(f"/proxy/{pk.pk}/", f"/proxy/{other.pk}/").replace(known.email, "new@example.jp")
        assert _same(expected) == _same(other_page)
    assert User.objects.filter(email="new@example.jp").exists()


def test_begin__mails_without_a_word_that_was_typed_and_no_more_than_thrice_a_day(kodaira: Any, media: Any) -> None:
    for number in range(5):
        writer = Writer(UserFactory(email=f"stranger{number}@example.jp"), "kodaira")
        spelling = HERS.upper() if number % 2 else HERS
        writer.begin(name="すぐに http://evil.example へ", mother_name="髙橋 﨑子", mother_email=spelling)

    mails, first = Mail.objects.filter(to__iexact=HERS), Proxy.objects.earliest("pk")
    assert mails.count() == proxies.MOST_MAILS
    assert Proxy.objects.count() == 5  # all of them stand on her page
    for text in ("髙橋", "evil", *BABY):
        assert text not in mails[0].text
    assert f"/kodaira/my/proxy/{first.pk}/" in mails[0].text


def test_begin__twice_is_one_and_one_person_begins_so_many_a_day(father: Writer, kodaira: Any) -> None:
    at = clock.now()
    assert father.begin().url == father.begin().url
    for number in range(1, proxies.MOST_BEGUN):
        proxies.begin(kodaira, told(mother_email=f"m{number}@example.jp"), by=father.user, at=at)

    with pytest.raises(proxies.TooManyBegun):
        proxies.begin(kodaira, told(mother_email="last@example.jp"), by=father.user, at=at)
    with pytest.raises(proxies.OwnAddress):
        proxies.begin(kodaira, told(mother_email="KEN@example.jp"), by=father.user, at=at)


def test_begin__is_counted_over_all_towns(father: Writer, kodaira: Any, kumagaya: Any) -> None:
    at = clock.now()
    for number in range(proxies.MOST_BEGUN):
        town = (kodaira, kumagaya)[number % 2]
        with tenant(municipality=town.pk):
            proxies.begin(town, told(mother_email=f"m{number}@example.jp"), by=father.user, at=at)

    with tenant(municipality=kodaira.pk), pytest.raises(proxies.TooManyBegun):
        proxies.begin(kodaira, told(mother_email="last@example.jp"), by=father.user, at=at)


def test_steps__let_no_browser_fill_in_the_one_who_writes(father: Writer) -> None:
    father.begin()
    for step in Step:
        page = father.client.get(father.url("proxy_step", pk=father.proxy.pk, step=step.value)).content.decode()
        assert set(re.findall(r'autocomplete="([^"]*)"', page)) <= {"off"}


# written and handed over


def test_writing__is_in_no_boxes_of_hers_and_its_papers_are_shown_to_nobody_else(
    father: Writer, mother: Any, nurse: Any
) -> None:
    father.begin()
    father.write(Step.PERSON)
    father.write(Step.HOUSEHOLD, household_class="tax_exempt", proof_tax_exempt=photo())

    draft = father.proxy.application
    paper = Document.objects.get(application=draft)
    page = reverse("applications:document", args=["kodaira", paper.pk, 1])
    assert (draft.citizen, draft.status) == (None, "draft")
    assert b"".join(father.client.get(page)).startswith(b"\xff\xd8")
    assert [Applicant(user, "kodaira").client.get(page).status_code for user in (mother, nurse)] == [404, 404]
    her = Applicant(mother, "kodaira")
    assert "髙橋 﨑子" not in her.get("person").content.decode()
    assert "髙橋 健" in her.client.get("/kodaira/my/").content.decode()  # she is told at once who writes


def test_hand_over__leaves_to_the_writer_only_where_it_stands(handed_over: Writer, mother: Any) -> None:
    assert not Application.objects.exclude(number="").exists()
    state = handed_over.url("proxy", pk=handed_over.proxy.pk)

    assert handed_over.write(Step.PERSON).url == state
    assert handed_over.client.get(handed_over.url("proxy_review", pk=handed_over.proxy.pk)).url == state
    with pytest.raises(PermissionDenied):
        drafts.save_step(handed_over.proxy.application, Step.PERSON, {}, typed={}, by=handed_over.user, at=clock.now())
    page = handed_over.client.get(state).content.decode()
    assert "センターが預かりました" in page
    assert COMPLETE[Step.CONDITION]["trouble"] not in page


def test_hand_over__is_refused_while_steps_are_open(father: Writer) -> None:
    father.begin()
    father.write(Step.PERSON)
    father.hand_over()
    assert father.proxy.handed_over_at is None


def test_addresses__answer_each_only_to_whom_they_are_for(
    handed_over: Writer, mother: Any, nurse: Any, kumagaya: Any
) -> None:
    """A page that is not for somebody is no page, as is one of a number that nobody has."""
    pk = handed_over.proxy.pk
    abroad = MembershipFactory(role="centre", municipality=kumagaya).user
    pages = {
        f"/kodaira/proxy/{pk}/": handed_over.user,
        f"/kodaira/proxy/{pk}/review/": handed_over.user,
        f"/kodaira/proxy/{pk}/person/": handed_over.user,
        f"/kodaira/my/proxy/{pk}/": mother,
        f"/kodaira/centre/proxies/{pk}/": nurse,
    }
    for address, whose in pages.items():
        assert Client().get(address)["Location"].startswith("/accounts/login/"), address
        for user in {handed_over.user, mother, nurse, abroad, UserFactory()}:
            expected = {200, 302} if user == whose else {404}
            assert Applicant(user, "kodaira").client.get(address).status_code in expected, (address, user)
        own = Applicant(whose, "kodaira").client
        assert own.get(address.replace(f"/{pk}/", f"/{pk + 1}/")).status_code == 404
        assert own.get(address.replace("kodaira", "kumagaya")).status_code == 404


def _same(page: str) -> str:
    """Without what differs on any two pages: who signs the form, and when it was saved."""
    return "\n".join(line for line in page.splitlines() if 'name="whose"' not in line and "に保存しました" not in line)
