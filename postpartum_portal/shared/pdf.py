"""The only door to WeasyPrint: a page of HTML in, a finished letter out, or an error that says why not.

A letter that could be wrong is never handed out: a character without a glyph, a font that was not chosen, a file that
is not ours and any complaint of WeasyPrint stop it. WeasyPrint takes seconds to load, so `pdf_engine` is imported with
the first letter, which only a worker renders; `missing_glyphs` needs none of it.
"""

from .glyphs import LETTER_FONTS, VARIANT, FontNotInstalled, missing_glyphs, with_name_shapes
from .rendered import ForeignAsset, LetterError, MissingGlyph, RenderComplaint, RenderedLetter, Unissuable

__all__ = [
    "LETTER_FONTS",
    "FontNotInstalled",
    "ForeignAsset",
    "LetterError",
    "MissingGlyph",
    "RenderComplaint",
    "RenderedLetter",
    "Unissuable",
    "missing_glyphs",
    "render_letter",
]


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
