"""施設をしぼる: the questions that the list of facilities can answer, in the address, saved nowhere."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from eligibility import engine
from facilities.selectors.listed import ListedFacility
from facilities.selectors.matching import BOOKED_BY, Wanted, Way, areas_of, ways_of
from postpartum_portal.shared.forms import ChoiceCards, DadsForm

from .wish import ComingDayField


class SeekForm(DadsForm):
    """Day, siblings, area, way of booking, service: each only where the answers would differ."""

    show_need = False

    def __init__(
        self,
        *args: Any,
        listed: Sequence[ListedFacility],
        services: Sequence[engine.Service],
        after_loss: bool,
        on: dt.date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.fields["day"] = ComingDayField(
            label=_("使いたい日"),
            help_text=_("入力しないと、きょうで調べます。")
            if after_loss
            else _("その日の月齢で調べます。入力しないと、きょうで調べます。"),
            not_before=on,
        )
        if not after_loss and any(said(item) for item in listed):
            self._offer("siblings", _("きょうだいといっしょに行きますか"), [("yes", _("はい"))], _("いいえ"))
        if len(services) > 1:
            self._offer("service", _("種類"), [(item.code, item.label) for item in services])
        areas = areas_of(listed)
        if len(areas) > 1:
            self._offer("area", _("地域"), [(area, area) for area in areas])
        ways = {way for item in listed for way in ways_of(item)}
        if len(ways) > 1:
            self._offer("by", _("予約のしかた"), [(way, str(label)) for way, label in BOOKED_BY.items() if way in ways])

    def wanted(self, facts: engine.Facts) -> Wanted:
        """Of a form that is not sent, nothing but her own facts today; what is wrong in one that is, is left out."""
        self.full_clean()
        asked = self.cleaned_data if self.is_bound else {}
        return Wanted(
            on=asked.get("day") or self.on,
            today=self.on,
            facts=facts,
            service=asked.get("service", ""),
            siblings=asked.get("siblings") == "yes",
            area=asked.get("area", ""),
            by=Way(asked["by"]) if asked.get("by") else None,
        )

    @property
    def narrows(self) -> bool:
        """Whether anything was chosen or typed, so that the questions stand open."""
        return self.is_bound and (bool(self.errors) or any(self.cleaned_data.values()))

    def _offer(self, name: str, label: str, choices: list[tuple[Any, str]], none: str = "") -> None:
        self.fields[name] = forms.ChoiceField(
            label=label,
            choices=[("", none or _("どれでも")), *choices],
            required=False,
            widget=ChoiceCards(layout="three"),
        )


def said(listed: ListedFacility) -> bool:
    """Whether the list tells if siblings may come along."""
    return any(service.place.siblings is not None for service in listed.services)
