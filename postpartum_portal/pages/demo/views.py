"""The demo's three pages. None of them exists outside `make demo`."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eligibility.public import Municipality
from postpartum_portal.accounts import access
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, wareki

from .forms import ClockForm
from .mailbox import newest_mails
from .samples import Samples, all_samples, person_called
from .second_factor import digits_now

STEPS = (("1時間", dt.timedelta(hours=1)), ("1日", dt.timedelta(days=1)), ("1週間", dt.timedelta(weeks=1)))


@access.public
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Ready-made sign-ins, and where to go as whom."""
    groups = [group for samples in all_samples() if (group := _group(samples))["rows"]]
    return render(request, "demo/index.html", {"groups": groups, "now": clock.now()})


@access.public
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo's people without a mailed code: a shortcut for the tour, named as such on the page."""
    found = person_called(request.POST.get("email", ""))
    user = get_object_or_404(User, email=found[0].email if found else "")
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect(found[1] if found else "/")


@access.public
@require_http_methods(["GET", "HEAD", "POST"])
def clock_page(request: HttpRequest) -> HttpResponse:
    """時計を進める: the portal's own clock, for everybody who uses this demo."""
    now = clock.now()
    form = ClockForm(request.POST or None, initial={"day": now.date(), "time": now.strftime("%H:%M")})
    if request.method == "POST" and "by" in request.POST:
        return _moved(request, now + dict(STEPS).get(request.POST["by"], dt.timedelta(0)))
    if request.method == "POST" and form.is_valid():
        return _moved(request, dt.datetime.combine(form.cleaned_data["day"], form.cleaned_data["time"], clock.TOKYO))
    return render(request, "demo/clock.html", {"form": form, "now": now, "steps": [label for label, _ in STEPS]})


@access.public
@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """What would have gone out by mail."""
    found = newest_mails(Path(str(settings.EMAIL_FILE_PATH)))
    return render(request, "demo/mails.html", {"mails": found})


def _group(samples: Samples) -> dict[str, Any]:
    """A municipality's people who are there, with the digits their staff would read from their phones.

    `rows` are those whom one needs first, `aside` the others.
    """
    users = {user.email: user for user in User.objects.filter(email__in=[person.email for person in samples.people])}
    there = [person for person in samples.people if person.email in users]
    rows = [(person.aside, {"person": person, "digits": digits_now(users[person.email])}) for person in there]
    return {
        "municipality": Municipality.objects.filter(slug=samples.municipality).first(),
        "rows": [row for aside, row in rows if not aside],
        "aside": [row for aside, row in rows if aside],
    }


def _moved(request: HttpRequest, instant: dt.datetime) -> HttpResponse:
    clock.move_to(instant)
    messages.success(request, f"時計を{wareki.full(instant.date())} {wareki.clock_time(instant)} にしました。")
    return redirect("demo:clock")
