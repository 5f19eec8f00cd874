"""Letters on screen: for her they are addressed to, and for the centre."""

from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from applications.selectors.letters import register, stopped
from applications.selectors.own_letters import own_letters
from applications.services.reading import LetterFile, read_letter
from applications.services.retrying import retry_letter
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock, events

# Nothing in a letter runs or is fetched; the viewer's own buttons for saving and printing stay alive.
SANDBOX = "default-src 'none'; sandbox allow-downloads allow-modals"


@access.citizen
@require_safe
def letters(request: PortalRequest) -> HttpResponseBase:
    today = clock.today()
    return render(request, "citizen/letters.html", {"letters": own_letters(on=today), "today": today})


@access.citizen
@require_safe
def letter(request: PortalRequest, pk: int) -> HttpResponseBase:
    return _served(request, pk)


@access.centre
@require_http_methods(["GET", "HEAD", "POST"])
def centre_letters(request: PortalRequest) -> HttpResponseBase:
    """The register of numbers, above it the letters that a worker gave up, each with its button."""
    if request.method == "POST":
        job_id = request.POST.get("job", "")
        municipality = request.municipality
        if not job_id.isdecimal() or not retry_letter(int(job_id), municipality, by=request.user, at=clock.now()):
            raise Http404
        messages.success(request, _("もう一度作っています。"))
        return redirect(request.path)
    page, lines = register(request.GET.get("page", "1"))
    about = [line.letter for line in lines if line.application]
    events.record_reads("list.read", about, at=clock.now(), by_id=request.user.pk)
    context = {"page": page, "lines": lines, "stopped": stopped(request.municipality)}
    return render(request, "centre/letters.html", context)


@access.centre
@require_safe
def centre_letter(request: PortalRequest, pk: int) -> HttpResponseBase:
    return _served(request, pk)


def _served(request: PortalRequest, pk: int) -> HttpResponse:
    found = read_letter(pk, by=request.user, at=clock.now())
    if found is None:
        raise Http404
    return _as_pdf(found)


def _as_pdf(found: LetterFile) -> HttpResponse:
    response = HttpResponse(found.pdf, content_type="application/pdf")
    name = quote(f"{found.letter.label}.pdf")
    response["Content-Disposition"] = f"inline; filename=\"letter.pdf\"; filename*=UTF-8''{name}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = SANDBOX
    return response
