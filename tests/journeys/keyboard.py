"""A person without mouse or touch: Tab, arrows, space, Enter. Wherever she stops, the eye must find it."""

from playwright.sync_api import Locator

from .person import BREATH, Person

FARTHEST = 150
"""Stops of the Tab key until a control counts as out of reach."""

WHERE = """(target) => {
    const at = document.activeElement;
    const group = at.type === "radio" && target.type === "radio" && at.name === target.name && at.form === target.form;
    const there = at === target ? "there" : group ? "group" : "away";
    if (at === document.body) return {there, lost: ""};
    const name = at.outerHTML.slice(0, 120);
    const outlined = (box) => {
        const style = getComputedStyle(box);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    };
    let shown = at;
    while (shown && !outlined(shown)) shown = shown.parentElement;
    if (!shown) return {there, lost: `no outline: ${name}`};
    const {left, right, top, bottom} = shown.getBoundingClientRect();
    const inSight = bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
    const barAt = (x, y) => {
        let bar = document.elementFromPoint(x, y);
        while (bar && !["sticky", "fixed"].includes(getComputedStyle(bar).position)) bar = bar.parentElement;
        return bar;
    };
    const heights = [top + 2, (top + bottom) / 2, bottom - 2].filter((y) => y > 0 && y < innerHeight);
    const bars = heights.map((y) => barAt((Math.max(left, 0) + Math.min(right, innerWidth)) / 2, y));
    const covered = bars.every((bar) => bar && !bar.contains(at));
    return {there, lost: !inSight ? `off the screen: ${name}` : covered ? `under a bar that stays: ${name}` : ""};
}"""
"""Where the focus stands seen from the target, and why nobody sees it, if so."""

STOP = """() => {
    const at = document.activeElement;
    if (at === document.body) return null;
    let bar = at;
    while (bar && !["sticky", "fixed"].includes(getComputedStyle(bar).position)) bar = bar.parentElement;
    const {top, bottom} = at.getBoundingClientRect();
    return {name: at.outerHTML.slice(0, 120), top: top + scrollY, bottom: bottom + scrollY, staying: bar !== null};
}"""
"""Where the focus stands on the page; null where it left it."""

SIDEWAYS = """() => [...document.querySelectorAll("main *")]
    .filter((box) => ["auto", "scroll"].includes(getComputedStyle(box).overflowX))
    .filter((box) => box.scrollWidth > box.clientWidth + 1 && !box.querySelector("table"))
    .map((box) => box.outerHTML.slice(0, 120))"""
"""What must be pushed sideways to be read, and is no table of data."""


class AtKeyboard(Person):
    """Every stop on the way is looked at, not only where she wants to go."""

    def tabs_through(self) -> None:
        """Everything on the page, which must be one column: each stop stands below the last one, or beside it."""
        assert not (wide := self.page.evaluate(SIDEWAYS)), f"{self.name} must push {wide} at {self.page.url}"
        start, last = self.page.get_by_role("link", name="本文へ進む"), None
        start.focus()
        for _ in range(FARTHEST):
            self.page.keyboard.press("Tab")
            if self._looks(start) == "there":
                return
            stop = self.page.evaluate(STOP)
            if last and stop and not stop["staying"]:
                told = f"{self.name} goes up from {last['name']} to {stop['name']} at {self.page.url}"
                assert stop["bottom"] > last["top"], told
            last = last if not stop or stop["staying"] else stop
        raise AssertionError(f"{self.name} comes to no end at {self.page.url}")

    def _touch(self, target: Locator) -> None:
        self._reaches(target)
        self.page.keyboard.press("Enter")

    def _type(self, box: Locator, text: str) -> None:
        self._reaches(box)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def _tick(self, box: Locator) -> None:
        """Space ticks; among radio buttons the arrows go on, and choose."""
        self._reaches(box)
        for _ in range(FARTHEST):
            if self._looks(box) == "there":
                break
            self.page.keyboard.press("ArrowDown")
            self.page.wait_for_timeout(BREATH)
            self._waits()
        if not box.is_checked():
            self.page.keyboard.press("Space")
        assert box.is_checked(), f"{self.name} cannot tick {box} with the keyboard"

    def _pick(self, box: Locator, answer: str) -> None:
        """Arrows walk through a list."""
        self._reaches(box)
        self.page.keyboard.press("Home")
        for _ in range(FARTHEST):
            if box.locator("option:checked").inner_text() == answer:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{self.name} does not find {answer} with the keyboard")

    def _reaches(self, target: Locator) -> None:
        """By Tab alone, from where she is; past the end it begins again."""
        for _ in range(FARTHEST):
            if self._looks(target) != "away":
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{self.name} cannot reach {target} with the keyboard at {self.page.url}")

    def _looks(self, target: Locator) -> str:
        found = target.evaluate(WHERE)
        assert not found["lost"], f"{self.name} cannot see where she is at {self.page.url}: {found['lost']}"
        return str(found["there"])
