"""S3: links in mails carry the configured host, whatever a request says; and nobody is led to another site."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from allauth.account.internal.flows.signup import get_signup_url
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters
from django.test import Client
from django.test.utils import override_settings

from eligibility.public import Municipality
from postpartum_portal.accounts.adapter import PortalAccountAdapter
from postpartum_portal.accounts.models import Membership, User
from postpartum_portal.accounts.services import resetting
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Mail
from tests import factories
from tests.accounts.test_sign_in import last_code
from tests.clients import enrolled

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]
HOST, ORIGIN = "portal.example.jp", "https://portal.example.jp"
LINK = re.compile(r"https?://\S+")
TAKEN = [
    {"Host": HOST},
    {"Host": "PORTAL.example.JP"},
    {"Host": f"{HOST}."},
    {"Host": f"{HOST}:8443"},
    {"Host": HOST, "X-Forwarded-Host": "evil.example"},
    {"Host": HOST, "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example", "X-Host": "evil.example"},
]
REFUSED = ["evil.example", f"{HOST}.evil.example", f"{HOST} evil.example", f"evil.example/{HOST}", f"{HOST}:x", ""]


@pytest.fixture(autouse=True)
def configured(settings: Any) -> None:
    settings.ALLOWED_HOSTS = [HOST]
    settings.PORTAL_ORIGIN = ORIGIN


def wrong_links() -> list[str]:
    """Links of mails that lead elsewhere, and mails that should have one and do not."""
    found = []
    for mail in Mail.objects.order_by("pk"):
        links = LINK.findall(mail.text)
        found += [f"{mail.kind}: {link}" for link in links if not link.startswith(f"{ORIGIN}/")]
        found += [] if links and "evil" not in mail.subject + mail.text else [mail.kind]
    return found


def write_all(headers: dict[str, str], decider: User, member: Membership) -> None:
    """What makes the portal write each mail about an account, from browsers that send these headers."""
    factories.UserFactory(email="known@example.jp")
    for path, sent in [
        ("signup", {"email": "new@example.jp"}),
        ("signup", {"email": "known@example.jp"}),
        ("login", {"login": "known@example.jp"}),
        ("login", {"login": "nobody@example.jp"}),
    ]:
        Client(headers=headers).post(f"/accounts/{path}/", sent)
    office = Client(headers=headers)
    office.force_login(enrolled(decider))
    staff = "/kodaira/centre/office/staff/"
    office.post(f"{staff}invite/", {"email": "staff@example.jp", "display_name": "佐藤", "role": "centre"})
    colleague = factories.MembershipFactory(municipality=member.municipality).user
    asked = resetting.ask_reset(member, reason="機種変更", by=colleague, at=clock.now())
    office.post(f"{staff}resets/{asked.pk}/")


@pytest.mark.parametrize("headers", TAKEN, ids=str)
def test_every_mail_about_an_account__leads_to_the_configured_host(
    headers: dict[str, str], kodaira: Municipality, decider: User
) -> None:
    member = factories.MembershipFactory(municipality=kodaira)
    write_all(headers, decider, member)

    kinds = set(Mail.objects.values_list("kind", flat=True))
    assert kinds >= {
        "account/email_confirmation_signup",
        "account/account_already_exists",
        "account/login_code",
        "account/unknown_account",
        "staff_invited",
        "second_factor_reset",
    }
    assert wrong_links() == []


def test_control__a_link_built_from_the_request_would_lead_elsewhere(
    monkeypatch: pytest.MonkeyPatch, kodaira: Municipality, decider: User
) -> None:
    write: Callable[..., None] = PortalAccountAdapter.send_mail

    def from_the_request(self: Any, prefix: str, email: str, context: dict[str, Any]) -> None:
        origin = get_signup_url(self.request).removesuffix("/accounts/signup/")
        with override_settings(PORTAL_ORIGIN=origin):
            write(self, prefix, email, context)

    monkeypatch.setattr(PortalAccountAdapter, "send_mail", from_the_request)
    write_all({"Host": f"{HOST}."}, decider, factories.MembershipFactory(municipality=kodaira))

    assert wrong_links()


@pytest.mark.parametrize("host", REFUSED)
def test_another_host__is_turned_away(host: str, kodaira: Municipality) -> None:
    assert Client(headers={"Host": host}).get("/accounts/login/").status_code == 400


def test_the_code__asks_a_request_for_its_host_only_to_compare_it() -> None:
    asking = re.compile(r"get_host\(|build_absolute_uri|get_current_site|HTTP_HOST|X_FORWARDED_HOST")
    rooms = ("postpartum_portal", "applications", "facilities", "eligibility")
    found = {str(path) for room in rooms for path in Path(room).rglob("*.py") if asking.search(path.read_text())}

    assert found == {"postpartum_portal/accounts/signing_in.py"}


# `next`

ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https://evil.example",
    "HTTPS://EVIL.example",
    "http:///evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "/\\/evil.example",
    "\\/evil.example",
    "\t//evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\x00//evil.example",
    " //evil.example",
    "//evil.example\\@portal.example.jp",
    "https://portal.example.jp@evil.example",
    "https://portal.example.jp.evil.example",
    "https://evil.example#portal.example.jp",
    "https://evil。example",
    "javascript:alert(1)",
    "data:text/html,x",
    "//％65vil.example",
    "ftp://portal.example.jp",
]
AS_BROWSERS_READ = str.maketrans({"\\": "/", "\t": None, "\n": None, "\r": None})


def leads_away(location: str) -> bool:
    """What a browser would make of it: backslashes are slashes, tabs and line ends are nothing."""
    plain = location.translate(AS_BROWSERS_READ).strip()
    return not plain.startswith("/") or plain.startswith("//") or "evil" in plain.partition("?")[0]


def ends_at(next_page: str, *, secret: str = "", email: str = "hanako@example.jp") -> list[str]:
    """All places to which a sign-in leads somebody, with this `next` at each of its steps."""
    client, places = Client(headers={"Host": HOST}), []
    client.get("/accounts/login/", {"next": next_page})
    steps: list[tuple[str, dict[str, str]]] = [
        ("/accounts/login/", {"login": email}),
        ("/accounts/login/code/confirm/", {"code": ""}),
    ]
    if secret:
        digits = format_hotp_value(hotp_value(secret, list(counters())[1]))
        steps.append(("/accounts/second-factor/authenticate/", {"code": digits}))
    for path, sent in [*steps, ("/accounts/logout/", {})]:
        data = {name: value or last_code(email) for name, value in sent.items()}
        answer = client.post(path, {**data, "next": next_page}, query_params={"next": next_page})
        places.append(answer.headers["Location"])
    return places


@pytest.mark.parametrize("next_page", ELSEWHERE, ids=repr)
def test_next__leads_nobody_to_another_site(next_page: str, mother: User) -> None:
    assert not [place for place in ends_at(next_page) if leads_away(place)]


def test_next__leads_staff_with_a_second_factor_nowhere_else_either(mother: User) -> None:
    secret = generate_totp_secret()
    TOTP.activate(mother, secret)
    RecoveryCodes.activate(mother)

    assert not [place for place in ends_at("//evil.example", secret=secret) if leads_away(place)]


def test_control__without_allauths_check_it_would(mother: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PortalAccountAdapter, "is_safe_url", lambda *_: True)

    assert [place for place in ends_at("//evil.example") if leads_away(place)]


def test_next__leads_to_the_portals_own_page(mother: User) -> None:
    assert ends_at("/kodaira/my/")[1] == "/kodaira/my/"


@pytest.mark.parametrize(
    "before", [f"http://{HOST}//evil.example/a", f"http://{HOST}/\\evil.example/", "//evil.example"]
)
def test_the_page_before__leads_nobody_to_another_site(before: str, mother: User) -> None:
    client = Client(headers={"Host": HOST, "Referer": before})
    sign_in = client.post("/kodaira/my/").headers["Location"]
    client.post(sign_in, {"login": mother.email})
    confirm = client.get(sign_in).headers["Location"]
    answer = client.post(confirm, {"code": last_code(mother.email)})

    assert not leads_away(answer.headers["Location"])
