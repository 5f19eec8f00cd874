"""Inviting a colleague, changing her role, and ending it."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from postpartum_portal.accounts.models import Membership, User
from postpartum_portal.shared.forms import ChoiceCards, DadsForm, EmailField, NameField

ROLE_NOTES: dict[str, str] = {
    Membership.Role.CENTRE: "受付、聞き取り、手紙",
    Membership.Role.DECIDER: "そのほかに、決定、職員、設定、きまりの公開",
    Membership.Role.AUDITOR: "すべてを見るだけ。何も変えない",
}


def _role_field() -> forms.ChoiceField:
    return forms.ChoiceField(label="役割", choices=Membership.Role.choices, widget=ChoiceCards(notes=ROLE_NOTES))


class InviteForm(DadsForm):
    submit_label = "招待のメールを送る"
    show_need = False

    email = EmailField(label="メールアドレス", help_text="このアドレスに届くコードでログインします。")
    display_name = NameField(label="名前", help_text="ほかの職員に見える名前です。", limit=60)
    role = _role_field()


class RoleForm(DadsForm):
    submit_label = "役割を変える"
    show_need = False

    role = _role_field()


class EndForm(DadsForm):
    """`to`: who takes her open cases over; empty, they wait for whoever takes them on."""

    submit_label = "職員の登録を終える"
    show_need = False

    to = forms.ModelChoiceField(
        User.objects.none(),
        label="担当している申請を渡す人",
        required=False,
        empty_label="だれにも渡さない(担当なしにする)",
    )

    def __init__(self, *args: Any, heirs: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to: Any = self.fields["to"]
        to.queryset = heirs
