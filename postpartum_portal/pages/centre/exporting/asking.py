"""Asking for a file on a page, with what for."""

from django.contrib import messages

from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.pages.centre.numbers.asked import Asked
from postpartum_portal.shared import clock
from postpartum_portal.shared.exports import MOST_ROWS, TooMany, ask

from .forms import PurposeForm


def ask_for(request: PortalRequest, form: PurposeForm, asked: Asked, sheet: str, *, about: int | None = None) -> bool:
    """Whether the file was asked for; a table that is too long is told in the form. `about`: as `ask` has it."""
    try:
        ask(
            sheet,
            form.cleaned_data["form"],
            span=asked.span,
            about=about,
            purpose=form.cleaned_data["purpose"],
            municipality_id=request.municipality.pk,
            role=request.membership.role,
            by_id=request.user.pk,
            at=clock.now(),
        )
    except TooMany:
        form.add_error(None, f"{MOST_ROWS:,}件より多くあります。期間を短くして、分けて書き出してください。")
        return False
    messages.success(request, "ファイルを作っています。できると、「書き出しの記録」から開けます。")
    return True
