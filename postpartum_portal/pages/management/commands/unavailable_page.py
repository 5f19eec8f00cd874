import re
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.management.base import BaseCommand

from postpartum_portal.pages.errors import unavailable_page

STYLES = ("css/tokens.css", "css/look.css")
FETCHED = re.compile(r"\s*<(?:link|script)\b[^>]*>(?:</script>)?")
BUTTON = '<div class="acts">'
SENT_BY_POST = (
    "送ったばかりのときは、ブラウザーの「戻る」で前の画面に戻り、もういちど送ってください。二重にはなりません。"
)


class Command(BaseCommand):
    help = (
        "Print the page that a proxy shows while the portal itself does not answer (502, 503, 504): all in one file,"
        " with an address that opens again whatever was asked for. Write it anew after each update."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        page = FETCHED.sub("", unavailable_page("")).replace(BUTTON, f"<p>{SENT_BY_POST}</p>\n    {BUTTON}", 1)
        self.stdout.write(page.replace("</head>", f"  <style>{_styles()}</style>\n  </head>", 1))


def _styles() -> str:
    return "".join(Path(str(finders.find(name))).read_text(encoding="utf-8") for name in STYLES)
