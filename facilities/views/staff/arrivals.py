"""Whoever stands at the desk: found by what she says, and a record of her that was wrong taken back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST
from django_fsm import TransitionNotAllowed

from applications.public import UnitsExhausted
from facilities.access import FacilityRequest, facility_staff
from facilities.forms.staff.find import FindForm
from facilities.selectors.arriving import find_guests
from facilities.selectors.moves import lost_a_move
from facilities.services.attending import RecordStands, undo_record
from facilities.services.reading import read_cards
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken

from .lookup import booking_or_404

STANDS = "この記録は、もう取り消せません。取り消せるのは、その日のうちで、お金を受け取る前、日を変える前だけです。"
USED = "戻した日数や回数を、お母さんがもう別の予約に使っています。記録は、そのままです。"
UNDONE = "記録を取り消しました。予約は、元のとおりです。"
UNDONE_BUT_THE_MOVE = (
    "記録を取り消しました。予約は、元の日のままです。日の変更の依頼は、取り下げになったままです。"
    "日を変えるときは、もういちど申しこむように、お母さんに伝えてください。"
)
NOTHING_RECORDED = "この予約には、取り消す記録がありません。"


@facility_staff
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: FacilityRequest) -> HttpResponse:
    """What is looked for is sent in the body: names do not belong into addresses, which are logged."""
    form, now = FindForm(request.POST if request.method == "POST" else None), clock.now()
    found = find_guests(request.facility, form.cleaned_data["who"], on=now.date()) if form.is_valid() else []
    if len(found) == 1:
        return redirect("facility:booking", number=found[0].number)
    cards = read_cards(found, by=request.user, at=now)
    context = {"form": form, "cards": cards, "looked": form.is_bound and form.is_valid()}
    return render(request, "facility/find.html", context)


@facility_staff
@require_POST
def undo(request: FacilityRequest, number: str) -> HttpResponse:
    booking = booking_or_404(number)
    undone = UNDONE_BUT_THE_MOVE if lost_a_move(booking) else UNDONE
    try:
        undo_record(booking, by=request.user, at=clock.now())
    except RecordStands:
        messages.warning(request, STANDS)
    except UnitsExhausted:
        messages.warning(request, USED)
    except (TransitionNotAllowed, Overtaken):
        messages.warning(request, NOTHING_RECORDED)
    else:
        messages.success(request, undone)
    return redirect("facility:booking", number=number)
