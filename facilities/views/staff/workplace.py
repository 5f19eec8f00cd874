"""Which of one's facilities one works for at the moment."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from facilities.access import FacilityRequest, choose, facility_staff


@facility_staff
@require_http_methods(["GET", "HEAD", "POST"])
def switch(request: FacilityRequest) -> HttpResponse:
    if request.method == "POST":
        choose(request, request.POST.get("facility", ""))
        messages.success(request, "施設を替えました。")
        return redirect("facility:today")
    return render(request, "facility/switch.html")
