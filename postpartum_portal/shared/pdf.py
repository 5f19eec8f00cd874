"""The only door to WeasyPrint: a page of HTML in, a finished letter out, or an error that says why not.

A letter that could be wrong is never handed out: a character without a glyph, a font that was not chosen, a file that
is not ours and any complaint of WeasyPrint stop it. WeasyPrint takes seconds to load, so `pdf_engine` is imported with
the first letter, which only a worker renders; `missing_glyphs` needs none of it.
"""

from dataclasses import dataclass

from .glyphs import LETTER_FONTS, VARIANT, FontNotInstalled, missing_glyphs, name_characters, with_name_shapes

__all__ = [
    "LETTER_FONTS",
    "FontNotInstalled",
    "ForeignAsset",
    "LetterError",
    "MissingGlyph",
    "RenderComplaint",
    "RenderedLetter",
    "missing_glyphs",
    "render_letter",
]


@dataclass(frozen=True, slots=True)
class RenderedLetter:
    """A PDF/UA-1 file, the families embedded in it (sorted), and its number of pages."""

    pdf: bytes
    fonts: tuple[str, ...]
    pages: int


class LetterError(Exception):
    """The letter was not made."""


class MissingGlyph(LetterError):
    """No letter font draws `characters`. The message names them for whoever decides."""

    def __init__(self, characters: str) -> None:
        self.characters = characters
        super().__init__(
            f"{name_characters(characters)}は、通知書の書体にない文字です。代わりの表記を確かめてください。"
        )


class ForeignAsset(LetterError):
    """The page asked for something else than an image that it carries itself."""


class RenderComplaint(LetterError):
    """WeasyPrint warned about the page; a letter is not printed on a guess."""


def render_letter(html: str) -> RenderedLetter:
    """Lay out `html` with the letter's style sheet and fonts. Equal pages give equal bytes on one machine.

    The page brings its own images as data URIs, its language as `lang`, its title, and its date as `dcterms.created`.

    Raises:
        MissingGlyph, ForeignAsset, RenderComplaint: the letter could be wrong, so there is none.
    """
    # Pango would draw a variant that no font has in the character's common shape, and say nothing.
    if missing := missing_glyphs("".join(VARIANT.findall(html))):
        raise MissingGlyph(missing)
    from . import pdf_engine  # noqa: PLC0415 - takes seconds; see above

    return pdf_engine.render(with_name_shapes(html))
