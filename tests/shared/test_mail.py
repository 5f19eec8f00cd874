"""A mail is a row first; it goes out once, under one Message-ID, with its words as written."""

import html
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from postpartum_portal.accounts.mails import choosable
from postpartum_portal.shared import clock, mail
from postpartum_portal.shared.jobs import tasks
from postpartum_portal.shared.mail_html import as_html
from postpartum_portal.shared.mail_kinds import KINDS, NOTES, Group
from postpartum_portal.shared.models import Job, Mail, UnwantedMail
from tests import factories, sources
from tests.walks.person import Person

pytestmark = pytest.mark.django_db


def test_post__writes_subject_and_body_from_one_template_unescaped() -> None:
    row = mail.post("account/login_code", "a@example.jp", key="k", at=clock.now(), code="A&B<C")

    assert row.subject == "ログインのコード A&B<C"
    assert "    A&B<C\n" in row.text


def test_post__twice_under_one_key_makes_one_mail() -> None:
    for _ in range(2):
        mail.post("account/login_code", "a@example.jp", key="k", at=clock.now(), code="1")

    assert (Mail.objects.count(), Job.objects.count()) == (1, 1)


def test_post__costs_two_statements_within_a_transaction() -> None:
    with CaptureQueriesContext(connection) as statements:
        mail.post("account/login_code", "a@example.jp", key="k", at=clock.now(), code="1")

    assert len(statements) == 2


@pytest.mark.django_db(transaction=True)
def test_post__leaves_no_mail_behind_that_nobody_would_send(monkeypatch: Any) -> None:
    monkeypatch.setattr(mail, "enqueue", lambda *_args, **_kwargs: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        mail.post("account/login_code", "a@example.jp", key="k", at=clock.now(), code="1")

    assert not Mail.objects.exists()


def test_send__goes_out_once_and_is_marked(mailoutbox: list[Any]) -> None:
    row = mail.post("account/login_code", "a@example.jp", key="k", at=clock.now(), code="1")
    tasks.sweep()
    Job.objects.update(status="queued", done_at=None)  # as if the worker had died before its last line
    tasks.sweep()

    row.refresh_from_db()
    assert len(mailoutbox) == 1
    assert mailoutbox[0].extra_headers["Message-ID"] == row.message_id
    assert row.sent_at == clock.now()


# the two parts


def words_of(code: str) -> list[str]:
    """What somebody reads in the body."""
    return html.unescape(re.sub(r"<[^>]+>", " ", code.partition("<body")[2].partition(">")[2])).split()


def test_html__says_the_same_words_as_the_text_and_fetches_nothing(mailoutbox: list[Any]) -> None:
    mail.post("account/login_code", "a@example.jp", key="k", at=clock.now(), code='1<2>&"3"')
    tasks.sweep()

    (sent,) = mailoutbox
    ((code, kind),) = sent.alternatives
    assert kind == "text/html"
    assert words_of(code) == sent.body.split()
    assert not re.search(r"<(img|link|style|script)\b|\b(src|url)\b|@import", code)


def test_html__sets_apart_the_first_link_and_the_code() -> None:
    links = "http://localhost/a?b=1&c=2", "http://localhost/b"
    code = as_html("件名", f"一\n二\n{links[0]}\n\n    123456\n\n{links[1]}\n")

    assert "一<br>二</p>" in code
    assert [html.unescape(link) for link in re.findall(r'href="([^"]+)"', code)] == [*links]
    assert code.count("display:inline-block") == 1
    assert words_of(code) == ["一", "二", links[0], "123456", links[1]]


# what may be switched off


def test_kinds__name_every_mail_and_what_each_group_tells() -> None:
    folder = sources.TEMPLATES / "mail"
    kinds = [path.relative_to(folder).with_suffix("").as_posix() for path in sources.templates("mail/**/*.txt")]
    assert sorted(KINDS) == sorted(kind for kind in kinds if not kind.startswith("_"))
    assert {Group.OFFICIAL, *NOTES} == set(Group)


def test_mail_page__switches_off_a_group_and_no_official_mail(mailoutbox: list[Any]) -> None:
    her = Person(factories.UserFactory(email="hanako@example.jp"))
    her.opens("/accounts/mails/")
    others = [group for group in choosable(her.user) if group != Group.WAITING]
    her.client.post("/accounts/mails/", {"wanted": others})  # with one tick taken away

    for kind in ("account/unknown_account", "account/login_code"):
        mail.post(kind, her.user.email, key=kind, at=clock.now(), code="1")
    Mail.objects.filter(kind="account/unknown_account").update(kind="waiting_over")
    tasks.sweep()
    assert [sent.subject for sent in mailoutbox] == ["ログインのコード 1"]
    assert Mail.objects.get(kind="waiting_over").sent_at is None

    her.opens("/accounts/mails/")
    her.chooses("空きの知らせ")
    her.presses("保存する")
    her.sees("メールの設定を保存しました")
    assert not UnwantedMail.objects.exists()


def test_mails_about_work__are_offered_to_staff_alone() -> None:
    staff = factories.UserFactory(second_factor_required=True)
    assert [Group.STAFF in choosable(user) for user in (staff, factories.UserFactory())] == [True, False]
