"""Accounts: a code by mail, and for staff the digits of their app."""

import re

from django.test import Client

from postpartum_portal.accounts.models import User
from tests.journeys.given import Colleague
from tests.journeys.person import Person
from tests.processes.support.mailbox import Mailbox, plain_text

CODE = re.compile(r"^ {4}(\S+)$", re.MULTILINE)


def signs_up(mother: Person, mailbox: Mailbox, *, email: str) -> None:
    """From the sign-in page that a task led to; ends where the task goes on."""
    mother.stands_at("/accounts/login/")
    mother.follows("メールアドレスを登録")
    mother.writes("メールアドレス", email)
    mother.presses("コードを受け取る")
    mother.sees(email, "コードを送りました")
    mother.writes("コード", mailed_code(mailbox, email, "登録のコード"))
    mother.presses("確かめる")


def signs_in(person: Person, mailbox: Mailbox, *, email: str, path: str) -> None:
    """With the mailed code alone, as parents do."""
    person.opens(path)
    gives_a_code(person, mailbox, email=email)


def gives_a_code(person: Person, mailbox: Mailbox, *, email: str) -> None:
    """From the sign-in page on."""
    person.writes("メールアドレス", email)
    person.presses("コードを受け取る")
    person.writes("コード", mailed_code(mailbox, email, "ログインのコード"))
    person.presses("確かめる")


def signs_in_with_digits(person: Person, mailbox: Mailbox, colleague: Colleague, *, path: str) -> None:
    """With the mailed code and the six digits of the app, as staff must."""
    signs_in(person, mailbox, email=colleague.email, path=path)
    person.sees("もうひとつの確認")
    person.writes("コード", colleague.digits())
    person.presses("ログイン")


def has_signed_in(person: Person, email: str) -> None:
    """Before the journey, which shows something else; replaces whoever was signed in at this browser."""
    client = Client()
    client.force_login(User.objects.get(email=email))
    cookie = client.cookies["sessionid"]
    person.page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": person.origin}])


def mailed_code(mailbox: Mailbox, email: str, subject: str) -> str:
    found = CODE.search(plain_text(mailbox.take(email, subject)))
    assert found is not None
    return found.group(1)
