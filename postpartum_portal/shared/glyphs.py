"""Which characters the letter fonts can draw. Cheap enough to ask while a form is being judged."""

import re
import subprocess
from dataclasses import dataclass
from functools import cache

from fontTools.ttLib import TTFont

# In the order in which a letter tries them; the last has the rare characters of names.
LETTER_FONTS = ("BIZ UDPMincho", "BIZ UDPGothic", "IPAmjMincho")
SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
VARIANT = re.compile(f"[^<>{SELECTORS}][{SELECTORS}]")
CHARACTER = re.compile(f".[{SELECTORS}]?", re.DOTALL)


def missing_glyphs(text: str) -> str:
    """The distinct characters of `text` that no letter font can draw, in order of appearance; "" if there are none.

    A variation selector is judged with the character before it: the shape that a name asks for must be there, since a
    letter would silently print another one.
    """
    missing = dict.fromkeys(found[0] for found in CHARACTER.finditer(text) if not _is_drawn(found[0]))
    return "".join(missing)


def name_characters(characters: str) -> str:
    """`「槗」(U+69D7)、「葛」(U+845B U+E0102)`: for a sentence that says what is missing."""
    return "、".join(f"「{char}」({_codes(char)})" for char in CHARACTER.findall(characters))


def with_name_shapes(html: str) -> str:
    """`html` with every variant of a character marked for the font that has it.

    Pango 1.50 chooses a font by the character alone: with 邉 in the first font it would draw that font's 邉 for each of
    the sixteen variants that only the last font knows.
    """
    return VARIANT.sub(_in_its_font, html)


def font_file(family: str) -> str:
    """Where the font of that family is installed.

    Raises:
        FontNotInstalled: fontconfig would take another family in its place.
    """
    answer = subprocess.run(  # noqa: S603 - a fixed command, no shell
        ["fc-match", "--format=%{family}\n%{file}", family],  # noqa: S607 - comes with libpango
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    families, _, path = answer.partition("\n")
    if family not in families.split(","):
        raise FontNotInstalled(f"{family} is not installed (fontconfig offers {families}).")
    return path


class FontNotInstalled(Exception):
    """A letter font is missing on this machine: an administrator installs it, see scripts/packages."""


@dataclass(frozen=True, slots=True)
class _Coverage:
    """What one font draws: code points, and code points followed by a variation selector."""

    characters: frozenset[int]
    variants: frozenset[str]


@cache
def _coverage(family: str) -> _Coverage:
    with TTFont(font_file(family), lazy=True) as font:
        selected = {
            chr(code) + chr(selector)
            for table in font["cmap"].tables
            for selector, pairs in getattr(table, "uvsDict", {}).items()
            for code, _ in pairs
        }
        return _Coverage(frozenset(font.getBestCmap()), frozenset(selected))


def _is_drawn(char: str) -> bool:
    if len(char) == 2:
        return _family_of_variant(char) is not None
    return char.isspace() or any(ord(char) in _coverage(family).characters for family in LETTER_FONTS)


def _family_of_variant(variant: str) -> str | None:
    return next((family for family in LETTER_FONTS if variant in _coverage(family).variants), None)


def _in_its_font(found: re.Match[str]) -> str:
    family = _family_of_variant(found[0])
    if family in (None, LETTER_FONTS[0]):
        return found[0]
    return f'<span style="font-family:{family}">{found[0]}</span>'


def _codes(char: str) -> str:
    return " ".join(f"U+{ord(part):04X}" for part in char)
