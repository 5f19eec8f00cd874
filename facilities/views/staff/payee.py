"""設定 › 請求書と振込先."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import model_to_dict
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from facilities.access import FacilityRequest, facility_staff
from facilities.forms.staff.payee import PayeeForm
from facilities.models import Payee
from facilities.selectors.colleagues import manages_staff
from facilities.services.payee import set_payee
from postpartum_portal.shared import clock


@facility_staff
@require_http_methods(["GET", "HEAD", "POST"])
def payee(request: FacilityRequest) -> HttpResponse:
    """Whoever is no manager reads it only."""
    kept = Payee.objects.filter(facility=request.facility).first()
    form = PayeeForm(
        request.POST if request.method == "POST" else None,
        initial=model_to_dict(kept, PayeeForm.base_fields) if kept else {},
    )
    if form.is_valid():
        try:
            set_payee(request.facility, form.cleaned_data, by=request.user, at=clock.now())
        except PermissionDenied:
            messages.warning(request, "振込先は、管理者だけが変えられます。")
        else:
            messages.success(request, "振込先を変えました。これから送る請求書に印刷します。")
        return redirect("facility:payee")
    context = {"form": form, "kept": kept, "may_change": manages_staff(request.user, request.facility)}
    return render(request, "facility/payee.html", context)
