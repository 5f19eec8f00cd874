"""Chromium, and the windows in which the people of a journey sit."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, sync_playwright

EXECUTABLE = "/usr/bin/chromium-headless-shell"  # Debian's; Playwright's own download is not needed
ARGUMENTS = (
    "--no-sandbox",  # make test runs as root in a container
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 15_000
"""Milliseconds until something that does not appear is missing; generous, for machines that run other things too."""


@dataclass(frozen=True)
class Window:
    """How a person looks at the portal."""

    width: int
    height: int
    touch: bool = False
    scripts: bool = True


PHONE = Window(390, 844, touch=True)
DESK = Window(1280, 900)
DESK_ENLARGED = Window(640, 450)
"""The same, with the page at 200 %."""
PHONE_WITHOUT_SCRIPTS = Window(390, 844, touch=True, scripts=False)


@contextmanager
def chromium() -> Iterator[Browser]:
    """One browser for the block."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=EXECUTABLE, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def open_window(browser: Browser, origin: str, window: Window) -> BrowserContext:
    """A fresh profile: no cookie, Japanese, Tokyo time."""
    context = browser.new_context(
        base_url=origin,
        viewport={"width": window.width, "height": window.height},
        has_touch=window.touch,
        is_mobile=window.touch,
        java_script_enabled=window.scripts,
        locale="ja-JP",
        timezone_id="Asia/Tokyo",
    )
    context.set_default_timeout(PATIENCE)
    return context
