"""Bars beside a table, drawn by the server: lengths in per cent and em, so no style attribute and any size of text."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

ROW, BASELINE, TOP, THICK = 2.75, 1.1, 1.45, 0.75
"""In em: from one bar to the next, from its top to its words, to the bar itself, and how thick that is."""


def bars(code: str, title: str, values: Sequence[tuple[str, int]], unit: str = "") -> SafeString:
    """One bar for each label and value (0 or more), the longest as wide as the drawing; "" where there is nothing.

    Each bar has its words and its number above it, so that neither colour nor length has to be read. `code` makes the
    ids of the page unique. Colours follow the text, by night too.
    """
    most = max((value for _, value in values), default=0)
    if not most:
        return SafeString("")
    words = "、".join(f"{label} {value:,}{unit}" for label, value in values)
    drawn = format_html_join(
        "",
        '<text x="0" y="{}em" fill="currentColor">{} {}{}</text>'
        '<rect x="0" y="{}em" width="{}%" height="{}em" rx="2" fill="currentColor" fill-opacity=".6"/>',
        (
            (_em(n, BASELINE), label, f"{value:,}", unit, _em(n, TOP), f"{100 * value / most:.1f}", THICK)
            for n, (label, value) in enumerate(values)
        ),
    )
    return format_html(
        '<svg width="100%" height="{}em" font-size=".875em" role="img" aria-labelledby="{}-title {}-desc">'
        '<title id="{}-title">{}</title><desc id="{}-desc">{}</desc>{}</svg>',
        _em(len(values), 0),
        code,
        code,
        code,
        title,
        code,
        words,
        drawn,
    )


def _em(row: int, below: float) -> str:
    return f"{row * ROW + below:.2f}"
