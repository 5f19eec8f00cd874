"""For load balancers and watchers: does this process answer at all, and can it do its work?

Two questions, because the remedies differ: a process that does not answer is started anew; one that is not ready gets
no requests until it is. A queue that is stalled is told of and keeps nobody from the pages: web servers cannot help it.
"""

from dataclasses import asdict

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from postpartum_portal.accounts import access
from postpartum_portal.shared import clock
from postpartum_portal.shared.readiness import readiness


@access.public
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """This process answers; it asks nobody else."""
    return JsonResponse({"status": "ok"})


@access.public
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """503 while the database is away or not migrated."""
    found = readiness(clock.now())
    status = "not ready" if not found.can_answer else "queue stalled" if found.is_stalled else "ready"
    return JsonResponse({"status": status, **asdict(found)}, status=200 if found.can_answer else 503)
