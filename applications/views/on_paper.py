"""紙・窓口の申請: what came on paper is typed in on one page, looked over on a second, and accepted."""

import datetime as dt
from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods

from applications.forms.apply import HouseholdForm
from applications.forms.on_paper import HEADINGS, ReceiptForm, SameForm, Sheet, settled, step_on_paper
from applications.models import Application
from applications.selectors.duplicates import like_draft
from applications.selectors.on_paper import blank_words, left_blank, paper_drafts, received_on, typed_name
from applications.services import documents, drafts, on_paper
from applications.services.submission import Incomplete, NotOpenYet
from applications.steps import Step, label_of, steps_of
from eligibility.access import programme_for
from eligibility.engine import Terms
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.accounts.unsent import give_back
from postpartum_portal.shared import clock, events

from .papers import hand_in_files, paper_named
from .review import review_context

CHANGED = "ほかの職員が保存したか、受け付けたあとです。いまの内容を見せています。"


def drafted(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer with the draft that is typed in; whoever comes after its acceptance is led to the case."""

    @wraps(view)
    def guarded(request: Any, pk: int) -> HttpResponse:
        rows = Application.objects.filter(municipality=request.municipality, channel__in=Application.ON_PAPER)
        draft = get_object_or_404(rows.select_related("municipality", "entered_by"), pk=pk)
        if draft.status != Application.Status.DRAFT:
            return redirect("pages:case", slug=request.municipality.slug, number=draft.number)
        return view(request, draft)

    return guarded


@access.centre
@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: PortalRequest) -> HttpResponse:
    """What is begun, and the button for the next paper."""
    if request.method == "POST":
        draft = on_paper.begin(request.municipality, by=request.user, at=clock.now())
        return _to_paper(request, draft)
    begun = list(paper_drafts(request.municipality))
    events.record_reads("list.read", begun, at=clock.now(), by_id=request.user.pk)
    return render(request, "centre/papers.html", {"begun": [(draft, typed_name(draft)) for draft in begun]})


@access.centre
@drafted
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: PortalRequest, draft: Application) -> HttpResponse:
    """All steps on one page. Buttons say by `go` what comes next: review, later, add; `remove` names a scan."""
    now = clock.now()
    if request.method != "POST":
        events.record_reads("paper.read", [draft], at=now, by_id=request.user.pk)
        return _page(request, draft, _sheet(draft, now, sent=give_back(request)))
    try:
        sheet = _save(request, draft, now)
    except on_paper.SavedMeanwhile:
        current = paper_drafts(request.municipality).filter(pk=draft.pk).first()
        if current is None:
            raise Http404 from None
        return _page(request, current, _sheet(draft, now, sent=request.POST), saved_by=current)
    return _onward(request, draft, sheet)


@access.centre
@drafted
@require_http_methods(["GET", "HEAD", "POST"])
def paper_review(request: PortalRequest, draft: Application) -> HttpResponse:
    """What was typed, what the rules say to it, and who may be the same mother."""
    now = clock.now()
    matches = like_draft(draft)
    form = SameForm(request.POST if request.method == "POST" else None, matches=matches) if matches else None
    if request.method == "POST" and (form is None or form.is_valid()):
        return _accept(request, draft, form, now)
    events.record_reads("paper.read", [draft], at=now, by_id=request.user.pk)
    events.record_reads("list.read", [match.household for match in matches], at=now, by_id=request.user.pk)
    on, terms = _judged_by(draft, now)
    context = review_context(draft, on, request=request, address=partial(_address, request, draft))
    blank = blank_words(left_blank(draft, terms), terms)
    _name_for_staff(context)
    day, state = received_on(draft), context["state"]
    complete = day is not None and not state.open_steps and not state.opens_later
    more = {
        "matches": matches,
        "form": form,
        "blank": blank,
        "received_on": day,
        "may_accept": complete and request.membership.may_change,
    }
    return render(request, "centre/paper_review.html", {**context, **more, "stamp": draft.saved_at.isoformat()})


@access.centre
@drafted
@require_http_methods(["GET", "HEAD", "POST"])
def discard_paper(request: PortalRequest, draft: Application) -> HttpResponse:
    """Asked once more, for what was typed is gone then."""
    if request.method != "POST":
        return render(request, "centre/paper_discard.html", {"draft": draft, "name": typed_name(draft)})
    on_paper.discard(draft, by=request.user, at=clock.now())
    messages.success(request, "書きかけを消しました。")
    return redirect("applications:papers", slug=request.municipality.slug)


def _save(request: PortalRequest, draft: Application, now: dt.datetime) -> Sheet:
    """Keep every step, complete or not, each judged by what stands in those before it.

    Raises:
        on_paper.SavedMeanwhile: nothing was kept.
    """
    stamp = _stamp(request)
    receipt = ReceiptForm(request.POST, draft=draft, today=now.date())
    told = receipt.cleaned_data if receipt.is_valid() else None
    on_paper.take_up(draft, told, typed=receipt.typed(), stamp=stamp, by=request.user, at=now)
    on, terms = _judged_by(draft, now)
    take_out = partial(documents.remove, by=request.user, at=now)
    if "remove" in request.POST:
        take_out(paper_named(draft, request.POST["remove"]))
    parts = []
    for step in steps_of(terms):
        refused = hand_in_files(request, step, draft, terms, now, take_out=take_out)
        form = step_on_paper(step, draft, terms, on=on, sent=request.POST, files=request.FILES)
        if isinstance(form, HouseholdForm):
            form.refused = refused
        try:
            drafts.save_step(draft, step, settled(form), typed=form.typed(), by=request.user, at=now)
        except drafts.AlreadySubmitted:
            raise on_paper.SavedMeanwhile from None
        parts.append(form)
    return Sheet(receipt, parts)


def _onward(request: PortalRequest, draft: Application, sheet: Sheet) -> HttpResponse:
    go = request.POST.get("go", "review")
    if go == "add" or "remove" in request.POST:
        return redirect(f"{_address(request, draft)}#household")
    if go == "later":
        messages.success(request, "書きかけを保存しました。ほかの職員も、ここから続けられます。")
        return redirect("applications:papers", slug=request.municipality.slug)
    if not sheet.is_valid():
        return _page(request, draft, sheet)
    return redirect("applications:paper_review", slug=request.municipality.slug, pk=draft.pk)


def _accept(request: PortalRequest, draft: Application, form: SameForm | None, now: dt.datetime) -> HttpResponse:
    again = redirect("applications:paper_review", slug=request.municipality.slug, pk=draft.pk)
    match = form.chosen if form else None
    same = match.household if match else None
    try:
        row = on_paper.accept(draft, stamp=_stamp(request), same=same, by=request.user, at=now)
    except on_paper.SavedMeanwhile:
        messages.warning(request, CHANGED)
        return again
    except on_paper.AlreadyApplied as waiting:
        messages.warning(request, f"同じ方の申請 {waiting.application} を審査しています。受け付けていません。")
        return again
    except PermissionDenied:
        messages.warning(request, "自分の申請は、ほかの職員が受け付けます。")
        return again
    except (on_paper.NotReceived, Incomplete, NotOpenYet):
        return again  # which says what is missing, or when
    messages.success(request, f"{row}として受け付けました。")
    return redirect("applications:papers", slug=request.municipality.slug)


def _name_for_staff(context: dict[str, Any]) -> None:
    """The mother's page calls the first step あなた."""
    names = {label_of(step, after_loss=False): heading for step, heading in HEADINGS.items()}
    for section in context["sections"]:
        section["title"] = names[section["title"]]
    context["open_steps"] = [(names[name], address) for name, address in context["open_steps"]]


def _page(
    request: PortalRequest, draft: Application, sheet: Sheet, *, saved_by: Application | None = None
) -> HttpResponse:
    """`saved_by`: the draft as a colleague has saved it meanwhile; what stands on the page is not kept then."""
    known = saved_by if saved_by and saved_by.entered_by else None
    context = {
        "form": sheet,
        "draft": draft,
        "saved_by": known,
        "stamp": (request.POST.get("stamp", "") if saved_by else draft.saved_at.isoformat()),
        "newest": draft.saved_at.isoformat(),
    }
    return render(request, "centre/paper.html", context)


def _sheet(draft: Application, now: dt.datetime, *, sent: QueryDict | None = None) -> Sheet:
    """The page as it is read; with `sent`, what stood in the boxes, which is not kept."""
    on, terms = _judged_by(draft, now)
    receipt = ReceiptForm(sent, draft=draft, today=now.date())
    return Sheet(receipt, [step_on_paper(step, draft, terms, on=on, sent=sent) for step in steps_of(terms)])


def _judged_by(draft: Application, now: dt.datetime) -> tuple[dt.date, Terms]:
    """The day of receipt, and the rules of that day; today's as long as it is not told."""
    on = received_on(draft) or now.date()
    return on, programme_for(draft.municipality, on).terms


def _stamp(request: PortalRequest) -> dt.datetime:
    """When the draft was saved last, as the page knew it; 置きかえる names what a colleague saved since.

    Raises:
        Http404: the page names no such moment.
    """
    try:
        stamp = parse_datetime(request.POST.get("newest") or request.POST.get("stamp", ""))
    except ValueError:
        stamp = None
    if stamp is None or stamp.tzinfo is None:
        raise Http404
    return stamp


def _address(request: PortalRequest, draft: Application, _step: Step | None = None) -> str:
    return reverse("applications:paper", kwargs={"slug": request.municipality.slug, "pk": draft.pk})


def _to_paper(request: PortalRequest, draft: Application) -> HttpResponse:
    return redirect(_address(request, draft))
