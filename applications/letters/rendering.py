"""A letter's content as a PDF."""

from django.template.loader import render_to_string

from postpartum_portal.shared import wareki
from postpartum_portal.shared.pdf import RenderedLetter, render_letter
from postpartum_portal.shared.qr import qr_of

from .content import LetterContent


def render(content: LetterContent) -> RenderedLetter:
    """The same content gives the same text for ever, and on one machine the same bytes. What would run over to a page
    more, as for a long name, is set closer, if that helps.

    Raises:
        postpartum_portal.shared.pdf.LetterError: a character has no glyph, or the letter asks for a foreign file.
    """
    usual = render_letter(html(content))
    if usual.pages == 1:
        return usual
    closer = render_letter(html(content, close=True))
    return closer if closer.pages < usual.pages else usual


def html(content: LetterContent, *, close: bool = False) -> str:
    """The letter's page before it is laid out on paper."""
    context = {
        "close": close,
        "letter": content,
        "qr": qr_of(content.sheet.address) if content.sheet else None,
        "issued_on": wareki.no_weekday(content.issued_on),
        "issued_on_iso": content.issued_on.isoformat(),
    }
    return render_to_string("letters/decision.html", context)
