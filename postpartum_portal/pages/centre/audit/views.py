"""記録: 「この方を見た人」 and 「この職員がしたこと」. Each look at a trail is itself written down.

Deciders and auditors read every trail; whoever only works on cases reads what was done under their own account.
"""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from applications.public import household_with_case, households_named
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.accounts.models import Membership
from postpartum_portal.pages.centre.exporting.forms import PurposeForm
from postpartum_portal.pages.centre.numbers.asked import Asked, asked_of
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.exports import MOST_ROWS, TooMany, ask
from postpartum_portal.shared.models import Event

from .forms import FindForm
from .staff_words import GROUPS
from .tables import ACCOUNT, PERSON
from .trail import of_account, of_person, told

ROWS_A_PAGE = 50


@access.centre
@require_safe
def find_person(request: PortalRequest) -> HttpResponse:
    """Whose trail: the mothers whom the words may mean."""
    _check_reads_all(request)
    form = FindForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    found = households_named(words, on=clock.today()) if words else []
    events.record_reads("list.read", found, at=clock.now(), by_id=request.user.pk)
    return render(request, "centre/audit/find.html", {"form": form, "words": words, "found": found})


@access.centre_reader
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: PortalRequest, pk: int) -> HttpResponseBase:
    """この方を見た人: who read or did what about a mother."""
    _check_reads_all(request)
    household = household_with_case(pk)
    if household is None:
        raise Http404
    asked, group = _asked(request), _group(request)
    form = PurposeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _ask(request, form, PERSON, asked, household.pk):
        return redirect("pages:exports", slug=request.municipality.slug)
    events.record_reads("audit.read", [household], at=clock.now(), by_id=request.user.pk)
    context = _trail(request, of_person(household, asked.span, group))
    return render(
        request,
        "centre/audit/person.html",
        {**context, "form": form, "household": household, "asked": asked, "group": group, "groups": _groups()},
    )


@access.centre_reader
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: PortalRequest, pk: int) -> HttpResponseBase:
    """この職員がしたこと: the deeds and reads of one account in this municipality."""
    member = _members(request).filter(pk=pk).first()
    if member is None:
        raise Http404
    asked, group = _asked(request), _group(request)
    form = PurposeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _ask(request, form, ACCOUNT, asked, member.pk):
        return redirect("pages:exports", slug=request.municipality.slug)
    events.record_reads("audit.account_read", [member], at=clock.now(), by_id=request.user.pk)
    context = _trail(request, of_account(member.user_id, request.municipality.pk, asked.span, group))
    return render(
        request,
        "centre/audit/account.html",
        {**context, "form": form, "member": member, "asked": asked, "group": group, "groups": _groups()},
    )


@access.centre
@require_safe
def accounts(request: PortalRequest) -> HttpResponse:
    """Whose deeds may be read; one's own alone leads straight there."""
    members = list(_members(request))
    if not _reads_all(request.membership):
        return redirect("pages:audit_account", slug=request.municipality.slug, pk=request.membership.pk)
    return render(request, "centre/audit/accounts.html", {"members": members})


def _trail(request: PortalRequest, rows: QuerySet[Event]) -> dict[str, Any]:
    """One page in words; the names on it are written down as read."""
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page", "1"))
    steps, named = told(list(page.object_list), request.municipality.pk)
    events.record_reads("list.read", named, at=clock.now(), by_id=request.user.pk)
    return {"page": page, "steps": steps}


def _ask(request: PortalRequest, form: PurposeForm, table: str, asked: Asked, about: int) -> bool:
    try:
        ask(
            table,
            form.cleaned_data["form"],
            span=asked.span,
            about=about,
            purpose=form.cleaned_data["purpose"],
            municipality_id=request.municipality.pk,
            role=request.membership.role,
            by_id=request.user.pk,
            at=clock.now(),
        )
    except TooMany:
        form.add_error(None, f"{MOST_ROWS:,}件より多くあります。期間を短くして、分けて書き出してください。")
        return False
    messages.success(request, "ファイルを作っています。できると、「書き出しの記録」から開けます。")
    return True


def _asked(request: PortalRequest) -> Asked:
    given = request.POST if request.method == "POST" else request.GET
    return asked_of(given, slug=request.municipality.slug, today=clock.today())


def _group(request: PortalRequest) -> str:
    group = request.GET.get("group", "")
    return group if group in GROUPS else ""


def _groups() -> list[tuple[str, str]]:
    return [(code, label) for code, (label, _) in GROUPS.items()]


def _members(request: PortalRequest) -> QuerySet[Membership]:
    rows = Membership.with_ended.filter(municipality=request.municipality).select_related("user")
    if not _reads_all(request.membership):
        rows = rows.filter(pk=request.membership.pk)
    return rows.order_by("role", "pk")


def _check_reads_all(request: PortalRequest) -> None:
    if not _reads_all(request.membership):
        raise Http404


def _reads_all(membership: Membership) -> bool:
    return membership.role in {Membership.Role.DECIDER, Membership.Role.AUDITOR}
