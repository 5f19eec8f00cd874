"""What is wrong with a page whoever looks at it: accessibility, broken requests, script errors, foreign servers."""

import os
from itertools import count
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request, Response

AXE = Axe()
LIGHT = 60 * 1024
"""Bytes that a page may bring over the network, compressed, besides pictures that were handed in."""
BYTES = """() => performance.getEntriesByType("navigation").concat(performance.getEntriesByType("resource"))
    .filter((entry) => !entry.name.includes("/documents/")).reduce((sum, entry) => sum + entry.encodedBodySize, 0)"""


class Watch:
    """Collects what goes wrong behind a page: script errors, broken policy, failed and third-party requests."""

    def __init__(self, page: Page, origin: str) -> None:
        self.origin = origin
        self.complaints: list[str] = []
        self.in_flight = 0
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("request", self._request)
        page.on("requestfailed", self._failed)
        page.on("requestfinished", self._finished)
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):  # broken content policies arrive here too
            self.complaints.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        self.in_flight += 1
        if not request.url.startswith((self.origin, "data:", "blob:")):
            self.complaints.append(f"third party: {request.url}")

    def _finished(self, _request: Request) -> None:
        self.in_flight -= 1

    def _failed(self, request: Request) -> None:
        self.in_flight -= 1
        if request.resource_type in ("fetch", "xhr") and request.failure == "net::ERR_ABORTED":
            return  # a draft was being kept when she went on: the form that she sent holds the same
        self.complaints.append(f"failed: {request.url} {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status}: {response.url}")


def accessibility_mistakes(page: Page) -> str:
    """Axe's report on the page as it stands; "" when it finds nothing."""
    results = AXE.run(page)
    return results.generate_report() if results.violations_count else ""


def sideways_scroll(page: Page) -> bool:
    """Tell whether the page is wider than its window, which on a phone hides words."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def weight(page: Page) -> int:
    """Bytes of the page and all that it loads, compressed as they travel, also where the browser has them already."""
    return int(page.evaluate(BYTES))


class Album:
    """Pictures of the pages passed, numbered in the order of the walk: in the folder SCREENS, where one is named."""

    def __init__(self, folder: Path) -> None:
        self.wanted = bool(os.environ.get("SCREENS"))
        self.folder = Path(os.environ.get("SCREENS") or folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self._numbers = count(1)

    def add(self, page: Page, name: str) -> None:
        """A picture of a page passed, if anybody looks at them: drawing it whole takes as long as walking on."""
        if self.wanted:
            self.keep(page, name)

    def keep(self, page: Page, name: str) -> Path:
        """A picture whether wanted or not: where somebody could not go on."""
        path = self.folder / f"{next(self._numbers):03d}-{name}.png"
        page.screenshot(path=path, full_page=True)
        return path
