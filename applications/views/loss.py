"""After a miscarriage or a stillbirth: told in one step, and taken back on the same page."""

from contextlib import suppress

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from applications.forms.loss import LossForm
from applications.models import Application, Birth, Loss
from applications.selectors.losses import concerned, may_take_back, remains, standing_loss
from applications.selectors.mine import draft_of, open_application_of
from applications.selectors.standing import entitlement_of, standing_of
from applications.services import losses
from eligibility.public import programme_on
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.accounts.unsent import give_back
from postpartum_portal.shared import clock

TAKE_BACK = "take_back"
"""Name of the button that takes it back."""


@access.citizen
@require_http_methods(["GET", "HEAD", "POST"])
def loss(request: PortalRequest) -> HttpResponse:
    """The form as long as nothing is told; then what remains for her."""
    about = concerned(request.user, request.municipality)
    if isinstance(about, Birth) and about.outcome == Birth.Outcome.LOST:
        return _told(request, about)
    form = LossForm(request.POST if request.method == "POST" else give_back(request), today=clock.today())
    if about is None or request.method != "POST" or not form.is_valid():
        children = about.children if isinstance(about, Birth) else 1
        return render(request, "citizen/loss.html", {"form": form if about else None, "several": children > 1})
    told = {**form.cleaned_data, "by": request.user, "at": clock.now()}
    if isinstance(about, Application):
        losses.record_loss_of_draft(about, **told)
    else:
        losses.record_loss(about, **told)
    return _again(request)


def _told(request: PortalRequest, birth: Birth) -> HttpResponse:
    if TAKE_BACK in request.POST:
        with suppress(losses.LossActedOn):  # the page says so
            losses.take_back_loss(birth, by=request.user, at=clock.now())
            messages.success(request, _("お知らせを取り消しました。"))
        return _again(request)
    entitlement = entitlement_of(request.user, request.municipality)
    standing = standing_of(entitlement) if entitlement and entitlement.birth_id == birth.pk else None
    terms = standing.terms if standing else programme_on(request.municipality, clock.today()).terms
    context = {
        "told": standing_loss(birth),
        "may_take_back": may_take_back(birth),
        "remains": remains(terms, standing.services if standing else None),
        "granted": standing is not None,
        "under_way": open_application_of(request.user, request.municipality),
        "draft": draft_of(request.user, request.municipality),
    }
    return render(request, "citizen/loss_told.html", context)


def _again(request: PortalRequest) -> HttpResponse:
    return redirect("applications:loss", slug=request.municipality.slug)


@access.centre
@require_POST
def settle(request: PortalRequest, pk: int) -> HttpResponse:
    """対応した: it leaves the list."""
    try:
        losses.settle_loss(get_object_or_404(Loss, pk=pk), by=request.user, at=clock.now())
    except PermissionDenied:
        messages.warning(request, _("この人のことは、ほかの職員が進めます。"))
    else:
        messages.success(request, _("対応したと記録しました。"))
    return redirect("pages:worklist", slug=request.municipality.slug)
