"""記録: 「この方を見た人」 and 「この職員がしたこと」. Each look at a trail is itself written down.

Deciders and auditors read every trail; whoever only works on cases reads what was done under their own account.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from applications.public import household_with_case, households_named
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.accounts.models import Membership
from postpartum_portal.pages.centre.exporting.asking import ask_for
from postpartum_portal.pages.centre.exporting.forms import PurposeForm
from postpartum_portal.pages.centre.numbers.asked import asked_of
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.models import Event
from postpartum_portal.shared.span import Span

from .forms import FindForm
from .staff_words import GROUPS
from .tables import ACCOUNT, PERSON
from .trail import of_account, of_person, told

ROWS_A_PAGE = 50
SHOWN = {
    PERSON: ("audit.read", "centre/audit/person.html"),
    ACCOUNT: ("audit.account_read", "centre/audit/account.html"),
}
"""Trail → the verb of a look at it, and its page."""


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
    return _trail(request, household, PERSON, partial(of_person, household))


@access.centre_reader
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: PortalRequest, pk: int) -> HttpResponseBase:
    """この職員がしたこと: the deeds and reads of one account in this municipality."""
    member = _members(request).filter(pk=pk).first()
    if member is None:
        raise Http404
    return _trail(request, member, ACCOUNT, partial(of_account, member.user_id, request.municipality.pk))


@access.centre
@require_safe
def accounts(request: PortalRequest) -> HttpResponse:
    """Whose deeds may be read; one's own alone leads straight there."""
    if not _reads_all(request.membership):
        return redirect("pages:audit_account", slug=request.municipality.slug, pk=request.membership.pk)
    return render(request, "centre/audit/accounts.html", {"members": _members(request)})


def _trail(
    request: PortalRequest, subject: Any, table: str, rows: Callable[[Span, str], QuerySet[Event]]
) -> HttpResponseBase:
    """One page of a trail in words, or the file of it. The look is written down, and the names on the page as read."""
    given = request.POST if request.method == "POST" else request.GET
    asked = asked_of(given, slug=request.municipality.slug, today=clock.today())
    form = PurposeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and ask_for(request, form, asked, table, about=subject.pk):
        return redirect("pages:exports", slug=request.municipality.slug)
    verb, template = SHOWN[table]
    events.record_reads(verb, [subject], at=clock.now(), by_id=request.user.pk)
    group = request.GET.get("group", "")
    page = Paginator(rows(asked.span, group), ROWS_A_PAGE).get_page(request.GET.get("page", "1"))
    steps, named = told(list(page.object_list), request.municipality.pk)
    events.record_reads("list.read", named, at=clock.now(), by_id=request.user.pk)
    context = {"subject": subject, "page": page, "steps": steps, "form": form, "asked": asked, "group": group}
    return render(request, template, {**context, "groups": [(code, label) for code, (label, _) in GROUPS.items()]})


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
