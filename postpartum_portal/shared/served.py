"""Files that go out: saved, or shown where nothing in them runs; never guessed at, never kept on the way."""

from typing import TypeVar

from django.http import HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

PDF, CSV = "application/pdf", "text/csv; charset=utf-8"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

SEALED = "default-src 'none'; sandbox"
VIEWER = f"{SEALED} allow-downloads allow-modals"
"""For a PDF: the viewer's own buttons for saving and printing stay alive."""

_Response = TypeVar("_Response", bound=HttpResponseBase)


def file_response(content: bytes | str, name: str, *, kind: str, shown: bool = False) -> HttpResponse:
    """`content` as a file `name`, to be saved or, if `shown`, opened by the browser's viewer."""
    return sealed(HttpResponse(content, content_type=kind), name, shown=shown)


def sealed(response: _Response, name: str, *, shown: bool = False) -> _Response:
    """The response, with all that a file which somebody may read, and nobody else, says about itself."""
    response["Content-Disposition"] = content_disposition_header(as_attachment=not shown, filename=name) or "attachment"
    response["Content-Security-Policy"] = VIEWER if shown and response["Content-Type"] == PDF else SEALED
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
