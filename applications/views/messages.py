"""The thread with the centre: her page, and what the centre sends from the page of her case."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from applications.forms.message import AnswerForm, MessageForm
from applications.models import Application, Household
from applications.selectors.messages import Thread, household_of, thread_of
from applications.selectors.taken_back import taken_back, unsent_text
from applications.services.messages import answer_message, read_thread, settle_messages, write_message
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.accounts.unsent import give_back
from postpartum_portal.shared import clock
from postpartum_portal.shared.typed import row_code, row_key

from .centre_case import case_to_work_on, explained, form_page, to_case


@access.citizen
@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: PortalRequest) -> HttpResponse:
    """What was written, and the box for more; with `all`, after a loss, what was written before it too.

    `unsent` is the number of an application whose return was taken back: what she had written for it stands in the box.
    """
    household = household_of(request.user, request.municipality)
    if household is None:
        return redirect("pages:my_page", slug=request.municipality.slug)
    shown = _shown(request, household)
    sent = request.method == "POST"
    form = MessageForm(request.POST if sent else give_back(request), thread=shown, initial=_begun(request))
    if sent and form.is_valid():
        write_message(household, form.cleaned_data["text"], form_token=form.form_token, by=request.user, at=clock.now())
        messages.success(request, _("センターに送りました。"))
        return redirect("applications:messages", slug=request.municipality.slug)
    context = {"thread": shown, "form": form, "after_loss": shown.after_loss}
    return render(request, "citizen/messages.html", context)


@access.centre
@require_POST
@explained
def answer(request: PortalRequest, number: str) -> HttpResponseBase:
    """返事をする."""
    case = case_to_work_on(request, number)
    form = AnswerForm(request.POST, thread=_of_household(case.household))
    if not form.is_valid():
        return form_page(request, case, form, _("本人へのメッセージ"), "centre/_messages_buttons.html")
    answer_message(
        case.household,
        form.cleaned_data["text"],
        seen=form.cleaned_data["seen"],
        form_token=form.form_token,
        by=request.user,
        at=clock.now(),
    )
    messages.success(request, _("送りました。届いたことを、本人にメールでお知らせします。"))
    return to_case(request, number)


@access.centre
@require_POST
@explained
def settle(request: PortalRequest, number: str) -> HttpResponseBase:
    """返事はいらない."""
    case = case_to_work_on(request, number)
    settle_messages(
        _of_household(case.household).household,
        seen=row_key(request.POST.get("seen", "")) or 0,
        by=request.user,
        at=clock.now(),
    )
    messages.success(request, _("返事はいらないとしました。"))
    return to_case(request, number)


def _begun(request: PortalRequest) -> dict[str, str]:
    rows = Application.objects.select_related("birth__household", "programme_version")
    own = rows.filter(citizen=request.user, number=row_code(request.GET.get("unsent", ""))).first()
    asked = taken_back(own) if own else None
    return {"text": unsent_text(asked)} if asked else {}


def _shown(request: PortalRequest, household: Household) -> Thread:
    """A page that is looked at reads the thread; a form that comes back does not."""
    whole = request.GET.get("all") == "1"
    if request.method != "GET":
        return thread_of(household, whole=whole)
    return read_thread(household, by=request.user, at=clock.now(), whole=whole)


def _of_household(household: Household) -> Thread:
    """The centre's. Who applied on paper has no page to read it on."""
    if household.citizen_id is None:
        raise Http404
    return thread_of(household)
