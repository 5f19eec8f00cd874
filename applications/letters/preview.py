"""A letter on screen before it is decided: the page that the worker would print, marked as a preview."""

from django.templatetags.static import static
from django.utils.html import format_html

from .content import LetterContent
from .rendering import html


def preview_page(content: LetterContent) -> str:
    """The letter's own HTML with its style sheet, on screen paper, under a line that says what it is."""
    head = format_html(
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="stylesheet" href="{}"><link rel="stylesheet" href="{}"></head>',
        static("css/letter.css"),
        static("css/letter-preview.css"),
    )
    banner = '<body><p class="preview" role="note">下見です。まだ決定していません。番号は決定のときに付きます。</p>'
    return html(content).replace("</head>", head, 1).replace("<body>", banner, 1)
