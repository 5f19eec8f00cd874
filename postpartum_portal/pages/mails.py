"""メールの設定: which mails she gets. One account, whatever the municipality."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.accounts.mails import choosable, choose_mails, wanted_mails
from postpartum_portal.accounts.models import User
from postpartum_portal.shared.forms import DadsForm, ManyChoiceCards
from postpartum_portal.shared.mail_kinds import NOTES


class MailsForm(DadsForm):
    show_need = False

    wanted = forms.MultipleChoiceField(
        label=gettext_lazy("受け取るメール"),
        help_text=gettext_lazy("印を消すと、そのメールは届きません。"),
        widget=ManyChoiceCards(notes=NOTES),
        required=False,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["wanted"]
        field.choices = [(group.value, group.label) for group in choosable(user)]


@access.citizen
@require_http_methods(["GET", "HEAD", "POST"])
def mails(request: PortalRequest) -> HttpResponse:
    posted: Any = request.POST if request.method == "POST" else None
    form = MailsForm(posted, user=request.user, initial={"wanted": wanted_mails(request.user)})
    if form.is_valid():
        choose_mails(request.user, form.cleaned_data["wanted"])
        messages.success(request, _("メールの設定を保存しました。"))
        return redirect("mails")
    return render(request, "citizen/mails.html", {"form": form})
