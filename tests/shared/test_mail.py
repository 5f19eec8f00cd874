"""A mail is a row first; it goes out once, under one Message-ID, with its words as written."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from postpartum_portal.shared import clock, mail
from postpartum_portal.shared.jobs import tasks
from postpartum_portal.shared.models import Job, Mail

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
