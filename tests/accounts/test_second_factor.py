"""The pages of the second factor: in Japanese, with the way on and the way back."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.test import Client

from eligibility.public import Municipality
from postpartum_portal.accounts.models import User
from tests import factories

pytestmark = pytest.mark.django_db
PAGES = "/accounts/second-factor/"


@pytest.fixture
def nurse(kodaira: Municipality) -> User:
    user: User = factories.MembershipFactory(municipality=kodaira, user__second_factor_required=True).user
    user.set_unusable_password()  # as everybody's here
    user.save()
    return user


@pytest.fixture
def enrolled(nurse: User, client: Client) -> str:
    """The secret of a nurse who has just given her digits."""
    secret = generate_totp_secret()
    TOTP.activate(nurse, secret)
    RecoveryCodes.activate(nurse)
    client.force_login(nurse)
    client.post(f"{PAGES}reauthenticate/", {"code": _digits(secret)})
    return secret


def _digits(secret: str) -> str:
    accepted = list(counters())
    return format_hotp_value(hotp_value(secret, accepted[len(accepted) // 2]))


def test_account__tells_new_staff_what_to_do_first(client: Client, nurse: User) -> None:
    client.force_login(nurse)

    page = client.get(PAGES).content.decode()

    assert "もうひとつの確認を登録してください。" in page
    assert page.count('class="btn"') == 1
    assert f'class="btn" href="{PAGES}totp/activate/"' in page


def test_account__offers_a_mother_what_staff_must_have(client: Client) -> None:
    client.force_login(factories.UserFactory(email="hanako@example.jp"))

    page = client.get(PAGES).content.decode()

    assert "hanako@example.jp" in page
    assert "もうひとつの確認を登録してください。" not in page


def test_app__is_tied_and_leads_to_the_recovery_codes(client: Client, nurse: User) -> None:
    client.force_login(nurse)
    page = client.get(f"{PAGES}totp/activate/")
    assert "認証アプリの登録" in page.content.decode()

    wrong = client.post(f"{PAGES}totp/activate/", {"code": "000000"}).content.decode()
    assert "エラー1件: 認証アプリの登録" in wrong

    digits = _digits(page.context["form"].secret)
    again = client.post(f"{PAGES}totp/activate/", {"code": digits}, follow=True)
    assert "もういちど確かめる" in again.content.decode()

    codes = client.post(again.redirect_chain[-1][0], {"code": digits}, follow=True).content.decode()
    assert "<h1>復旧コード</h1>" in codes
    assert "しまったので仕事のページへ" in codes


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("", "仕事のページへ"),
        ("totp/deactivate/", "続けて使う"),
        ("recovery-codes/", "印刷する"),
        ("recovery-codes/generate/", "いままでの10個は使えなくなります。"),
        ("webauthn/", "パスキーはまだありません"),
        ("webauthn/add/", "メールのコードなしで入る"),
    ],
)
@pytest.mark.usefixtures("enrolled")
def test_pages__speak_japanese(client: Client, path: str, words: str) -> None:
    page = client.get(f"{PAGES}{path}").content.decode()

    assert words in page
    assert "多要素認証" not in page
    assert "セキュリティキー</h" not in page


@pytest.mark.usefixtures("enrolled")
def test_passkeys__are_named_and_taken_away(client: Client, nurse: User) -> None:
    key = WebAuthn.add(nurse, name="受付のパソコン", credential={}).instance

    for path, words in (
        ("", "受付のパソコン"),
        (f"keys/{key.pk}/edit/", "パスキーの名前"),
        (f"keys/{key.pk}/remove/", "「受付のパソコン」を消しますか"),
    ):
        assert words in client.get(f"{PAGES}webauthn/{path}").content.decode()


def test_reauthentication__asks_who_is_there(client: Client, nurse: User) -> None:
    TOTP.activate(nurse, generate_totp_secret())
    client.force_login(nurse)

    page = client.get(f"{PAGES}totp/deactivate/", follow=True).content.decode()

    assert "もういちど確かめる" in page
