"""The list of facilities against what a visitor asks: those that fit first, the others with their reasons."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from eligibility import engine
from facilities.public import ListedFacility, Matched, SeekForm, match
from postpartum_portal.shared import wareki
from postpartum_portal.shared.forms import ChoiceCards, DateBoxesField

from .ahead import Ahead
from .offered import Contact, contact

FEW = 3
"""So many facilities are read faster than a form, as long as they take the same children."""


class VisitorSeekForm(SeekForm):
    """As she asks who is signed in, with what is known of nobody here: the child's days, and twins."""

    field_order = ("service", "day", "born", "due", "multiples", "siblings", "area", "by")

    def __init__(
        self,
        *args: Any,
        listed: Sequence[ListedFacility],
        services: Sequence[engine.Service],
        on: dt.date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, listed=listed, services=services, after_loss=False, on=on, **kwargs)
        self.fields["born"] = DateBoxesField(
            label=_("お子さまが生まれた日"),
            required=False,
            help_text=_("施設ごとの月齢のきまりで調べます。まだのときは、空けておいてください。"),
            not_after=on,
        )
        if any(item.age_limit.counted_from is engine.CountedFrom.CORRECTED for item in services):
            self.fields["due"] = DateBoxesField(
                label=_("出産予定日"),
                required=False,
                help_text=_("早く生まれたお子さまは、予定日から数えることがあります。"),
            )
        if any(place.multiples is not None for place in _places(listed)):
            self.fields["multiples"] = forms.ChoiceField(
                label=_("双子や三つ子ですか"),
                choices=[("", _("いいえ")), ("yes", _("はい"))],
                required=False,
                widget=ChoiceCards(layout="three"),
            )
        self.order_fields(self.field_order)

    def facts(self) -> engine.Facts:
        """What was typed of the child, without what is wrong; of a form that is not sent, nothing."""
        self.full_clean()
        typed = self.cleaned_data if self.is_bound else {}
        return engine.Facts(
            birth_date=typed.get("born"),
            due_date=typed.get("due"),
            children=2 if typed.get("multiples") else 1,
        )

    @property
    def chosen(self) -> list[str]:
        """What is asked, without what is wrong, each with its label."""
        return [
            f"{self.fields[name].label}: {self._word(name, value)}"
            for name, value in self.cleaned_data.items()
            if value
        ]

    def _word(self, name: str, value: Any) -> str:
        field: Any = self.fields[name]
        return str(dict(field.choices)[value]) if hasattr(field, "choices") else wareki.full(value)


@dataclass(frozen=True, slots=True)
class Sought:
    """`form` is None where there is little to choose. `closed`: whom the answer leaves out, each with its reasons.

    `told` counts both in words; "" as long as nothing is asked that can be read.
    """

    form: VisitorSeekForm | None
    contacts: tuple[Contact, ...]
    closed: tuple[Matched, ...] = ()
    told: str = ""

    @property
    def chosen(self) -> list[str]:
        """What was asked, in words: 使いたい日: 令和8年6月10日(水)."""
        return self.form.chosen if self.form and self.told else []


def seek(asked: Mapping[str, Any], listed: Sequence[ListedFacility], ahead: Ahead) -> Sought:
    """`asked` is the address's query. Nothing of it is kept."""
    if not _worth_asking(listed):
        return Sought(None, tuple(contact(item, ahead) for item in listed))
    given = {service.code for item in listed for service in item.services}
    services = [service for service in ahead.terms.services if service.code in given]
    form = VisitorSeekForm(asked or None, listed=listed, services=services, on=ahead.on)
    if not form.narrows or not form.chosen:
        return Sought(form, tuple(contact(item, ahead) for item in listed))
    found = match(listed, form.wanted(form.facts()), ahead.terms)
    fitting = tuple(contact(item.listed, ahead, notes=_notes(item)) for item in found if item.usable)
    closed = tuple(item for item in found if not item.usable)
    return Sought(form, fitting, closed, _told(len(fitting), len(closed)))


def _worth_asking(listed: Sequence[ListedFacility]) -> bool:
    taken = {(place.age_limit and place.age_limit.title, place.multiples, place.siblings) for place in _places(listed)}
    return len(listed) > FEW or len(taken) > 1


def _places(listed: Sequence[ListedFacility]) -> list[engine.Place]:
    return [service.place for item in listed for service in item.services]


def _notes(matched: Matched) -> tuple[str, ...]:
    """What she asks the facility, and which of its services are not for her."""
    ask = [note for item in matched.usable for note in item.notes]
    apart = [
        _("%(service)sは、%(reason)s") % {"service": item.service.short_label, "reason": reason}
        for item in matched.services
        for reason in item.reasons
    ]
    return tuple(dict.fromkeys([*ask, *apart]))


def _told(fitting: int, closed: int) -> str:
    if not fitting:
        return _("いまの条件で使える施設は、ありません。下の理由を見て、条件を変えてください。")
    if not closed:
        return _("%(all)sか所の施設すべてが、いまの条件で使えます。") % {"all": fitting}
    return _("%(all)sか所の施設のうち、いまの条件で使えるのは%(fitting)sか所です。") % {
        "all": fitting + closed,
        "fitting": fitting,
    }
