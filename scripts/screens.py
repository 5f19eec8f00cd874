"""Takes the screenshots in docs/screens: starts a demo of its own, walks to each page and keeps it, narrow and wide.

    python -m scripts.screens              all
    python -m scripts.screens cancel case  these

The demo's days count from today, so the pictures change with the day on which they are taken.
"""

import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page

from scripts import processes
from scripts.health import is_healthy
from tests.journeys.browser import DESK, PHONE, chromium, open_window

PROJECT = Path(__file__).resolve().parent.parent
FOLDER = PROJECT / "docs" / "screens"
COLOURS = 96
"""Enough for flat pages; a picture is a quarter as large as in full colour."""
TALLEST = 4000
"""Pixels; below that a page of figures only goes on."""
DOTS_PER_INCH = 96
FIVE_WEEKS_AGO = """() => {
    const day = new Date(Date.now() - 35 * 864e5);
    return [day.getFullYear(), day.getMonth() + 1, day.getDate()];
}"""


@dataclass(frozen=True)
class Screen:
    """A page as one of the demo's people sees it; `links` are followed from `path` on, each the first of its kind.

    `day` names three boxes into which the day of a birth is typed before.
    """

    name: str
    path: str
    who: str = ""
    day: str = ""
    links: tuple[str, ...] = ()


CHOOSE_DAYS = 'main a[href*="/my/book/"]:has-text("日を選ぶ")'
MAY_USE = tuple(
    f"[name={name}][value={value}]"
    for name, value in (
        ("resident", "yes"),
        ("lacks_support", "yes"),
        ("unwell_or_anxious", "yes"),
        ("fever_or_infection", "no"),
        ("needs_medical_care", "no"),
    )
)
SCREENS = (
    Screen("municipality", "/kodaira/"),
    Screen("check", "/kodaira/check/", day="born", links=(*MAY_USE, 'main button:has-text("調べる")')),
    Screen("apply", "/kodaira/apply/person/", who="hanako@example.jp"),
    Screen("application", "/kodaira/my/applications/R8-0001/", who="misaki@example.jp"),
    Screen("my-page", "/kodaira/my/", who="misaki@example.jp"),
    Screen("book", "/kodaira/my/book/", who="misaki@example.jp", links=(CHOOSE_DAYS, "main .day.free input >> nth=2")),
    Screen("booking", "/kodaira/my/", who="misaki@example.jp", links=("#next .btn",)),
    Screen("cancel", "/kodaira/my/", who="misaki@example.jp", links=('a[href$="/cancel/"]',)),
    Screen("coupons", "/okayama/my/coupons/", who="futaba@example.jp"),
    Screen("letters", "/kodaira/my/letters/", who="misaki@example.jp"),
    Screen("worklist", "/kodaira/centre/", who="watanabe@example.jp"),
    Screen("hearing", "/kodaira/centre/", who="watanabe@example.jp", links=('main a:has-text("山﨑 ゆう子")',)),
    Screen("case", "/kodaira/centre/", who="tanaka@example.jp", links=('main a:has-text("中村 さくら")',)),
    Screen("register", "/kodaira/centre/letters/", who="tanaka@example.jp"),
    Screen("numbers", "/kodaira/centre/numbers/", who="tanaka@example.jp"),
    Screen("day", "/facility/", who="uketsuke@example.jp"),
    Screen("request", "/facility/requests/", who="uketsuke@example.jp", links=('main a.btn:has-text("返事する")',)),
    Screen("places", "/facility/capacity/", who="uketsuke@example.jp"),
    Screen("money", "/facility/", who="uketsuke@example.jp", links=('main a[href$="/pay/"]',)),
    Screen("month-end", "/facility/months/", who="clinic@example.jp", links=("main td.head a",)),
)
"""The ten pages that a parent comes back to, the five on which the centre's day is spent, and five of a facility's."""
LETTER = Screen("letter", "/kodaira/my/letters/", who="misaki@example.jp")


def main(wanted: list[str]) -> int:
    screens = [screen for screen in (*SCREENS, LETTER) if not wanted or screen.name in wanted]
    if unknown := set(wanted) - {screen.name for screen in screens}:
        print(f"No such screen: {', '.join(sorted(unknown))}")
        return os.EX_USAGE
    processes.stop_on_signals()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with _demo() as origin, chromium() as browser:
        for screen in screens:
            for file in _kept(browser, origin, screen):
                print(file.relative_to(PROJECT), f"{file.stat().st_size // 1024} KiB", flush=True)
    return os.EX_OK


@contextmanager
def _demo() -> Iterator[str]:
    """A demo with fresh data, for as long as the block runs; answers its address."""
    port = processes.free_port()
    with tempfile.TemporaryDirectory(prefix="portal-screens-") as scratch:
        settings = os.environ | {"PORT": str(port), "DEMO_DIR": f"{scratch}/demo"}
        command = (sys.executable, "-m", "scripts.demo")
        demo = processes.start(command, cwd=PROJECT, env=settings, stdout=subprocess.DEVNULL)
        try:
            processes.wait_until(lambda: is_healthy(port), demo, name="The demo", seconds=180)
            yield f"http://localhost:{port}"
        finally:
            processes.stop(demo)


def _kept(browser: Browser, origin: str, screen: Screen) -> Iterator[Path]:
    if screen is LETTER:
        with open_window(browser, origin, DESK) as window:
            yield _letter(window, screen)
        return
    for shape in (PHONE, DESK):
        with open_window(browser, origin, shape) as window:
            page = _arrive(window, screen)
            height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
            page.set_viewport_size({"width": shape.width, "height": height})  # what sticks to the bottom stands there
            page.wait_for_load_state("networkidle")  # pictures that load when they come into sight
            yield _write(f"{screen.name}-{shape.width}", page.screenshot())


def _arrive(window: BrowserContext, screen: Screen) -> Page:
    page = window.new_page()
    if screen.who:
        page.goto("/demo/")
        page.eval_on_selector_all("details", "lists => lists.forEach(list => list.open = true)")
        page.locator(f'form:has(input[value="{screen.who}"]) button').first.click()
    page.goto(screen.path)
    if screen.day:
        for part, value in zip(("year", "month", "day"), page.evaluate(FIVE_WEEKS_AGO), strict=True):
            page.fill(f"[name={screen.day}_{part}]", str(value))
    for link in screen.links:
        page.locator(link).first.click()
        page.wait_for_load_state()
        page.locator(".htmx-request").first.wait_for(state="detached")
    return page


def _letter(window: BrowserContext, screen: Screen) -> Path:
    """Her first letter as it comes out of a printer."""
    page = _arrive(window, screen)
    address = page.locator('main a[href*="/my/letters/"]').first.get_attribute("href")
    pdf = window.request.get(address or "").body()
    command = ("pdftoppm", "-r", str(DOTS_PER_INCH), "-png", "-singlefile", "-")
    drawn = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout
    return _write(screen.name, drawn)


def _write(name: str, picture: bytes) -> Path:
    file = FOLDER / f"{name}.png"
    with Image.open(io.BytesIO(picture)) as image:
        # This method keeps rare colours, a ◆ is a few dots; kmeans brings wide areas back to their own.
        few = image.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=3, dither=Image.Dither.NONE)
        few.save(file, optimize=True)
    return file


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
