"""A person at a browser that draws nothing: opens, follows, writes, chooses, presses, sees. No script runs.

She speaks as the person of the journeys does, and knows a page by what stands on it: what is not there, or bears
another label, she cannot use.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from django.test import Client
from django.test.html import Element, parse_html

BLANK = re.compile(r"\s+")
UNITS = ("年", "月", "日")


@dataclass(eq=False)
class Control:
    """A box, a choice or a button, and what its form would send for it: nothing while `value` is None."""

    element: Element
    form: Element | None
    name: str
    value: Any


class Person:
    """Looks at one page at a time, and sends a form with what stands in it."""

    def __init__(self, user: Any) -> None:
        self.user = user
        self.client = Client()
        self.address = ""
        self._page = Element("html", ())
        self._controls: list[Control] = []

    # going somewhere

    def opens(self, address: str) -> None:
        """Signed in, however far the clock was moved since she last looked."""
        self.client.force_login(self.user)
        self._arrives(self.client.get(address, follow=True))

    def follows(self, link: str) -> None:
        """The first link that holds these words."""
        found = (each for each in _inside(self._page, "a") if _squeezed(link) in text(each))
        self.opens(urljoin(self.address, _attribute(self._one(found, link), "href")))

    def presses(self, button: str) -> None:
        """The first button that begins with these words: sends its form as it stands."""
        pressed = self._control(self._one(self._beginning("button", button), button))
        form = pressed.form
        assert form is not None, f"{button} belongs to no form"
        sent: dict[str, list[Any]] = {}
        for control in self._controls:
            if control.form is form and control.name and (control.element.name != "button" or control is pressed):
                sent.setdefault(control.name, []).extend([] if control.value is None else [control.value])
        where = urljoin(self.address, _attribute(form, "action") or self.address)
        send = self.client.post if _attribute(form, "method") == "post" else self.client.get
        self._arrives(send(where.partition("#")[0], sent, follow=True))

    # filling in

    def writes(self, label: str, words: Any) -> None:
        self._labelled(label).value = words

    def writes_day(self, label: str, day: str) -> None:
        """Three boxes 年月日 under one label, a day as people type it: R8.4.30."""
        boxes = [each for each in _inside(self._group(label), "label") if text(each) in UNITS]
        for box, typed in zip(boxes, day.split("."), strict=True):
            self._of(box).value = typed

    def chooses(self, *answers: str, to: str = "") -> None:
        """Cards, radios or ticks, in the group `to` where there are several."""
        place = self._group(to) if to else self._page
        for answer in answers:
            self._ticks(self._choice(answer, place))

    def picks(self, label: str, answer: str) -> None:
        """From a list that unfolds."""
        select = self._labelled(label)
        select.value = _attribute(self._one(self._beginning("option", answer, select.element), answer), "value")

    # looking

    def reads(self) -> str:
        """All that stands on the page, without blanks."""
        return text(self._page)

    def sees(self, *words: str) -> None:
        """All of these stand on the page; blanks do not matter."""
        missing = [each for each in words if _squeezed(each) not in self.reads()]
        assert not missing, f"{missing} missing at {self.address}: {self.reads()}"

    def misses(self, *words: str) -> None:
        seen = [each for each in words if _squeezed(each) in self.reads()]
        assert not seen, f"{seen} seen at {self.address}: {self.reads()}"

    def is_offered(self, answer: str) -> bool:
        """Whether a day may be chosen."""
        return self._spoken(answer, self._page) is not None

    def is_asked(self, question: str) -> bool:
        return any(self._beginning("legend", question))

    def has_box(self, label: str) -> bool:
        return any(self._beginning("label", label))

    # how it is done

    def _arrives(self, answer: Any) -> None:
        query = answer.request["QUERY_STRING"]
        self.address = answer.request["PATH_INFO"] + (f"?{query}" if query else "")
        assert answer.status_code == 200, f"{answer.status_code} at {self.address}"
        (self._page,) = _inside(parse_html(answer.content.decode()), "body")
        self._controls = list(_controls(self._page, self._page, None))

    def _one(self, found: Iterator[Element], words: str) -> Element:
        first = next(found, None)
        assert first is not None, f"no {words} at {self.address}: {self.reads()}"
        return first

    def _beginning(self, name: str, words: str, place: Element | None = None) -> Iterator[Element]:
        return (each for each in _inside(place or self._page, name) if text(each).startswith(_squeezed(words)))

    def _choice(self, answer: str, place: Element) -> Control:
        if spoken := self._spoken(answer, place):
            return self._control(spoken)
        return self._of(self._one(self._beginning("label", answer, place), answer))

    def _ticks(self, chosen: Control) -> None:
        """A radio button is released by the next one."""
        if _attribute(chosen.element, "type") == "radio":
            for other in self._controls:
                if other.form is chosen.form and other.name == chosen.name:
                    other.value = None
        chosen.value = _when_ticked(chosen.element)

    def _spoken(self, answer: str, place: Element) -> Element | None:
        """What a screen reader says of a control without a label of its own."""
        boxes = _inside(place, "input")
        return next((each for each in boxes if _attribute(each, "aria-label").startswith(answer)), None)

    def _group(self, label: str) -> Element:
        """The innermost fieldset with this legend."""
        legend = self._one(self._beginning("legend", label), label)
        return next(each for each in _inside(self._page, "fieldset") if any(legend is child for child in each.children))

    def _labelled(self, label: str) -> Control:
        return self._of(self._one(self._beginning("label", label), label))

    def _of(self, label: Element) -> Control:
        """The control that a label names, or holds."""
        target = _attribute(label, "for")
        place = self._page if target else label
        boxes = [each for name in ("input", "select", "textarea") for each in _inside(place, name)]
        return self._control(next(each for each in boxes if _attribute(each, "id") == target or not target))

    def _control(self, element: Element) -> Control:
        return next(control for control in self._controls if control.element is element)


def text(element: Any) -> str:
    """What is written in an element, without blanks."""
    return _squeezed("".join(_pieces(element)))


def _pieces(element: Any) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, str):
            yield child
        elif child.name != "script":
            yield from _pieces(child)


def _inside(element: Any, name: str) -> Iterator[Element]:
    for child in element.children:
        if isinstance(child, str):
            continue
        if child.name == name:
            yield child
        yield from _inside(child, name)


def _controls(page: Element, element: Any, form: Element | None) -> Iterator[Control]:
    for child in element.children:
        if isinstance(child, str):
            continue
        if child.name in ("input", "select", "textarea", "button"):
            yield Control(child, _form_of(child, page) or form, _attribute(child, "name"), _standing(child))
        yield from _controls(page, child, child if child.name == "form" else form)


def _form_of(element: Element, page: Element) -> Element | None:
    """The form that a control outside of it names."""
    name = _attribute(element, "form")
    return next(each for each in _inside(page, "form") if _attribute(each, "id") == name) if name else None


def _standing(element: Element) -> Any:
    """What a control sends if nobody touches it."""
    if element.name == "select":
        options = list(_inside(element, "option"))
        chosen = next((each for each in options if ("selected", None) in each.attributes), options[0])
        return _attribute(chosen, "value")
    if element.name == "textarea":
        return "".join(_pieces(element))
    if _attribute(element, "type") in ("radio", "checkbox"):
        ticked = ("checked", None) in element.attributes
        return _when_ticked(element) if ticked else None
    return None if _attribute(element, "type") == "file" else _attribute(element, "value")


def _when_ticked(element: Element) -> str:
    """A browser sends `on` only for what names no value; an empty one is a value."""
    return _attribute(element, "value") if "value" in dict(element.attributes) else "on"


def _attribute(element: Element, name: str) -> str:
    return dict(element.attributes).get(name) or ""


def _squeezed(words: str) -> str:
    return BLANK.sub("", words)
