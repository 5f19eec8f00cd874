"""What is wrong with an answer that is a file."""

from collections.abc import Iterator
from typing import Any

BEGINS = {
    "application/pdf": b"%PDF-",
    "image/jpeg": b"\xff\xd8\xff",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": b"PK\x03\x04",
    "text/calendar": b"BEGIN:VCALENDAR",
}
SERVING = (
    "/<slug:slug>/my/calendar.ics",
    "/<slug:slug>/my/letters/<int:pk>/",
    "/<slug:slug>/documents/<int:pk>/pages/<int:page>/",
    "/<slug:slug>/documents/<int:pk>/original/",
    "/<slug:slug>/centre/numbers/exports/<int:pk>/file/",
    "/<slug:slug>/centre/numbers/exports/<int:pk>/report/",
    "/<slug:slug>/centre/programme/versions/<int:pk>/file/",
    "/<slug:slug>/centre/programme/drafts/<int:pk>/file/",
    "/<slug:slug>/centre/letters/prints/<int:pk>/file/",
    "/<slug:slug>/centre/letters/<int:pk>/",
    "/<slug:slug>/centre/months/<int:pk>/papers/<slug:paper>/",
    "/<slug:slug>/centre/payments/<int:pk>/paper/",
    "/<slug:slug>/centre/office/import/template/",
    "/facility/months/<slug:town>/<month:month>/papers/<slug:which>/",
    "/facility/months/<slug:town>/<month:month>/table/<slug:form>/",
)
"""The addresses that answer with a file: no other does."""
TEXTS = ("text/csv", "application/yaml")
VIEWED = ("application/pdf", "image/jpeg")
"""What a browser shows without running anything of it."""


def is_file(answer: Any) -> bool:
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    named = "Content-Disposition" in answer.headers
    return answer.status_code == 200 and (named or kind not in ("text/html", "application/json", ""))


def complaints(answer: Any, body: bytes) -> Iterator[str]:
    """Sentences; none for a file that is served as it should be."""
    head = answer.headers
    kind, shown = head["Content-Type"].partition(";")[0], head.get("Content-Disposition", "")
    if not shown.startswith("attachment") and not (shown.startswith("inline") and kind in VIEWED):
        yield f"it is neither saved nor shown by a viewer: {kind} {shown!r}"
    if "/" in shown.partition("filename")[2].replace("utf-8''", ""):
        yield f"its name is a path: {shown}"
    policy = head.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "sandbox" not in policy or "allow-scripts" in policy:
        yield f"its page may run something: {policy!r}"
    if head.get("X-Content-Type-Options") != "nosniff":
        yield "a browser may take it for something else"
    if "no-store" not in head.get("Cache-Control", ""):
        yield f"it may be kept on the way: {head.get('Cache-Control')!r}"
    for name in ("ETag", "Last-Modified", "Accept-Ranges", "Content-Range", "Access-Control-Allow-Origin"):
        if name in head:
            yield f"{name} lets it be asked for in another way"
    if kind not in TEXTS and not body.startswith(BEGINS.get(kind, b"\0 of no known kind")):
        yield f"it is called {kind} and is something else"
