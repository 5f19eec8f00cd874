"""Step 使いたいもの: the services she wishes, and whom to call in an emergency."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.selectors.answers import birth_dates, dates
from applications.steps import Step
from eligibility.engine import Place, PriceRow, Service, Verdict, price_row
from eligibility.engine.families import open_to
from eligibility.public import entered_amounts
from postpartum_portal.shared.forms import LineField, ManyChoiceCards, NameField, PhoneField

from .base import StepForm


class WishesForm(StepForm):
    step = Step.WISHES
    heading = gettext_lazy("使いたいもの")
    lead = gettext_lazy("迷うものも選んでおけます。選んでも、使わなくてかまいません。")

    services = forms.MultipleChoiceField(
        label=gettext_lazy("使いたいもの"),
        help_text=gettext_lazy("いくつでも。まとめて申請できます。"),
        widget=ManyChoiceCards(),
    )
    emergency_name = NameField(
        label=gettext_lazy("緊急連絡先の氏名"),
        help_text=gettext_lazy("あなたの具合が急に悪くなったときに電話します。いないときは、空けたまま進めます。"),
        autocomplete="off",
        required=False,
    )
    emergency_relation = LineField(
        label=gettext_lazy("あなたとの関係"), help_text=gettext_lazy("夫、母、友人など。"), limit=20, required=False
    )
    emergency_phone = PhoneField(label=gettext_lazy("緊急連絡先の電話番号"), required=False)

    def ask(self) -> None:
        services: Any = self.fields["services"]
        services.error_messages["required"] = _("使いたいものを1つ以上選んでください。")
        offered = self._offered()
        services.choices = [(service.code, service.label) for service in offered]
        services.widget.notes = {
            service.code: f"{service.summary}。{_price(row)}" for service, row in self._rows(offered)
        }
        for name in ("emergency_relation", "emergency_phone"):
            self.fields[name].widget.attrs["autocomplete"] = "off"  # not her own: the browser would fill in hers

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if (
            cleaned.get("emergency_name")
            and not cleaned.get("emergency_phone")
            and "emergency_phone" not in self.errors
        ):
            self.add_error("emergency_phone", _("電話番号も入力してください。わからなければ、氏名も空けて進めます。"))
        if cleaned.get("emergency_phone") and not cleaned.get("emergency_name") and "emergency_name" not in self.errors:
            self.add_error("emergency_name", _("氏名も入力してください。"))
        return cleaned

    def _rows(self, offered: Iterable[Service]) -> Iterable[tuple[Service, PriceRow]]:
        """The price of each, with what the municipality has entered by today."""
        children = birth_dates(self.application)[2]
        place = Place(entered=entered_amounts(self.application.municipality))
        for service in offered:
            yield service, price_row(service, self.terms, children=children, place=place, on=self.on)

    def _offered(self) -> list[Service]:
        """The services that are not closed to her family; all where every one is, for the centre to tell her."""
        family = dates(self.application).family
        open_ones = [item for item in self.terms.services if open_to(item.families, family) is not Verdict.UNMET]
        return open_ones or list(self.terms.services)


def _price(row: PriceRow) -> str:
    """`1泊 5,000円、5泊6日まで`: what it costs most households, and how much of it there is."""
    return f"{row.prices[0].text}、{row.limit_text}"
