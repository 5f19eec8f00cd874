"""Pages as a person reads them."""

import html
import re
from typing import Any


def text(page: Any) -> str:
    """What a person reads, without spaces."""
    code = page if isinstance(page, str) else page.content.decode()
    return re.sub(r"\s+", "", html.unescape(re.sub(r"<[^>]+>", "", code)))


def fork(code: str) -> list[str]:
    """Both sides of a deadline: what each is called | its units and yen."""
    sides = code.partition('<div class="fork">')[2].split("<div")[1:3]
    return [text(f"<div{side.partition('</div>')[0]}".replace("</p><p>", "|")) for side in sides]
