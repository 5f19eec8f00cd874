"""A person at a browser: opens, follows, writes, chooses, presses, sees. Every page passed is inspected."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Locator, Page, expect
from playwright.sync_api import Error as PlaywrightError

from .browser import PATIENCE, Window
from .inspection import Album, Seen, Watch, mistakes

PAUSE = 400
"""Milliseconds; twice as long as a page waits before it saves by itself what was chosen."""

BREATH = 50
"""Milliseconds between two looks whether the page is at rest."""


class Person:
    """Knows the portal by what stands on the screen: labels, buttons, headings; never by ids or classes."""

    town = "kodaira"
    """Whose pages the steps open for her, as in their addresses."""

    def __init__(
        self, name: str, context: BrowserContext, window: Window, origin: str, album: Album, seen: Seen
    ) -> None:
        self.name = name
        self.window = window
        self.origin = origin
        self.page: Page = context.new_page()
        self._album = album
        self._watch = Watch(self.page, origin)
        self._seen = seen

    # going somewhere

    def opens(self, path: str) -> None:
        self.page.goto(path)
        self._arrives()

    def follows(self, link: str) -> None:
        """Press the link with these words in its name; the first one when it stands at the top and bottom alike."""
        self._goes(link, self.page.get_by_role("link", name=_words(link)).first)

    def presses(self, button: str) -> None:
        """Press the button that sends a form."""
        self._goes(button, self.page.get_by_role("button", name=_beginning(button)).first)

    def peeks(self, button: str) -> str:
        """Press a button that shows something in a tab of its own; answers what stands there."""
        with self.page.context.expect_page() as opened:
            self._touch(self.page.get_by_role("button", name=_beginning(button)).first)
        opened.value.wait_for_load_state()
        text = opened.value.inner_text("body")
        opened.value.close()
        return text

    def taps(self, button: str) -> None:
        """Press a button that leads nowhere: the page stays."""
        with self._trying(f"tap {button}"):
            self.page.get_by_role("button", name=_beginning(button)).first.click()

    def unfolds(self, summary: str) -> None:
        """Open what is folded away under these words."""
        with self._trying(f"unfold {summary}"):
            self._touch(self.page.locator("summary").filter(has_text=_words(summary)).first)

    @contextmanager
    def on_paper(self) -> Iterator[None]:
        """Meanwhile the page looks as it is printed."""
        self.page.emulate_media(media="print")
        yield
        self.page.emulate_media(media="screen")

    @contextmanager
    def without_network(self) -> Iterator[None]:
        """What fails meanwhile is expected to."""
        self.page.context.set_offline(True)
        yield
        self.page.context.set_offline(False)
        self._watch.complaints.clear()

    def is_away_too_long(self) -> None:
        """Her session ends; the page stands open."""
        self.page.context.clear_cookies(name="sessionid")

    # filling in

    def writes(self, label: str, text: str) -> None:
        with self._trying(f"write into {label}"):
            self._type(self._box(label), text)

    def writes_day(self, label: str, year: str, month: str, day: str) -> None:
        """Three boxes 年月日 under one label."""
        boxes = self._group(label)
        with self._trying(f"write a day into {label}"):
            for unit, typed in (("年", year), ("月", month), ("日", day)):
                self._type(boxes.get_by_role("textbox", name=unit, exact=True), typed)

    def chooses(self, answer: str, *, to: str = "") -> None:
        """Tick a card, a radio or a checkbox, in the group `to` where there are several groups."""
        place = self._group(to) if to else self.page.locator("main")
        with self._trying(f"choose {answer} {to}"):
            self._tick(place.get_by_label(_beginning(answer)).first)

    def picks(self, label: str, answer: str) -> None:
        """Pick from a list that unfolds."""
        with self._trying(f"pick {answer} from {label}"):
            self._pick(self._box(label), answer)

    def hands_in(self, label: str, *files: dict[str, object]) -> None:
        self._box(label).set_input_files(list(files))  # type: ignore[arg-type]

    def rests(self) -> None:
        """Wait until the page has saved or redrawn what was touched."""
        self.page.wait_for_timeout(PAUSE)
        self._waits()
        self._arrives()

    # looking

    def sees(self, *words: str) -> None:
        """All of these stand on the page, for the eye or the ear; what is folded away does not count."""
        for text in words:
            try:
                expect(self.page.locator("body")).to_contain_text(text, use_inner_text=True)
            except AssertionError:
                raise AssertionError(f"{self.name} does not see {text!r} {self._whereabouts()}") from None

    def misses(self, *words: str) -> None:
        seen = [text for text in words if text in self.page.inner_text("body")]
        assert not seen, f"{self.name} sees {seen} {self._whereabouts()}"

    def is_asked(self, question: str) -> bool:
        """Tell whether the page asks this."""
        return self._group(question).count() > 0

    def reads(self, label: str) -> str:
        """What stands in a box."""
        return self._box(label).input_value()

    def reads_day(self, label: str) -> tuple[str, ...]:
        """What stands in the boxes 年月日."""
        return tuple(box.input_value() for box in self._group(label).get_by_role("textbox").all())

    def stands_at(self, pattern: str) -> str:
        """The path of the page, which must match the pattern."""
        path = urlsplit(self.page.url).path
        assert re.fullmatch(pattern, path), f"{self.name} is not at {pattern} but {self._whereabouts()}"
        return path

    def reloads(self) -> None:
        self.page.reload()
        self._arrives()

    def reloads_until(self, text: str, *, times: int = 60) -> None:
        """Look again until a worker has done its part; half a second passes between two looks."""
        for _ in range(times):
            if text in self.page.inner_text("body"):
                return self._arrives()
            self.page.wait_for_timeout(500)
            self.page.reload()
        raise AssertionError(f"{self.name} waits in vain for {text!r} {self._whereabouts()}")

    def fetches(self, path: str) -> bytes:
        """What the portal gives out under an address, with her cookies."""
        answer = self.page.context.request.get(path)
        assert answer.status == 200, f"{answer.status}: {path}"
        return answer.body()

    def leaves(self) -> None:
        """Nothing went wrong behind the last page either."""
        complaints, self._watch.complaints = self._watch.complaints, []
        assert not complaints, f"{self.name} at {self.page.url}: {complaints}"

    # with which hands

    def _touch(self, target: Locator) -> None:
        target.click()

    def _type(self, box: Locator, text: str) -> None:
        box.fill(text)

    def _tick(self, box: Locator) -> None:
        box.check()

    def _pick(self, box: Locator, answer: str) -> None:
        box.select_option(label=answer)

    # how it is done

    def _waits(self) -> None:
        """While anything is on its way, and until it is drawn."""
        for _ in range(0, PATIENCE, BREATH):
            at_rest = not self._watch.in_flight
            self.page.wait_for_timeout(BREATH)
            if at_rest:
                return
        raise AssertionError(f"{self.name} waits in vain for what is on its way {self._whereabouts()}")

    def _goes(self, name: str, target: Locator) -> None:
        with self._trying(f"press {name}"), self.page.expect_navigation():
            self._touch(target)
        self._arrives()

    def _arrives(self) -> None:
        """Inspect the page."""
        self.leaves()
        path = urlsplit(self.page.url).path.strip("/").replace("/", "-") or "home"
        self._album.add(self.page, f"{self.window.width}-{self.name}-{path}")
        if not self.window.scripts:
            return
        wrong = list(mistakes(self.page, self.window.width, self._seen))
        assert not wrong, f"{self.name} at {self.page.url}: {wrong}"

    @contextmanager
    def _trying(self, deed: str) -> Iterator[None]:
        """Say in one line what somebody could not do, and where."""
        try:
            yield
        except PlaywrightError as error:
            reason = error.message.partition("Call log")[0].strip()
            raise AssertionError(f"{self.name} cannot {deed} {self._whereabouts()}: {reason}") from None

    def _whereabouts(self) -> str:
        picture = self._album.keep(self.page, f"{self.window.width}-{self.name}-failed")
        return f"at {self.page.url} ({picture})"

    def _box(self, label: str) -> Locator:
        return self.page.get_by_label(_beginning(label)).first

    def _group(self, label: str) -> Locator:
        return self.page.get_by_role("group", name=label).or_(self.page.get_by_role("radiogroup", name=label)).first


def _words(text: str) -> re.Pattern[str]:
    """A hidden part of a name, such as whom a button is about, is read with or without a space before it."""
    return re.compile(r"\s*".join(re.escape(letter) for letter in text if not letter.isspace()))


def _beginning(label: str) -> re.Pattern[str]:
    """A label begins with its words; ※必須 or a price may follow."""
    return re.compile(rf"^\s*{re.escape(label)}")
