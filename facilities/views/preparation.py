"""One visit before the visits: done, moved or given up. The same for the centre and for who comes."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django_fsm import TransitionNotAllowed

from eligibility import engine
from facilities.forms.preparation import AgreedForm, GiveUpForm, OtherTimeForm
from facilities.models import Preparation
from facilities.selectors.wording import said_to_her
from facilities.services.preparations import (
    TooSoon,
    cancel_preparation,
    finish_preparation,
    move_preparation,
)
from facilities.services.reading import read_home_visits
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken

MOVED_ON = "この事前訪問は、もう記録されているか、変わっています。"
TOO_SOON = "まだ始まっていません。訪問してから記録してください。"
DONE = {
    "done": "事前訪問がすんだと記録しました。",
    "move": "事前訪問の日時を変え、お母さんにメールで知らせました。",
    "cancel": "事前訪問を取りやめ、お母さんにメールで知らせました。",
}


def answer(request: HttpRequest, row: Preparation, *, by: User, back: str, base: str) -> HttpResponse:
    """`row` came `with_rows`; `back` is where it leads afterwards, `base` the template of the audience."""
    if row.status != Preparation.Status.PLANNED:
        messages.warning(request, MOVED_ON)
        return redirect(back)
    forms = _forms(request, row)
    form = forms.get(request.POST.get("do", ""))
    if form is not None and form.is_valid():
        try:
            _record(row, form, by)
        except TooSoon:
            form.add_error("agreed", TOO_SOON)
        except (TransitionNotAllowed, Overtaken):
            messages.warning(request, MOVED_ON)
            return redirect(back)
        else:
            messages.success(request, DONE[request.POST["do"]])
            return redirect(back)
    (card,) = read_home_visits([row], by=by, at=clock.now())
    context = {"card": card, "forms": forms, "form": form, "back": back, "base": base}
    return render(request, "facility/preparation.html", context)


def _forms(request: HttpRequest, row: Preparation) -> dict[str, Any]:
    """By what is to be done; only the one that was sent is bound."""
    now, did = clock.now(), request.POST.get("do", "") if request.method == "POST" else ""
    service: engine.Service = said_to_her(row.wish.entitlement).service(row.service)
    asked: dict[str, Any] = {"now": now, "requested_at": row.made_at}

    def sent(name: str) -> Any:
        return request.POST if did == name else None

    return {
        "done": AgreedForm(sent("done")),
        "move": OtherTimeForm(sent("move"), service=service, **asked),
        "cancel": GiveUpForm(sent("cancel"), **asked),
    }


def _record(row: Preparation, form: Any, by: User) -> None:
    at = clock.now()
    if isinstance(form, AgreedForm):
        finish_preparation(row, agreed=form.cleaned_data["agreed"], by=by, at=at)
    elif isinstance(form, OtherTimeForm):
        move_preparation(row, **form.said(), by=by, at=at)
    else:
        cancel_preparation(row, contact_at=form.contact_at(), by=by, at=at)
