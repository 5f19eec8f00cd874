"""The HTML part of a mail: the words of its text and nothing else; no picture, no sheet, nothing from elsewhere."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.template import Context, Engine

LINK = re.compile(r"https?://\S+")
SET_APART = "    "
"""How a line begins that is to be found at a glance: the code to sign in with."""


@dataclass(frozen=True, slots=True)
class Part:
    """Lines that stand together. `kind`: "" for a paragraph, "button" for the first link, "link", "code"."""

    kind: str
    lines: tuple[str, ...]


def as_html(subject: str, text: str) -> str:
    """The text with its paragraphs and links; an address shows as it is, so that she sees where it leads."""
    frame = Engine.get_default().get_template("mail/frame.html")
    return str(frame.render(Context({"subject": subject, "parts": tuple(_parts(text))})))


def _parts(text: str) -> Iterator[Part]:
    together: list[str] = []
    link = "button"
    for line in [*text.splitlines(), ""]:
        words = line.strip()
        if words and not (LINK.fullmatch(words) or line.startswith(SET_APART)):
            together.append(words)
            continue
        if together:
            yield Part("", tuple(together))
            together = []
        if LINK.fullmatch(words):
            yield Part(link, (words,))
            link = "link"
        elif words:
            yield Part("code", (words,))
