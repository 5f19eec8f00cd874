"""Signing up and in with a mailed code; the second factor of staff."""

import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters
from django.test import Client

from eligibility.public import Municipality
from postpartum_portal.accounts.models import User
from postpartum_portal.shared.models import Job, Mail
from tests import factories

pytestmark = pytest.mark.django_db
CODE = re.compile(r"^ {4}(\S+)$", re.MULTILINE)


def last_code(to: str) -> str:
    mail = Mail.objects.filter(to=to).order_by("-pk").first()
    assert mail is not None
    found = CODE.search(mail.text)
    assert found is not None
    return found.group(1)


def test_sign_up__takes_an_address_in_full_width_and_a_mailed_code(client: Client, kodaira: Municipality) -> None:
    answer = client.post("/accounts/signup/", {"email": "Ｈａｎａｋｏ@example.jp"}, follow=True)
    assert "メールのコードを入力する" in answer.content.decode()

    answer = client.post("/accounts/confirm-email/", {"code": last_code("hanako@example.jp")})

    assert answer.status_code == 302
    assert User.objects.get(email="hanako@example.jp").is_active
    assert "_auth_user_id" in client.session


def test_sign_up__writes_the_mail_as_a_row_with_its_job(client: Client) -> None:
    client.post("/accounts/signup/", {"email": "hanako@example.jp"})

    mail = Mail.objects.get()
    assert Job.objects.filter(kind="send_mail", subject_id=mail.pk, queue="mail").exists()


def test_sign_up__with_a_known_address_answers_as_with_a_new_one(client: Client) -> None:
    factories.UserFactory(email="known@example.jp")
    new = client.post("/accounts/signup/", {"email": "new@example.jp"})
    known = Client().post("/accounts/signup/", {"email": "known@example.jp"})

    assert (known.status_code, known.headers["Location"]) == (new.status_code, new.headers["Location"])
    assert Mail.objects.get(to="known@example.jp").kind == "account/account_already_exists"


def test_sign_in__with_the_mailed_code(client: Client) -> None:
    user = factories.UserFactory(email="hanako@example.jp")
    client.post("/accounts/login/", {"login": "hanako@example.jp"})

    client.post("/accounts/login/code/confirm/", {"code": last_code("hanako@example.jp")})

    assert client.session["_auth_user_id"] == str(user.pk)


def test_sign_in__keeps_what_was_typed_and_says_what_to_do(client: Client) -> None:
    page = client.post("/accounts/login/", {"login": "hanako"}).content.decode()

    assert 'value="hanako"' in page
    assert "メールアドレスの形を確かめてください。" in page
    assert "placeholder" not in page


def test_staff__without_a_second_factor_reach_no_page(client: Client, kodaira: Municipality) -> None:
    nurse = factories.MembershipFactory(municipality=kodaira, user__second_factor_required=True).user
    client.force_login(nurse)

    answer = client.get("/kodaira/centre/")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/second-factor/")


def test_staff__sign_in_needs_the_digits_of_the_app(client: Client, kodaira: Municipality) -> None:
    nurse = factories.MembershipFactory(
        municipality=kodaira, user__email="nurse@example.jp", user__second_factor_required=True
    ).user
    secret = generate_totp_secret()
    TOTP.activate(nurse, secret)
    RecoveryCodes.activate(nurse)
    client.post("/accounts/login/", {"login": "nurse@example.jp"})
    client.post("/accounts/login/code/confirm/", {"code": last_code("nurse@example.jp")})
    assert "_auth_user_id" not in client.session

    page = client.get("/accounts/second-factor/authenticate/").content.decode()
    assert "もうひとつの確認" in page
    digits = format_hotp_value(hotp_value(secret, list(counters())[-1]))
    client.post("/accounts/second-factor/authenticate/", {"code": digits})

    assert client.session["_auth_user_id"] == str(nurse.pk)
