"""Where a submitted application stands, certificates that come late, and taking it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from django_fsm import TransitionNotAllowed

from applications.forms.certificates import LATE, LateCertificatesForm
from applications.models import Application, Decision
from applications.selectors.answers import clean_in
from applications.selectors.corrections import asked_of_her
from applications.selectors.expected import expected_decision
from applications.selectors.handed_in import handed_in
from applications.selectors.offices import own_office
from applications.selectors.progress import stages
from applications.selectors.proofs import Proof, documents_of, proof_of
from applications.selectors.proxies import proxy_of
from applications.selectors.rectifications import rectified
from applications.selectors.summary import Section, summary
from applications.selectors.taken_back import taken_back, unsent_of
from applications.services import documents, submission
from applications.steps import Step
from eligibility.engine import ArrangedBy, Terms, class_label
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock

NO_FILE = gettext_lazy("ファイルを選んでください。")
DECIDED = gettext_lazy("もう決定しているので、取り下げられません。予約しなければ、お金はかかりません。")


@access.citizen
@require_safe
def done(request: PortalRequest, number: str) -> HttpResponse:
    application = own_application(request, number)
    terms, taken = handed_in(application).terms, taken_back(application)
    context = {
        "application": application,
        "stages": stages(application),
        "expected": expected_decision(application, on=clock.today()),
        "sections": [_rows(section) for section in summary(application, terms, to_her=True)],
        "documents": documents_of(application),
        "proof": proof_of(application, terms, on=clock.today()),
        "standing": terms.classes[0],
        "is_open": application.status in Application.OPEN,
        "by_centre": _by_centre(application, terms),
        "asked": asked_of_her(application),
        "own_office": own_office(handed_in(application).household, terms),
        "taken_back": taken,
        "rectified": rectified(application, terms, to_her=True),
        "unsent": unsent_of(taken) if taken else (),
        "proxy": proxy_of(application),
    }
    return render(request, "citizen/status.html", context)


@access.citizen
@require_http_methods(["GET", "HEAD", "POST"])
def certificates(request: PortalRequest, number: str) -> HttpResponse:
    """Hand in certificates that were missing when she applied."""
    application = own_application(request, number)
    proof = _proof(application)
    if proof is None or application.status not in Application.OPEN:
        return _to_status(request, application)
    if request.method != "POST":
        form = LateCertificatesForm(application=application, proof=proof)
        return render(request, "citizen/certificates.html", _context(application, form, proof))
    try:
        refused = _hand_in(request, application, proof)
    except documents.AlreadyDecided:
        return _to_status(request, application)
    proof = _proof(application) or proof
    if not refused:
        messages.success(request, _("証明書がそろいました。") if proof.complete else _("証明書を受け取りました。"))
        return _to_status(request, application) if proof.complete else redirect(request.path)
    form = LateCertificatesForm(request.POST, application=application, proof=proof, refused=refused)
    return render(request, "citizen/certificates.html", _context(application, form, proof))


@access.citizen
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: PortalRequest, number: str) -> HttpResponse:
    """Ask first, then take it back."""
    application = own_application(request, number)
    if request.method != "POST":
        if application.status not in Application.OPEN:
            if application.status != Application.Status.WITHDRAWN:
                messages.warning(request, DECIDED)
            return _to_status(request, application)
        return render(request, "citizen/withdraw.html", {"application": application})
    try:
        submission.withdraw(application, by=request.user, at=clock.now())
    except TransitionNotAllowed:
        messages.warning(request, DECIDED)
    else:
        messages.success(request, _("申請を取り下げました。"))
    return _to_status(request, application)


def _by_centre(application: Application, terms: Terms) -> bool:
    """Whether something was granted and the centre arranges all of it."""
    decision = Decision.objects.filter(application=application).first()
    codes = decision.granted.get("services", ()) if decision else ()
    return {terms.service(code).arranged_by for code in codes} == {ArrangedBy.CENTRE}


def _context(application: Application, form: LateCertificatesForm, proof: Proof) -> dict[str, object]:
    named = clean_in(application, Step.HOUSEHOLD).get("household_class", "")
    label = class_label(named, handed_in(application).terms)
    return {"application": application, "form": form, "proof": proof, "named": label}


def _proof(application: Application) -> Proof | None:
    return proof_of(application, handed_in(application).terms, on=clock.today())


def _hand_in(request: PortalRequest, application: Application, proof: Proof) -> list[str]:
    """Keep what was sent; return the sentences about what could not be used."""
    files = request.FILES.getlist(LATE)
    if not files:
        return [str(NO_FILE)]
    return documents.hand_in_all(application, proof, files, by=request.user, at=clock.now())


def own_application(request: PortalRequest, number: str) -> Application:
    """Hers, with what its page reads; anybody else's is no page."""
    rows = Application.objects.select_related("municipality", "programme_version", "birth__household")
    return get_object_or_404(rows, number=number, citizen=request.user)


def _rows(section: Section) -> dict[str, object]:
    rows = [{"term": line.label, "value": line.value} for line in section.lines]
    return {"title": section.title, "rows": rows}


def _to_status(request: PortalRequest, application: Application) -> HttpResponse:
    return redirect("applications:done", slug=request.municipality.slug, number=application.number)
