"""A coupon's and a booking's QR code read with the camera, in the desk's own forms and under the portal's own policy.

Chromium for Linux has no BarcodeDetector: one that sees `window.code` stands at the browser's boundary, and the picture
is the test pattern of Chromium's own camera. What is looked up with the number is tested where the desk's forms are.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import pytest
from csp.utils import build_policy
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.template import engines
from django.test import RequestFactory
from playwright.sync_api import Browser, Page, Route, expect

from facilities.forms.staff.coupon import CouponForm
from facilities.forms.staff.find import FindForm

from .browser import ARGUMENTS, DESK, EXECUTABLE, open_window

pytestmark = pytest.mark.journey
ORIGIN = "http://localhost"
CAMERA = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
CODE, NUMBER = "123456789012", "4821-7305-6614"
READ = "カメラで読む"
FRAME = """{% extends "base.html" %}{% load static crispy_forms_filters %}
{% block scripts %}<script src="{% static 'js/camera.js' %}" defer></script>{% endblock %}
{% block content %}BODY{% endblock %}"""
COUPONS = """<form method="post" novalidate>{{ form|crispy }}<button type="submit">のこりを見る</button>
{% include "facility/_camera.html" with kind="coupons" fills="code" only %}</form>"""
FIND = """<details><summary>来た人を探す</summary>{% include "facility/_find.html" %}</details>"""
FORMS = {
    "/facility/": (FIND, FindForm),
    "/facility/find/": (FIND, FindForm),
    "/facility/coupons/": (COUPONS, CouponForm),
}
DETECTOR = """globalThis.BarcodeDetector = class {
  static async getSupportedFormats() { return ["qr_code"]; }
  async detect(video) { return window.code && video.videoWidth ? [{ rawValue: window.code }] : []; }
};
const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (wish) => (window.stream = await ask(wish));"""
REFUSED = "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', 'NotAllowedError'); };"


@dataclass
class Portal:
    """Answers with the desk's forms; `sent` are those that the browser posted, with their addresses."""

    sent: list[tuple[str, dict[str, list[str]]]] = field(default_factory=list)

    def __call__(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if route.request.method == "POST":
            self.sent.append((path, parse_qs(route.request.post_data or "")))
        if path.startswith("/static/"):
            route.fulfill(path=str(finders.find(path.removeprefix("/static/"))))
        else:
            headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": build_policy()}
            route.fulfill(body=page_at(path), headers=headers)


def page_at(path: str) -> str:
    body, form = FORMS.get(path, ("its page", CouponForm))
    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    return str(engines["django"].from_string(FRAME.replace("BODY", body)).render({"form": form()}, request))


Opens = Callable[..., tuple[Page, Portal]]


@pytest.fixture(scope="module")
def filming(browser: Browser) -> Iterator[Browser]:
    """A second one beside that of the journeys, with a camera."""
    running = browser.browser_type.launch(executable_path=EXECUTABLE, args=[*ARGUMENTS, *CAMERA])
    yield running
    running.close()


@pytest.fixture
def opens(filming: Browser) -> Iterator[Opens]:
    """`opens("/facility/find/", DETECTOR)`: a page in a browser with this at its boundary."""
    with ExitStack() as stack:

        def opened(path: str, *boundary: str) -> tuple[Page, Portal]:
            context, portal = stack.enter_context(open_window(filming, ORIGIN, DESK)), Portal()
            for script in boundary:
                context.add_init_script(script)
            context.route("**/*", portal)
            page = context.new_page()
            stack.callback(page.wait_for_load_state)  # closed while a routed page comes, Playwright waits for ever
            page.goto(path)
            return page, portal

        yield opened


def films(page: Page) -> bool:
    live: bool = page.evaluate("stream.getTracks().some(({ readyState }) => readyState === 'live')")
    return live


def sees(page: Page, path: str) -> None:
    """A QR code comes before the camera."""
    page.evaluate("address => (window.code = address)", f"https://portal.example{path}")


def test_a_coupon__is_read_and_sent_with_the_keyboard_alone(opens: Opens) -> None:
    page, portal = opens("/facility/coupons/", DETECTOR)
    page.get_by_label("クーポン・利用券の番号").focus()
    expect(page.get_by_role("button", name=READ)).to_be_visible()
    for key in ("Tab", "Tab", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_role("status")).to_contain_text("枠の中に")
    assert films(page)
    assert page.evaluate("document.querySelector('video').videoWidth")

    sees(page, "/somewhere/else/")
    expect(page.get_by_role("status")).to_contain_text("クーポンや予約のものではありません")
    assert not portal.sent
    with page.expect_navigation():
        sees(page, f"/zushi/coupons/{CODE}/")

    ((path, form),) = portal.sent
    assert (path, form["code"]) == ("/facility/coupons/", [CODE])


def test_a_booking__is_found_from_the_day_and_a_coupon_opens_its_own_page(opens: Opens) -> None:
    page, portal = opens("/facility/", DETECTOR)
    page.locator("summary", has_text="来た人を探す").click()
    page.get_by_role("button", name=READ).click()
    sees(page, f"/facility/bookings/{NUMBER}/")
    expect(page).to_have_url(f"{ORIGIN}/facility/find/")
    ((path, form),) = portal.sent
    assert (path, form["who"]) == ("/facility/find/", [NUMBER])

    page.locator("summary", has_text="来た人を探す").click()
    page.get_by_role("button", name=READ).click()
    sees(page, f"/zushi/coupons/{CODE}/")
    expect(page).to_have_url(f"{ORIGIN}/facility/coupons/{CODE}/")


@pytest.mark.parametrize("leave", ["Escape", "the button", "another page"])
def test_the_camera__stops_on_leaving_and_the_focus_comes_back(opens: Opens, leave: str) -> None:
    page, portal = opens("/facility/coupons/", DETECTOR)
    button = page.get_by_role("button", name=READ)
    for _ in range(2):  # and may be opened again
        button.click()
        expect(page.get_by_role("status")).to_contain_text("枠の中に")
        assert films(page)
        if leave == "Escape":
            page.keyboard.press("Escape")
        elif leave == "the button":
            page.get_by_role("button", name="やめる").click()
        else:
            page.evaluate("dispatchEvent(new Event('pagehide'))")
        expect(page.get_by_role("dialog")).to_be_hidden()
        expect(button).to_be_focused()
        assert not films(page)
    assert not portal.sent


def test_a_refused_camera__says_what_to_do(opens: Opens) -> None:
    page, _ = opens("/facility/find/", DETECTOR, REFUSED)
    page.locator("summary", has_text="来た人を探す").click()
    page.get_by_role("button", name=READ).click()

    expect(page.get_by_role("status")).to_contain_text("カメラを使えません")
    page.keyboard.press("Escape")
    expect(page.get_by_label("来た人を探す")).to_be_editable()


def test_without_a_detector__there_is_no_button(opens: Opens) -> None:
    page, _ = opens("/facility/coupons/")

    expect(page.get_by_role("button", name="のこりを見る")).to_be_visible()
    assert not page.get_by_role("button", name=READ).count()
