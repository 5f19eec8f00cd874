"""On a bad line and with an old session: what she has written stays, and a photo shows how far it is."""

import pytest
from playwright.sync_api import Route

from eligibility.public import Municipality
from tests.processes.support.portal import Portal

from . import given
from .browser import PHONE
from .conftest import Meet
from .person import Person
from .steps import applying, signing_in

pytestmark = pytest.mark.journey

MOTHER = "yui@example.jp"
NAME, PHONE_NUMBER = "髙橋 﨑子", "０９０"

PRESSED_FOUR_TIMES = """async () => {
    const buttons = [...document.querySelectorAll("main button")];
    const button = buttons.find((one) => one.textContent.includes("保存して次へ"));
    button.click();
    while (button.textContent !== "送っています…") await new Promise((resolve) => setTimeout(resolve, 50));
    for (let more = 0; more < 3; more++) button.click();
    return [button.textContent, button.disabled, [...document.querySelectorAll("[role=status]")].at(-1).textContent];
}"""
"""In one go: Playwright's own questions wait for the answer that is held."""


def test_nothing_lost(portal: Portal, kodaira: Municipality, meet: Meet) -> None:
    mother = meet("unlucky", PHONE)
    portal.move_clock_to("2026-05-07 10:00")
    mother.opens("/kodaira/apply/")
    signing_in.signs_up(mother, portal.mailbox, email=MOTHER)

    mother.writes("氏名", NAME)
    mother.writes("電話番号", PHONE_NUMBER)
    with mother.without_network():
        mother.taps("保存して次へ")
        mother.sees("つながりませんでした。書いたものは、この画面に残っています。")
    assert (mother.reads("氏名"), mother.reads("電話番号")) == (NAME, PHONE_NUMBER)

    mother.is_away_too_long()
    mother.presses("保存して次へ")
    mother.sees("ログインが切れていました。", "あなたがログインすると、もとのページにもどします。")
    signing_in.gives_a_code(mother, portal.mailbox, email=MOTHER)
    mother.stands_at("/kodaira/apply/person/")
    mother.sees("ログインが切れる前に書いたものを、もどしました。")
    assert (mother.reads("氏名"), mother.reads("電話番号")) == (NAME, PHONE_NUMBER)

    mother.opens("/kodaira/apply/person/")
    _on_a_slow_line(mother)

    applying.writes_about_herself(mother)
    mother.opens("/kodaira/apply/household/")
    mother.writes("世帯の人数", "1")
    mother.chooses("住民税(均等割)が非課税の世帯")
    mother.hands_in("世帯全員分の非課税証明書", given.certificate("IMG_2041.jpg"))
    with mother.without_network():
        mother.taps("保存して次へ")
        mother.sees("つながりませんでした。")

    seen: list[int] = []

    def watched(route: Route) -> None:
        seen.append(mother.page.locator("progress").count())
        route.continue_()

    mother.page.route("**/apply/household/", watched)
    mother.taps("選んだファイルを送る")
    mother.sees("IMG_2041.jpg", "取りかえる")
    mother.page.unroute("**/apply/household/")
    assert seen[0] == 1
    assert mother.page.evaluate("document.activeElement.type") == "file"
    mother.presses("保存して次へ")
    mother.stands_at("/kodaira/apply/wishes/")


def _on_a_slow_line(mother: Person) -> None:
    """The button says that it is being sent; pressed again it sends nothing more."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        if route.request.method == "POST":
            held.append(route)
        else:
            route.continue_()

    page = mother.page
    page.route("**/apply/person/", hold)
    seen = page.evaluate(PRESSED_FOUR_TIMES)
    assert seen == ["送っています…", False, "まだ送っています。このまま、お待ちください。"]
    assert len(held) == 1
    held[0].continue_()
    page.unroute("**/apply/person/")
    page.get_by_role("button", name="保存して次へ").wait_for()
