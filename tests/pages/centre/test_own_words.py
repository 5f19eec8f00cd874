"""メールの文面: a municipality's own words stand around the portal's in text and HTML alike, and harm no mail."""

import html
from typing import Any

import pytest
from django.test import Client

from applications.services.quieting import UNFIT
from eligibility.models import SettingChange
from eligibility.public import Municipality, Settings, wrong_in_mail
from postpartum_portal.accounts.models import User
from postpartum_portal.pages.centre.mail_sample import sample_of
from postpartum_portal.pages.centre.settings_mail_form import OwnWordsForm
from postpartum_portal.shared import clock, mail
from postpartum_portal.shared.jobs import tasks
from postpartum_portal.shared.mail_kinds import KINDS, Group
from postpartum_portal.shared.mail_words import TITLES
from tests.pages.centre.test_settings import checked, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]
PAGE = "/kodaira/centre/office/settings/mails/decision_ready/"
WORDS = {"subject": "{市の名前}から手紙です", "opening": "こんにちは。\n  {窓口}です。", "closing": "{電話}にどうぞ。"}


def post_one(town: Municipality, key: str) -> Any:
    return mail.post("decision_ready", "a@example.jp", key=key, at=clock.now(), municipality=town)


def test_own_words__are_seen_first_and_go_out_in_both_parts_around_what_the_portal_says(
    client: Client, kodaira: Municipality, decider: User, mailoutbox: list[Any]
) -> None:
    before = post_one(kodaira, "before")
    office, phone = kodaira.office["name"], kodaira.office["phone"]
    signed_in(client, decider)
    page = client.post(PAGE, {"act": "check", "reason": "課の名前", **WORDS}).content.decode()
    preview = client.post(PAGE, {"act": "html", "checked": checked(page)})
    for shown in (page, preview.content.decode()):
        assert f"{office}です。" in shown
    assert "style-src-attr 'unsafe-inline'" in preview["Content-Security-Policy"]
    assert not SettingChange.objects.exists()

    client.post(PAGE, {"act": "save", "checked": checked(page)})
    kodaira.refresh_from_db()
    post_one(kodaira, "after")
    tasks.sweep()

    old, new = mailoutbox
    assert (old.subject, old.body) == (before.subject, before.text), "a mail that is a row stays as it was"
    assert new.subject == "小平市から手紙です"
    said = ["こんにちは。", f"{office}です。", *(line for line in old.body.split("\n") if line.strip())]
    said.insert(-1, f"{phone}にどうぞ。")  # before the signature
    assert [line for line in new.body.split("\n") if line.strip()] == said
    ((code, _),) = new.alternatives
    assert all(html.escape(line) in code for line in said)
    (row,) = SettingChange.objects.all()
    assert (row.setting, row.by, row.reason) == ("mail_words", decider, "課の名前")
    assert "ポータルの文のまま" in row.before
    assert "{市の名前}から手紙です" in row.after

    page = client.post(PAGE, {"act": "revert"}).content.decode()
    client.post(PAGE, {"act": "save", "checked": checked(page)})
    assert post_one(Municipality.objects.get(pk=kodaira.pk), "reverted").text == before.text


@pytest.mark.parametrize(
    "words",
    [
        "赤ちゃんといっしょに",
        "病名を書いてください",
        "うつかもと思ったら",
        "生活保護の方は",
        "見本花子様",
        "https://example.jp/",
        "{氏名}へ",
        "３月３日まで",
        "042-000-0000へ",
    ],
)
def test_own_words__that_no_mail_may_say_are_refused_with_a_sentence(words: str) -> None:
    form = OwnWordsForm({"closing": words, "reason": "x"}, kind="decision_ready", standing=Settings.of(Municipality()))

    assert form.errors["closing"] == list(wrong_in_mail(words))
    assert str(form.errors["closing"][0]).endswith("。")


def test_words_of_an_office__as_it_writes_them_pass() -> None:
    for said in (
        "みなさま、{窓口}です。",
        "助産師さんにたくさん聞いてください。",
        "病院の様子は同様です。",
        "産後ケアの係です。",
    ):
        assert not list(wrong_in_mail(said))


def test_kinds__with_room_are_all_that_go_to_mothers_and_no_own_subject_hides_what_a_loss_holds(
    kodaira: Municipality,
) -> None:
    to_staff = {kind for kind, group in KINDS.items() if group == Group.STAFF}
    of_accounts = {kind for kind in KINDS if kind.startswith("account/")} | {"staff_invited", "second_factor_reset"}
    assert set(TITLES) == set(KINDS) - to_staff - of_accounts

    for kind in TITLES:
        subject, text = mail.written(kind, **sample_of(kodaira, on=clock.today()))
        assert not UNFIT.search(subject) or UNFIT.search(text), kind
