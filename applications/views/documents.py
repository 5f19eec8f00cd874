"""Pages of handed-in documents: for her who sent them and for the centre, for nobody else."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponseBase
from django.views.decorators.http import require_safe

from applications.models import Document
from applications.selectors.protection import address_is_open
from applications.selectors.proxies import written_document
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.accounts.models import Membership
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.served import PDF, sealed
from postpartum_portal.shared.tenancy import tenant


@access.citizen
@require_safe
def page(request: PortalRequest, pk: int, page: int) -> HttpResponseBase:
    """One page as a picture. Pictures are our own re-encoding; still nothing in them may run or be kept."""
    document = _readable(request, pk)
    if page not in document.pages:
        raise Http404
    return _served(document.page_path(page), f"document-{pk}-{page}.jpg", kind="image/jpeg", shown=True)


@access.citizen
@require_safe
def original(request: PortalRequest, pk: int) -> HttpResponseBase:
    """A PDF as it was handed in: only ever as an attachment."""
    document = _readable(request, pk)
    if document.content_type != PDF:
        raise Http404
    return _served(document.original_path, f"document-{pk}.pdf", kind=PDF)


def _readable(request: PortalRequest, pk: int) -> Document:
    """Her own document, or one of what she writes in another's place, or for staff one of their municipality's; a read
    by staff leaves an event.

    Raises:
        Http404: there is none, or it is somebody else's: the answers are the same.
    """
    if own := Document.objects.filter(pk=pk, citizen=request.user).first():
        return own
    with tenant(municipality=request.municipality.pk):
        if in_hand := written_document(pk, request.user, request.municipality):
            return in_hand
    if not Membership.objects.filter(user=request.user, municipality=request.municipality).exists():
        raise Http404
    with tenant(municipality=request.municipality.pk):  # her own rows were the scope so far
        rows = Document.objects.filter(pk=pk, municipality=request.municipality)
        document = rows.exclude(status=Document.Status.HELD).select_related("application__birth__household").first()
        draft = document is not None and document.application.status == document.application.Status.DRAFT
        if document is None or (draft and not document.application.on_paper):
            raise Http404  # a draft is nobody's but hers unless staff type it in, and so is what she is correcting
        birth = document.application.birth
        if birth and not address_is_open(birth.household, request.user, at=clock.now()):
            raise Http404  # papers name where she lives
        events.record("document.read", document, at=clock.now(), by_id=request.user.pk)
    return document


def _served(stored: str, name: str, *, kind: str, shown: bool = False) -> HttpResponseBase:
    try:
        file = default_storage.open(stored)
    except FileNotFoundError:
        raise Http404 from None
    return sealed(FileResponse(file, content_type=kind), name, shown=shown)
