"""Painting days of the month with a mouse, a finger and the keyboard: what is ticked are the real checkboxes."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page

from facilities.selectors.holidays import holiday_name
from facilities.views.staff.month_page import Cell

pytestmark = pytest.mark.journey

SCRIPT = Path(__file__).resolve().parents[2] / "static" / "js" / "capacity.js"
SUNDAY = dt.date(2026, 3, 15)


def _cell(day: dt.date) -> str:
    cell = Cell(
        day=day,
        tallies=(),
        word="",
        holiday=holiday_name(day),
        last_minute=False,
        spoken=str(day),
        may_set=True,
        checked=False,
        refused=False,
    )
    inner = render_to_string("facility/_cell.html", {"cell": cell, "first": False})
    return f'<td style="width:60px;height:60px;position:relative">{inner}</td>'


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Two weeks from a Sunday, each cell 60 px wide; 3月20日 is a holiday."""
    rows = ["".join(_cell(SUNDAY + dt.timedelta(days=7 * week + number)) for number in range(7)) for week in range(2)]
    weekdays = "".join(f'<input type="checkbox" name="w" value="{number}">' for number in (4, 7))
    context = browser.new_context(has_touch=True, viewport={"width": 500, "height": 700})
    shown = context.new_page()
    shown.set_content(
        f"<style>*{{margin:0}}table{{border-spacing:0}}input[name=d]{{position:absolute;inset:0;width:60px;height:60px}}"
        f"b,small{{display:none}}</style><form data-paint><table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
        f"{weekdays}<h2 data-count></h2><p data-chosen></p></form>"
    )
    shown.add_script_tag(path=SCRIPT)
    yield shown
    context.close()


def ticked(page: Page) -> list[int]:
    days: list[str] = page.eval_on_selector_all("[name=d]:checked", "boxes => boxes.map(box => box.value.slice(8))")
    return [int(day) for day in days]


def drag(page: Page, *days: int) -> None:
    """Press on the first day, pass over the others, let go."""
    points = [(30 + 60 * ((day - 15) % 7), 30 + 60 * ((day - 15) // 7)) for day in days]
    page.mouse.move(*points[0])
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*point, steps=4)
    page.mouse.up()


def test_mouse__paints_what_it_passes_over_and_the_first_day_decides(page: Page) -> None:
    drag(page, 16, 18)
    assert ticked(page) == [16, 17, 18]
    assert page.inner_text("[data-count]") == "3日を選んでいます"

    drag(page, 18, 17)
    assert ticked(page) == [16]
    drag(page, 24, 25, 24)  # there and back: both stay
    assert ticked(page) == [16, 24, 25]
    page.mouse.click(90, 30)
    assert ticked(page) == [24, 25]


def test_finger__paints_sideways(page: Page) -> None:
    client = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[int, int]) -> None:
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})

    page.touchscreen.tap(270, 30)
    assert ticked(page) == [19]
    touch("touchStart", (90, 30))
    for x in range(100, 221, 20):
        touch("touchMove", (x, 30))
    touch("touchEnd")
    assert ticked(page) == [16, 17, 18, 19]


def test_keys__tick_with_space_and_paint_with_shift_and_an_arrow(page: Page) -> None:
    page.focus('[value="2026-03-16"]')
    page.keyboard.press("Space")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("ArrowLeft")
    assert ticked(page) == [16, 17, 24]
    assert page.evaluate("document.activeElement.value") == "2026-03-23"


def test_holidays_and_weekdays__tick_their_days_until_one_is_taken_out(page: Page) -> None:
    page.check("[name=w][value='7']")
    assert ticked(page) == [20]
    page.check("[name=w][value='4']")
    assert ticked(page) == [20, 27]
    drag(page, 20)
    assert ticked(page) == [27]
    assert not page.is_checked("[name=w][value='7']")
    assert not page.is_checked("[name=w][value='4']")
