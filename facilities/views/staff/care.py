"""Care as it is written down day by day, with all that was put right."""

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from eligibility import engine
from facilities.access import FacilityRequest, facility_staff
from facilities.forms.staff.care import CareForm
from facilities.models import Booking
from facilities.selectors.care import SAFETY, care_of_day, days_of_care, has_child, version_told
from facilities.services.care import NotHere, read_care, write_care
from facilities.services.reading import read_card
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken

from .lookup import booking_or_404

NOT_YET = "到着を記録すると、ケアの記録を書けます。"
OVERTAKEN = "見ているあいだに、ほかの人が書きました。下の「前に書いたもの」を見て、あわせて書きなおしてください。"


@facility_staff
@require_http_methods(["GET", "HEAD", "POST"])
def care(request: FacilityRequest, number: str, day: dt.date | None = None) -> HttpResponse:
    """Today, or the nearest of her days to it, unless another day is named."""
    booking, now = booking_or_404(number), clock.now()
    if booking.status != Booking.Status.ATTENDED:
        messages.warning(request, NOT_YET)
        return redirect("facility:booking", number=number)
    last = min(booking.last_day, now.date())
    day = day or last
    if not booking.first_day <= day <= last:
        raise Http404
    return _page(request, booking, day, last, now)


def _page(request: FacilityRequest, booking: Booking, day: dt.date, last: dt.date, now: dt.datetime) -> HttpResponse:
    versions = care_of_day(booking, day)
    read_care(versions, by=request.user, at=now)
    before = versions[0] if versions else None
    child = has_child(booking.entitlement.birth)
    sent = _sent(request, now) if request.method == "POST" else None
    form = CareForm(sent, child=child, before=before)
    if sent is not None and form.is_valid():
        try:
            write_care(booking, day, form.words(), seen=form.cleaned_data["seen"], by=request.user, at=now)
        except NotHere:
            messages.warning(request, NOT_YET)
        except Overtaken:
            form.add_error(None, OVERTAKEN)
            sent["seen"] = str(before.version if before else 0)
        else:
            messages.success(request, "記録しました。")
        if not form.errors:
            return redirect("facility:care_of_day", number=booking.number, day=day)
    context = {
        "card": read_card(booking, by=request.user, at=now),
        "form": form,
        "day": day,
        "days": engine.each_day(booking.first_day, last),
        "written": days_of_care(booking),
        "versions": [version_told(record) for record in versions],
        "checks": SAFETY if child else {},
    }
    return render(request, "facility/care.html", context)


def _sent(request: FacilityRequest, now: dt.datetime) -> QueryDict:
    """What was typed; where the button of a check was pressed, with the present minute among its times."""
    sent = request.POST.copy()
    if code := sent.get("now"):
        sent[f"check_{code}"] = f"{sent.get(f'check_{code}', '')} {now.astimezone(clock.TOKYO):%H:%M}".strip()
    return sent
