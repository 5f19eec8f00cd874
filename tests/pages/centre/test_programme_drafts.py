"""A draft in the centre's pages: uploaded without a script, told line by line, published by a second person."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from eligibility.models import ProgrammeDraft
from eligibility.public import Municipality, version_on
from postpartum_portal.shared.models import Job
from tests import factories
from tests.clients import signed_in
from tests.eligibility.drafted import CHEAPER, NAME, TEXT, WRONG, again, replayed, uploaded

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]
URL = "/kodaira/centre/programme/drafts/"
FROM_APRIL = {"effective_from_year": "R8", "effective_from_month": "4", "effective_from_day": "1"}


def send(client: Client, content: bytes, name: str = NAME) -> Any:
    return client.post(f"{URL}new/", {"file": SimpleUploadedFile(name, content)}, follow=True)


def page(client: Client, draft: ProgrammeDraft) -> str:
    return str(client.get(f"{URL}{draft.pk}/").content.decode())


def test_upload__leads_to_the_draft_that_is_being_reckoned(kodaira: Municipality, nurse: Any) -> None:
    html = send(signed_in(nurse), CHEAPER.encode()).content.decode()
    for words in (
        "きまりの案",
        "計算しています",
        "書き方に、直すところはありません。",
        "宿泊型 › 料金 › 額",
        "<b>4,500円</b>",
    ):
        assert words in html
    assert "過去の申請での計算が終わると、公開できます。" in html


def test_upload__of_a_wrong_file_tells_line_place_and_what_was_typed(kodaira: Municipality, nurse: Any) -> None:
    html = send(signed_in(nurse), WRONG.encode()).content.decode()
    line = next(number for number, text in enumerate(WRONG.splitlines(), start=1) if "五千円" in text)
    for words in (
        f"{line}行目",
        "使えるもの 1つ目 › 料金 › 額",
        "amount: 五千円",
        "直すところがあります",
        "公開できません",
    ):
        assert words in html
    draft = ProgrammeDraft.objects.get()
    assert signed_in(nurse).get(f"{URL}{draft.pk}/file/").content.decode() == WRONG


def test_upload__of_a_file_that_fails_its_examples_shows_both_answers(kodaira: Municipality, nurse: Any) -> None:
    html = send(signed_in(nurse), TEXT.replace("amount: 5000", "amount: 4500", 1).encode()).content.decode()
    assert "例と合わないところがあります。" in html
    assert "例のとおりになったもの" in html


@pytest.mark.parametrize(
    ("content", "sentence"),
    [("小平市".encode("cp932"), "UTF-8"), (b"x" * 400_000, "300KBまで"), (b"", "中身がありません")],
)
def test_upload__of_what_is_no_text_says_what_to_do(
    kodaira: Municipality, nurse: Any, content: bytes, sentence: str
) -> None:
    html = send(signed_in(nurse), content).content.decode()
    assert "1か所を直してください" in html
    assert sentence in html
    assert not ProgrammeDraft.objects.exists()


def test_upload__without_a_file_asks_for_one(kodaira: Municipality, nurse: Any) -> None:
    assert "きまりのファイルを添えてください。" in signed_in(nurse).post(f"{URL}new/").content.decode()


def test_upload__of_a_file_with_markup_stays_text(kodaira: Municipality, nurse: Any) -> None:
    text = WRONG.replace("五千円", "<script>alert(1)</script>")
    assert "<script>alert" not in send(signed_in(nurse), text.encode(), "<b>x</b>.yaml").content.decode()


def test_draft__can_be_published_by_another_decider(kodaira: Municipality, nurse: Any, decider: Any) -> None:
    draft = replayed(kodaira, nurse)
    client = signed_in(decider)
    assert "この日から公開する" in page(client, draft)
    html = client.post(f"{URL}{draft.pk}/publish/", FROM_APRIL, follow=True).content.decode()
    assert "公開しました。令和8年4月1日から、このきまりを使います。" in html
    assert "この日から公開する" not in html
    assert version_on(kodaira, dt.date(2026, 4, 1)).text == CHEAPER


def test_draft__tells_whoever_uploaded_it_why_she_cannot_publish(kodaira: Municipality, decider: Any) -> None:
    draft = replayed(kodaira, decider)
    client = signed_in(decider)
    html = page(client, draft)
    assert "この案を出した人とは別の決定者が公開します。" in html
    assert "この日から公開する" not in html
    html = client.post(f"{URL}{draft.pk}/publish/", FROM_APRIL, follow=True).content.decode()
    assert "この案を出した人とは別の決定者が公開します。" in html
    assert again(draft).status == "replayed"


def test_draft__tells_a_nurse_who_publishes(kodaira: Municipality, nurse: Any, decider: Any) -> None:
    draft = replayed(kodaira, decider)
    client = signed_in(nurse)
    assert "公開するのは、この案を出した人とは別の決定者です。" in page(client, draft)
    assert client.post(f"{URL}{draft.pk}/publish/", FROM_APRIL).status_code == 404


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ({**FROM_APRIL, "effective_from_month": "3", "effective_from_day": "4"}, "もう過ぎた日からは始められません。"),
        ({**FROM_APRIL, "effective_from_day": "31"}, "4月は30日まで"),
        ({}, "いつからを入力してください。"),
    ],
)
def test_publish__with_a_day_that_cannot_be_comes_back(
    kodaira: Municipality, nurse: Any, decider: Any, day: dict[str, str], sentence: str
) -> None:
    draft = replayed(kodaira, nurse)
    html = signed_in(decider).post(f"{URL}{draft.pk}/publish/", day).content.decode()
    assert sentence in html
    assert "1か所を直してください" in html
    assert again(draft).status == "replayed"


def test_publish__of_a_draft_that_somebody_took_away_says_so(kodaira: Municipality, nurse: Any, decider: Any) -> None:
    draft = replayed(kodaira, nurse)
    ProgrammeDraft.objects.filter(pk=draft.pk).update(status="discarded")
    html = signed_in(decider).post(f"{URL}{draft.pk}/publish/", FROM_APRIL, follow=True).content.decode()
    assert "この案では、いまはできません。" in html


def test_publish__after_another_version_began_asks_to_reckon_again(
    kodaira: Municipality, nurse: Any, decider: Any
) -> None:
    first, second = replayed(kodaira, nurse), replayed(kodaira, nurse, f"# 別の案\n{CHEAPER}")
    today = {"effective_from_year": "2026", "effective_from_month": "3", "effective_from_day": "5"}
    client = signed_in(decider)
    client.post(f"{URL}{first.pk}/publish/", today)
    html = client.post(f"{URL}{second.pk}/publish/", today, follow=True).content.decode()
    assert "「もう一度計算する」を押してから公開してください。" in html


def test_discard__takes_it_off_the_list(kodaira: Municipality, nurse: Any) -> None:
    draft = uploaded(kodaira, nurse)
    client = signed_in(nurse)
    versions = "/kodaira/centre/programme/versions/"
    assert NAME in client.get(versions).content.decode()
    assert "この案を取りやめました。" in client.post(f"{URL}{draft.pk}/discard/", follow=True).content.decode()
    assert "進めている案はありません。" in client.get(versions).content.decode()


def test_replay__that_gave_up_says_so_and_can_be_asked_for_again(
    kodaira: Municipality, nurse: Any, clock_at: Any
) -> None:
    draft = uploaded(kodaira, nurse)
    Job.objects.filter(subject_id=draft.pk).update(status="failed")
    client = signed_in(nurse)
    assert "計算が止まっています。" in page(client, draft)
    clock_at.shift(60)
    html = client.post(f"{URL}{draft.pk}/replay/", follow=True).content.decode()
    assert "計算しています" in html
    assert Job.objects.filter(subject_id=draft.pk).count() == 2


@pytest.mark.parametrize("deed", ["", "file/", "replay/", "discard/", "publish/"])
def test_drafts__are_nobody_elses(kodaira: Municipality, nurse: Any, mother: Any, deed: str) -> None:
    draft = replayed(kodaira, nurse)
    elsewhere = Municipality.objects.create(code="999998", slug="mihon", name="見本市", office={})
    stranger = factories.MembershipFactory(municipality=elsewhere, role="decider").user
    for person, address in (
        (mother, f"{URL}{draft.pk}/{deed}"),
        (stranger, f"{URL}{draft.pk}/{deed}"),
        (stranger, f"/mihon/centre/programme/drafts/{draft.pk}/{deed}"),
    ):
        client = signed_in(person)
        assert client.get(address).status_code in (404, 405)
        assert client.post(address).status_code in (404, 405)
    assert again(draft).status == "replayed"


def test_auditor__reads_drafts_and_changes_nothing(kodaira: Municipality, nurse: Any) -> None:
    draft = replayed(kodaira, nurse)
    client = signed_in(factories.MembershipFactory(municipality=kodaira, role="auditor").user)
    assert "<form" not in page(client, draft).split('<main id="main"')[1]
    for deed in ("replay/", "discard/", "publish/"):
        assert client.post(f"{URL}{draft.pk}/{deed}").status_code == 404
    assert client.post(f"{URL}new/").status_code == 404
