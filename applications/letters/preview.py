"""A letter on screen before it is decided: the page that the worker would print, marked as a preview."""

from dataclasses import replace

from django.templatetags.static import static
from django.utils.html import format_html

from .content import LetterContent
from .rendering import html

NOT_DECIDED = "下見です。まだ決定していません。番号は決定のときに付きます。"
KEPT_BACK = "（支援措置のため、下見では住所を出しません）"


def preview_page(content: LetterContent, *, note: str = NOT_DECIDED) -> str:
    """The letter's own HTML with its style sheet, on screen paper, under a line (`note`) that says what it is.

    An address that is kept back is never in a preview: the letter itself has it.
    """
    head = format_html(
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="stylesheet" href="{}"><link rel="stylesheet" href="{}"></head>',
        static("css/letter.css"),
        static("css/letter-preview.css"),
    )
    banner = format_html('<body><p class="preview" role="note">{}</p>', note)
    shown = _without_address(content) if content.recipient.kept_back else content
    return html(shown).replace("</head>", head, 1).replace("<body>", banner, 1)


def _without_address(content: LetterContent) -> LetterContent:
    return replace(content, recipient=replace(content.recipient, postcode="", address=(KEPT_BACK,)))
