"""One print of many letters: merged from issued files, in the order of envelopes, behind a list that hides nothing."""

import hashlib
import re
from io import BytesIO

import pypdf
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from applications.letters import issue
from applications.models import AddressOpening, Letter, PrintRun
from applications.services.deciding import approve
from applications.services.printing import NothingToPrint, ask_print, plan_forgetting_prints
from applications.services.protecting import ask_for_address, confirm_address, protect
from applications.services.retrying import retry_job
from applications.services.voiding import void_letter
from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs import tasks
from postpartum_portal.shared.models import Event, Job
from postpartum_portal.shared.pdf import render_letter
from tests import factories
from tests.cases import FULL_GRANT, heard
from tests.clients import signed_in
from tests.pages.reading import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants", "media")]
OFFICE = AddressOpening.Audience.OFFICE
PEOPLE = (("187-0043", "わたなべ", "渡辺 四子"), ("187-0001", "いとう", "伊藤 二子"), ("187-0043", "あべ", "安部 三子"))


@pytest.fixture
def letters(kodaira, nurse, decider, monkeypatch):
    def small(content):
        return render_letter(f"<html lang=ja><title>手紙</title><p>宛先 {content.recipient.name}")

    monkeypatch.setattr(issue, "render", small)
    for postcode, kana, name in PEOPLE:
        her = {"postcode": postcode, "kana": kana, "name": name, "address": "小平市秘密町1"}
        case = heard(kodaira, nurse, **{f"household__{field}": value for field, value in her.items()})
        approve(case, by=decider, at=clock.now(), looked=True, **FULL_GRANT)
    while tasks.sweep():
        pass
    return list(Letter.objects.order_by("number"))


def printed(letters, kodaira, by) -> tuple[PrintRun, list[str]]:
    run = ask_print([letter.pk for letter in letters], kodaira, by=by, at=clock.now())
    while tasks.sweep():
        pass
    run.refresh_from_db()
    answer = signed_in(by).get(reverse("applications:print_file", args=["kodaira", run.pk]))
    pages = [re.sub(r"\s+", "", page.extract_text()) for page in pypdf.PdfReader(BytesIO(answer.content)).pages]
    return run, pages


def test_a_print__is_the_issued_files_by_postcode_and_kana_behind_its_list(letters, kodaira, nurse, media):
    before = {row.storage_name: hashlib.sha256((media / row.storage_name).read_bytes()).hexdigest() for row in letters}
    run, (cover, *rest) = printed(letters, kodaira, nurse)

    assert [re.findall("宛先(.*?)1/1", page)[0] for page in rest] == ["伊藤二子", "安部三子", "渡辺四子"]
    assert "3通3ページ" in cover
    assert str(nurse) in cover
    assert cover.index("伊藤二子") < cover.index("安部三子") < cover.index("渡辺四子")
    assert all(letter.label in cover and letter.get_kind_display() in cover for letter in letters)
    assert "秘密町" not in cover
    assert {name: row.sha256 for row in letters for name in [row.storage_name]} == before
    assert Event.objects.filter(verb="letter.printed", actor_id=nurse.pk).count() == 3
    run.refresh_from_db()
    assert run.printed_at


def test_a_print__names_what_is_not_in_it(letters, kodaira, nurse, decider, media):
    (media / letters[0].storage_name).write_bytes(b"%PDF torn")
    protect(letters[1].household, reason="通知による", until=clock.today(), by=nurse, at=clock.now())
    run = ask_print([row.pk for row in letters], kodaira, by=nurse, at=clock.now())
    void_letter(letters[2], reason="書き損じ", by=decider, at=clock.now())  # before the worker comes to it
    while tasks.sweep():
        pass

    page = text(signed_in(nurse).get(reverse("applications:print_run", args=["kodaira", run.pk])))
    assert "印刷していない手紙(3通)" in page
    for problem in ("ファイルが読めません", "住所の確認がまだです(支援措置)", "無効になりました"):
        assert problem in page
    cover = pypdf.PdfReader(media / PrintRun.objects.get().storage_name).pages[0].extract_text()
    assert "0通" in cover
    assert all(letter.label in cover for letter in letters)


def test_a_print__whose_worker_dies_with_the_file_in_hand_is_made_by_the_next(letters, kodaira, nurse, settings):
    settings.FAILPOINTS = {"print.after_file": "raise"}
    run = ask_print([row.pk for row in letters], kodaira, by=nurse, at=clock.now())
    tasks.sweep()
    run.refresh_from_db()
    assert (run.made_at, run.storage_name) == (None, "")

    Job.objects.filter(kind="print_letters").update(status="failed", attempts=5, stopped_at=clock.now())
    assert "止まっています" in text(signed_in(nurse).get(reverse("applications:print_run", args=["kodaira", run.pk])))

    settings.FAILPOINTS = {}
    retry_job(Job.objects.get(kind="print_letters").pk, kodaira, by=nurse, at=clock.now())
    tasks.sweep()
    run.refresh_from_db()
    assert run.made_at
    assert list(run.lines.values_list("position", flat=True)) == [1, 2, 3]


def test_a_protected_letter__is_in_a_print_of_one_of_the_two_who_opened_it(letters, kodaira, nurse, decider):
    household = letters[0].household
    protect(household, reason="通知による", until=clock.today(), by=nurse, at=clock.now())
    opening = ask_for_address(household, purpose="通知書を郵送する", audience=OFFICE, by=nurse, at=clock.now())
    confirm_address(opening, by=decider, at=clock.now())
    third = factories.MembershipFactory(municipality=kodaira).user
    assert len(printed(letters, kodaira, nurse)[1]) == 4
    assert len(printed(letters, kodaira, third)[1]) == 3


def test_a_print__is_opened_by_who_asked_for_it_and_gone_after_a_day(letters, kodaira, nurse, decider, media, clock_at):
    run, _ = printed(letters, kodaira, nurse)
    url = reverse("applications:print_file", args=["kodaira", run.pk])
    assert signed_in(decider).get(url).status_code == 404

    clock_at.shift(24 * 3600 + 1)
    for _ in range(2):
        plan_forgetting_prints(clock.now())
    assert not (media / run.storage_name).exists()
    own = signed_in(nurse)
    assert own.get(url).status_code == 404
    assert "もう一度、選んで印刷できます" in text(own.get(reverse("applications:print_run", args=["kodaira", run.pk])))
    assert all((media / letter.storage_name).exists() for letter in letters)


def test_asking__for_nothing_or_for_ones_own_letter_is_refused(letters, kodaira, nurse):
    with pytest.raises(NothingToPrint):
        ask_print([], kodaira, by=nurse, at=clock.now())
    Letter.objects.filter(pk=letters[0].pk).update(citizen=nurse)
    with pytest.raises(PermissionDenied):
        ask_print([letters[0].pk], kodaira, by=nurse, at=clock.now())


def test_a_void_or_unissued_letter__is_not_asked_for(letters, kodaira, nurse):
    Letter.objects.update(status="queued")
    with pytest.raises(NothingToPrint):
        ask_print([row.pk for row in letters], kodaira, by=nurse, at=clock.now())
