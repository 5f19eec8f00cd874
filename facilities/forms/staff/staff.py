"""Inviting a colleague to a facility, whether she manages its staff, and a centre's word for one who is locked out."""

from collections.abc import Iterable
from typing import Any

from django import forms

from facilities.models import StaffMembership
from postpartum_portal.accounts.reset_form import ResetForm
from postpartum_portal.shared.forms import ChoiceCards, DadsForm, EmailField, NameField

STAFF, MANAGER = "staff", "manager"
ROLES = [(STAFF, "職員"), (MANAGER, "管理者")]
NOTES = {STAFF: "予約、空き、きょうの記録", MANAGER: "そのほかに、職員を招く、登録を終える、キャンセル料を決める"}


class FirstForm(DadsForm):
    """Whom a centre asks to be the first at a facility: she manages its staff."""

    submit_label = "招待のメールを送る"
    show_need = False

    email = EmailField(label="メールアドレス", help_text="このアドレスに届くコードでログインします。")
    display_name = NameField(label="名前", help_text="同じ施設の職員と、市町村の窓口に見える名前です。", limit=60)

    def asked(self) -> dict[str, Any]:
        """As the service takes it."""
        return {"email": self.cleaned_data["email"], "display_name": self.cleaned_data["display_name"]}


class ColleagueForm(FirstForm):
    role = forms.ChoiceField(label="役割", choices=ROLES, widget=ChoiceCards(notes=NOTES), initial=STAFF)

    def asked(self) -> dict[str, Any]:
        return super().asked() | {"manages": self.cleaned_data["role"] == MANAGER}


class StaffResetForm(ResetForm):
    """As a centre asks it: `colleagues`, who work at the facility."""

    show_need = True

    who = forms.ChoiceField(label="だれの登録か", widget=ChoiceCards)
    field_order = ("who", "reason")

    def __init__(self, *args: Any, colleagues: Iterable[StaffMembership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who: Any = self.fields["who"]
        roles = dict(ROLES)
        who.choices = [(row.pk, f"{row.user}({roles[MANAGER if row.manages else STAFF]})") for row in colleagues]
