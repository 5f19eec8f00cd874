"""What is wrong with a page whoever looks at it: accessibility, broken requests, script errors, foreign servers."""

import os
from collections.abc import Iterator
from hashlib import blake2b
from itertools import count
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request, Response

AXE = Axe()
LIGHT = 60 * 1024
"""Bytes that a page may bring over the network, compressed, besides pictures that were handed in, and pieces
that somebody's presses fetch later, as many as she presses."""
SHAPE = Path(__file__).with_name("shape.js").read_text()
EVERY_PAGE = "EVERY_PAGE" in os.environ
"""Whether axe looks at every page, or only at those with anything on them that it has not seen yet."""


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
        if request.resource_type in ("fetch", "xhr", "image", "other") and request.failure == "net::ERR_ABORTED":
            # A draft was being kept when she went on: the form that she sent holds the same. Or a picture further down
            # was on its way, which loads only when the page comes near it, or the tab's own, which no type names.
            return
        self.complaints.append(f"failed: {request.url} {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status}: {response.url}")


class Seen:
    """What axe was shown already: pages differ mostly in their words, and looking takes longer than walking there.

    Workers that walk side by side share the file. Whoever finds something wrong there fails for both.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._file.touch()

    def is_new(self, width: object, parts: list[str]) -> bool:
        """Tell whether any of these was never seen at this width, and remember them."""
        signs = {blake2b(f"{width} {part}".encode(), digest_size=8).hexdigest() for part in parts}
        new = signs.difference(self._file.read_text().split())
        with self._file.open("a") as file:
            file.writelines(f"{sign}\n" for sign in new)
        return bool(new) or EVERY_PAGE


def mistakes(page: Page, width: object, seen: Seen) -> Iterator[str]:
    """What is wrong with the page as it stands."""
    shape = page.evaluate(SHAPE)
    if shape["tooWide"]:  # which on a phone hides words
        yield f"it is wider than {width} px"
    if shape["tooWideDoubled"]:
        yield f"with its text at 200 % it is wider than {width} px"
    if shape["bytes"] > LIGHT:
        yield f"it brings {shape['bytes']} bytes"
    if shape["twice"]:
        yield f"it has two elements of one id: {shape['twice']}"
    if seen.is_new(width, shape["parts"]):
        results = AXE.run(page)
        if results.violations_count:
            yield results.generate_report()


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
