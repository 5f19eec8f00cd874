"""What is ticked and chosen below the centre's list, and the name under which a way of narrowing it is kept."""

from typing import Any, NamedTuple

from django import forms

from applications.models import Application, SavedView
from applications.selectors.colleagues import colleagues
from applications.selectors.narrowing import NOBODY, Narrowing
from eligibility.public import Municipality
from postpartum_portal.accounts.models import User
from postpartum_portal.shared.forms import DadsForm, LineField
from postpartum_portal.shared.typed import row_code, row_key

MINE = "mine"
"""Whoever looks; kept so, a view stays one's own."""
MOST_AT_ONCE = 100


class Picked(NamedTuple):
    """A ticked row: its number, and who was in charge when the page was drawn."""

    number: str
    seen: int | None


class PickedField(forms.Field):
    """The ticked rows, each as `R7-0412/12`."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[Picked]:
        super().clean(value)
        picked = [found for one in (value or [])[:MOST_AT_ONCE] if row_code((found := self._picked(one)).number)]
        if not picked:
            raise forms.ValidationError("申請を選んでください。", code="required")
        return picked

    def _picked(self, sent: str) -> Picked:
        number, _, seen = sent.partition("/")
        return Picked(number, row_key(seen))


class AssignForm(DadsForm):
    """Rows, and to whom they are handed; `to` is needed for handing over only."""

    pick = PickedField(label="申請", required=False)
    to = forms.ModelChoiceField(User.objects.none(), label="渡す人", required=False, empty_label="選んでください")

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues(municipality)  # type: ignore[attr-defined]

    def picked(self) -> list[Application]:
        """The rows as they were seen; what is not there (any more) is left out."""
        seen = dict(self.cleaned_data["pick"])
        found = list(Application.objects.filter(number__in=seen).exclude(status=Application.Status.DRAFT))
        for application in found:
            application.assignee_id = seen[application.number]
        return found


class KeepViewForm(DadsForm):
    name = LineField(label="名前", limit=20)
    state = forms.CharField(max_length=10, required=False)
    office = forms.CharField(max_length=30, required=False)
    charge = forms.RegexField(rf"{MINE}|{NOBODY}|[0-9]{{1,18}}", required=False)

    MOST = SavedView.MOST

    @property
    def chosen(self) -> Narrowing:
        return Narrowing(**{name: self.cleaned_data[name] for name in ("state", "office", "charge")})
