"""まとめて承認: the clear cases of 決定待ち, each as it would be granted by default, approved with one press."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from applications.services.approving_clear import approve_clear, clear_cases
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock


@access.decider
@require_http_methods(["GET", "HEAD", "POST"])
def decide_clear(request: PortalRequest) -> HttpResponse:
    """The list with a box for each; after the press, which were approved and which were not, and why."""
    now = clock.now()
    done = None
    if request.method == "POST":
        chosen = {number: request.POST.get(f"seen_{number}", "") for number in request.POST.getlist("pick")}
        done = approve_clear(chosen, by=request.user, at=now)
    clear, others = clear_cases(by=request.user, at=now)
    context = {"clear": clear, "others": others, "done": done, "now": now}
    return render(request, "centre/decide_clear.html", context)
