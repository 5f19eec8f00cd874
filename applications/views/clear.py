"""まとめて承認: the clear cases of 決定待ち, each as it would be granted by default, approved with one press."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from applications.services.approving_clear import approve_clear, clear_cases
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock
from postpartum_portal.shared.typed import row_code

NOBODY = "承認する申請に印をつけてください。"


@access.decider
@require_http_methods(["GET", "HEAD", "POST"])
def decide_clear(request: PortalRequest) -> HttpResponse:
    """The list with a box for each; after the press, which were approved and which were not, and why."""
    now, chosen = clock.now(), [number for number in request.POST.getlist("pick") if row_code(number)]
    done = None
    if chosen:
        seen = {number: request.POST.get(f"seen_{number}", "") for number in chosen}
        done = approve_clear(seen, by=request.user, at=now)
    elif request.method == "POST":
        messages.warning(request, NOBODY)
    clear, others = clear_cases(by=request.user, at=now)
    picked = chosen if request.method == "POST" else [item.case.application.number for item in clear]
    context = {"clear": clear, "others": others, "done": done, "picked": picked}
    return render(request, "centre/decide_clear.html", context)
