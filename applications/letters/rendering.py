"""A letter's content as a PDF."""

from django.template.loader import render_to_string

from postpartum_portal.shared import wareki
from postpartum_portal.shared.pdf import RenderedLetter, render_letter

from .content import LetterContent


def render(content: LetterContent) -> RenderedLetter:
    """The same content gives the same text for ever, and on one machine the same bytes.

    Raises:
        postpartum_portal.shared.pdf.LetterError: a character has no glyph, or the letter asks for a foreign file.
    """
    return render_letter(html(content))


def html(content: LetterContent) -> str:
    """The letter's page before it is laid out on paper."""
    context = {
        "letter": content,
        "issued_on": wareki.no_weekday(content.issued_on),
        "issued_on_iso": content.issued_on.isoformat(),
    }
    return render_to_string("letters/decision.html", context)
