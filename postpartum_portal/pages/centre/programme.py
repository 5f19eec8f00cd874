"""The programme as the centre reads it: in force, every version of it, and what differs between two."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from eligibility.public import (
    DatedVersion,
    ProgrammeVersion,
    changes,
    chapters,
    dated_versions,
    open_drafts,
    version_in_force,
)
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock
from postpartum_portal.shared.served import file_response

from .changes_page import grouped


@access.centre
@require_safe
def in_force(request: PortalRequest) -> HttpResponse:
    """The programme of today, or where there is none the way to the versions."""
    found = version_in_force(request.municipality, clock.today())
    if found is None:
        return render(request, "centre/programme_none.html")
    return _read(request, found.pk, in_force=True)


@access.centre
@require_safe
def version(request: PortalRequest, pk: int) -> HttpResponse:
    return _read(request, pk, in_force=False)


@access.centre
@require_safe
def versions(request: PortalRequest) -> HttpResponse:
    """Every version, and above them the drafts that wait for something."""
    rows = dated_versions(request.municipality, on=clock.today())
    context: dict[str, Any] = {
        "rows": [_row(dated, earlier) for dated, earlier in zip(rows, [*rows[1:], None], strict=True)],
        "drafts": open_drafts(),
    }
    return render(request, "centre/programme_versions.html", context)


@access.centre
@require_safe
def difference(request: PortalRequest, before: int, after: int) -> HttpResponse:
    old, new = _dated(request, before), _dated(request, after)
    found = changes(_text(request, before), _text(request, after))
    return render(request, "centre/programme_difference.html", {"old": old, "new": new, **grouped(found)})


@access.centre
@require_safe
def file(request: PortalRequest, pk: int) -> HttpResponse:
    """A version as the file it was loaded from."""
    found = ProgrammeVersion.objects.filter(municipality=request.municipality, pk=pk).first()
    if found is None:
        raise Http404
    return as_file(found.file_name, found.text)


def as_file(name: str, text: str) -> HttpResponse:
    """A programme file to keep."""
    return file_response(text, name, kind="application/yaml; charset=utf-8")


def _row(dated: DatedVersion, earlier: DatedVersion | None) -> dict[str, Any]:
    """A version, the one before it, and the draft it was, unless it came with the deployment's files."""
    return {"dated": dated, "earlier": earlier, "draft": getattr(dated.version, "draft", None)}


def _read(request: PortalRequest, pk: int, *, in_force: bool) -> HttpResponse:
    context = {"dated": _dated(request, pk), "chapters": chapters(_text(request, pk)), "in_force": in_force}
    return render(request, "centre/programme.html", context)


def _dated(request: PortalRequest, pk: int) -> DatedVersion:
    """A version of this municipality with its days.

    Raises:
        Http404: it is another's, or there is none.
    """
    for found in dated_versions(request.municipality, on=clock.today()):
        if found.version.pk == pk:
            return found
    raise Http404


def _text(request: PortalRequest, pk: int) -> str:
    return ProgrammeVersion.objects.get(municipality=request.municipality, pk=pk).text
