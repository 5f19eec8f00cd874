"""The centre says that it has looked at what a family reported."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_fsm import TransitionNotAllowed

from applications.models import ChangeNotice
from applications.services.changing import see_change
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken
from postpartum_portal.shared.typed import row_key

from .centre_case import case_to_work_on, explained, to_case


@access.centre
@require_POST
@explained
def seen(request: PortalRequest, number: str) -> HttpResponseBase:
    """確かめた."""
    case = case_to_work_on(request, number)
    pk = row_key(request.POST.get("notice", ""))
    notice = get_object_or_404(ChangeNotice, pk=pk, household=case.household)
    try:
        see_change(notice, by=request.user, at=clock.now())
    except (TransitionNotAllowed, Overtaken):
        messages.warning(request, _("この変更届は、ほかの職員がもう確かめています。"))
    else:
        messages.success(request, _("変更届(%(kind)s)を確かめました。") % {"kind": notice.get_kind_display()})
    return to_case(request, number)
