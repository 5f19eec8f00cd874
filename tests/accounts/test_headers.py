"""Headers and cookies of every answer, in production's settings: what browsers may keep, run, frame and tell on."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.templatetags.static import static
from django.test import Client

from eligibility.public import Municipality
from facilities.models import StaffMembership
from postpartum_portal.accounts.models import User
from tests.accounts.test_sign_in import last_code
from tests.accounts.walking import addresses
from tests.clients import enrolled
from tests.scripts.test_production_settings import started_with

pytestmark = pytest.mark.django_db
OF_PRODUCTION = re.compile(r"(ALLOWED_HOSTS|PORTAL_ORIGIN|\w+_COOKIE_\w+|SECURE_\w+|X_FRAME_OPTIONS)")
EVERY = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
CONTENT = {
    "default-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "frame-src 'none'",
    "img-src 'self' data:",
    "object-src 'none'",
}
OF_FILES = [{"default-src 'none'", f"sandbox{allowed}"} for allowed in ("", " allow-downloads allow-modals")]
STYLED = "/kodaira/centre/office/settings/mails/"
"""Shows a mail as it arrives: the one page whose tags may carry style."""

MAY_BE_KEPT = {"/accounts/addresses/"}
"""The address of a postcode, for nobody in particular."""
CAMERA = {"/facility/", "/facility/days/2026-03-05/", "/facility/find/", "/facility/coupons/"}
INLINE = re.compile(r'<script(?![^>]*(?: src=| type="application/json"))|<style| style="| on[a-z]+="|javascript:')


@pytest.fixture(autouse=True)
def production(settings: Any) -> None:
    module = started_with()
    for name in filter(OF_PRODUCTION.fullmatch, dir(module)):
        setattr(settings, name, getattr(module, name))


def browser(user: User | None = None) -> Client:
    client = Client(headers={"Host": "portal.example.jp", "X-Forwarded-Proto": "https"})
    if user:
        client.force_login(user)
    return client


@pytest.fixture
def browsers(kodaira: Municipality, mother: User, decider: User, receptionist: User) -> dict[str, Client]:
    """By the access rule of a view: of somebody whom it lets in."""
    StaffMembership.objects.filter(user=receptionist).update(manages=True)
    centre = browser(enrolled(decider))
    known = {"citizen": mother, "facility_staff": enrolled(receptionist)}
    return {rule: browser(user) for rule, user in known.items()} | {"centre": centre, "decider": centre}


def wrong(path: str, answer: Any) -> list[str]:
    """What an answer lacks."""
    found = [f"{path}: {name}" for name, value in EVERY.items() if answer.headers.get(name) != value]
    if path not in MAY_BE_KEPT and "no-store" not in answer.headers.get("Cache-Control", ""):
        found.append(f"{path}: kept")
    content = set(answer.headers.get("Content-Security-Policy", "").split("; "))
    styled = CONTENT | {"style-src-attr 'unsafe-inline'"} if path.startswith(STYLED) else CONTENT
    if content not in [CONTENT, styled, *(OF_FILES if "Content-Disposition" in answer.headers else [])]:
        found.append(f"{path}: {content}")
    policy = answer.headers.get("Permissions-Policy", "")
    if not policy.startswith("camera=(self)" if path in CAMERA else "camera=()") or "geolocation=()" not in policy:
        found.append(f"{path}: {policy}")
    if not answer.streaming and answer.headers.get("Content-Type", "").startswith("text/html"):
        found += [f"{path}: {inline}" for inline in INLINE.findall(answer.content.decode())]
    return found + [f"{path}: {cookie.OutputString()}" for cookie in answer.cookies.values() if not holds(cookie)]


def holds(cookie: Any) -> bool:
    """Tied to this very host, sent by TLS only, out of reach of scripts, and not with what other sites send."""
    reach = cookie["httponly"] or not cookie.value  # one that is taken away holds nothing
    flags = cookie["secure"] and reach and cookie["samesite"] == "Lax"
    return bool(cookie.key.startswith("__Host-") and flags and cookie["path"] == "/" and not cookie["domain"])


def walked(browsers: dict[str, Client]) -> tuple[int, list[str]]:
    """How many answers, and what they lack: each address, asked by whom it lets in."""
    asked, found = 0, []
    for path, view in addresses():
        asked += 1
        found += wrong(path, browsers.get(getattr(view, "access_rule", ""), browser()).get(path))
    return asked, found


def test_every_address__answers_with_headers_and_cookies_that_hold(browsers: dict[str, Client]) -> None:
    asked, found = walked(browsers)

    assert found == []
    assert asked > 280


@pytest.mark.parametrize(
    "without",
    [
        "postpartum_portal.accounts.headers.HeadersMiddleware",
        "csp.middleware.CSPMiddleware",
        "django.middleware.security.SecurityMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
)
def test_control__without_one_of_the_middlewares_an_answer_lacks_something(
    settings: Any, kodaira: Municipality, without: str
) -> None:
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != without]

    assert wrong("/kodaira/check/", browser().get("/kodaira/check/"))


def test_control__a_cookie_for_other_hosts_does_not_hold(settings: Any, kodaira: Municipality) -> None:
    settings.CSRF_COOKIE_DOMAIN = "example.jp"

    assert wrong("/accounts/login/", browser().get("/accounts/login/"))


def test_signing_in__sets_no_cookie_that_does_not_hold(kodaira: Municipality, mother: User) -> None:
    client, seen = browser(), set[str]()
    steps: list[tuple[str, dict[str, Any]]] = [
        ("/accounts/login/", {"login": mother.email}),
        ("/accounts/login/code/confirm/", {"code": None}),
        ("/kodaira/words/", {"words": "plain"}),
        ("/kodaira/words/", {"words": ""}),
        ("/accounts/mails/", {"wanted": []}),
        ("/accounts/logout/", {}),
    ]
    for path, sent in steps:
        data = {name: last_code(mother.email) if value is None else value for name, value in sent.items()}
        answer = client.post(path, data)
        seen |= set(answer.cookies)
        assert wrong(path, answer) == []

    assert seen >= {"__Host-session", "__Host-known-browser", "__Host-messages", "__Host-words"}


def test_errors__too(kodaira: Municipality) -> None:
    client = Client(enforce_csrf_checks=True, headers={"Host": "portal.example.jp", "X-Forwarded-Proto": "https"})
    statuses = set()
    for path in ("/nowhere/at/all/", "/kodaira/my/", "/accounts/login/"):
        for answer in (client.get(path), client.post(path), client.put(path)):
            statuses.add(answer.status_code)
            assert wrong(path, answer) == []

    assert statuses >= {403, 404}


def test_an_answer_without_tls__leads_to_the_same_page_with_it(kodaira: Municipality) -> None:
    answer = Client(headers={"Host": "portal.example.jp"}).get("/kodaira/")

    assert (answer.status_code, answer.headers["Location"]) == (301, "https://portal.example.jp/kodaira/")


def test_static_files__are_kept_for_good_under_their_own_name_and_for_nobody_else(
    settings: Any, tmp_path: Path
) -> None:
    manifest = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": manifest}}
    settings.STATIC_ROOT, settings.WHITENOISE_AUTOREFRESH, settings.WHITENOISE_USE_FINDERS = tmp_path, False, False
    call_command("collectstatic", interactive=False, verbosity=0)

    under_its_hash, by_name = (browser().get(path) for path in (static("css/look.css"), "/static/css/look.css"))

    assert under_its_hash.headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert by_name.headers["Cache-Control"] == "max-age=60, public"
    for answer in (under_its_hash, by_name):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert not answer.cookies
        answer.close()
