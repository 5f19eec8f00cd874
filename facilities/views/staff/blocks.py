"""使わない枠: what is out of use, taking places out of use, and giving them back."""

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from facilities.access import FacilityRequest, facility_staff
from facilities.forms.staff.block import BlockForm
from facilities.models import Block
from facilities.selectors.blocks import block_card, block_of, blocks_of, runs_text
from facilities.selectors.places import place_kinds
from facilities.services.blocks import NotFree, NothingToRelease, block_days, release_block, take_back
from postpartum_portal.shared import clock, wareki

from .refusal import not_free, refusal_of, refused_days

SHOWN_DAYS = 62
GONE = "この日は、もう空けてあるか、過ぎています。"


@facility_staff
@require_safe
def blocks(request: FacilityRequest) -> HttpResponse:
    kinds = place_kinds(request.facility, on=clock.today())
    return render(
        request,
        "facility/blocks.html",
        {"cards": blocks_of(request.facility, kinds, on=clock.today()), "kinds": kinds},
    )


@facility_staff
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: FacilityRequest) -> HttpResponse:
    """For the days that were ticked in the month, or from a day to a day."""
    now = clock.now()
    kinds = place_kinds(request.facility, on=now.date())
    if not kinds or not request.facility.keeps_capacity:
        messages.warning(request, "先に、空きの数を設定してください。")
        return redirect("facility:month")
    sent, refusal = request.POST if request.method == "POST" else None, None
    form = BlockForm(sent, kinds=kinds, on=now.date(), initial={"days_ticked": request.GET.get("days", "")})
    if form.is_valid():
        try:
            made = block_days(
                request.facility,
                form.wanted(),
                days=form.days(),
                why=Block.Why(form.cleaned_data["why"]),
                note=form.cleaned_data["note"],
                form_token=form.cleaned_data["token"],
                by=request.user,
                at=now,
            )
        except NotFree as short:
            days = refused_days(request.facility, kinds, short.lacks, not_free, by=request.user, at=now)
            refusal = refusal_of(form, days)
        else:
            messages.success(request, "使わない枠にしました。保護者の画面には出ません。")
            return redirect("facility:block", pk=made[0].pk) if len(made) == 1 else redirect("facility:blocks")
    context = {"form": form, "chosen": runs_text(form.ticked), "refusal": refusal}
    return render(request, "facility/block_new.html", context)


@facility_staff
@require_safe
def block(request: FacilityRequest, pk: int) -> HttpResponse:
    today = clock.today()
    card = block_card(_block_or_404(request, pk), place_kinds(request.facility, on=today), on=today)
    context = {"card": card, "days": card.coming[:SHOWN_DAYS], "more": max(0, len(card.coming) - SHOWN_DAYS)}
    return render(request, "facility/block.html", context)


@facility_staff
@require_POST
def release(request: FacilityRequest, pk: int) -> HttpResponse:
    """All of it, one day, or everything from a day on."""
    found = _block_or_404(request, pk)
    only, since = _day(request, "day"), _day(request, "since")
    days = [row.day for row in found.days.all() if only in (None, row.day) and (since is None or row.day >= since)]
    try:
        released = release_block(found, days=days, by=request.user, at=clock.now())
    except NothingToRelease:
        messages.warning(request, GONE)
    else:
        messages.success(request, f"{released}日を空けました。待っている人がいれば、順に知らせます。")
    return redirect("facility:block", pk=pk)


@facility_staff
@require_POST
def keep(request: FacilityRequest, pk: int) -> HttpResponse:
    """Take a released day out of use once more."""
    found, day = _block_or_404(request, pk), _day(request, "day")
    if day is None:
        raise Http404
    try:
        take_back(found, day, by=request.user, at=clock.now())
    except NothingToRelease:
        messages.warning(request, GONE)
    except NotFree:
        messages.warning(request, f"{wareki.short(day)}は、そのあと予約が入ったので、取れません。")
    else:
        messages.success(request, f"{wareki.short(day)}を、もう一度取りました。")
    return redirect("facility:block", pk=pk)


def new_for(days: list[dt.date]) -> str:
    """The address of the form for days that were ticked."""
    return f"{reverse('facility:new_block')}?days={','.join(day.isoformat() for day in days)}"


def _block_or_404(request: FacilityRequest, pk: int) -> Block:
    """Raises Http404: there is none, or another facility made it."""
    found = block_of(request.facility, pk)
    if found is None:
        raise Http404
    return found


def _day(request: FacilityRequest, name: str) -> dt.date | None:
    """Raises Http404: what was sent is no day."""
    sent = request.POST.get(name)
    if not sent:
        return None
    try:
        return dt.date.fromisoformat(sent)
    except ValueError:
        raise Http404 from None
