"""同じ部屋を使うサービス: which kind comes to use whose places, and which services get their own again."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from facilities.models import Offering
from facilities.selectors.sharing import Room
from postpartum_portal.shared.forms import ChoiceCards, DadsForm, ManyChoiceCards, WholeNumberField

from .places import MOST


class ShareForm(DadsForm):
    """`kind` comes to use the places of `into`."""

    into = forms.ChoiceField(label="どの部屋を使いますか", widget=ChoiceCards)
    kind = forms.ChoiceField(label="いっしょに使うサービス", widget=ChoiceCards)

    def __init__(self, *args: Any, rooms: Sequence[Room], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("into", "kind"):
            field: Any = self.fields[name]
            field.choices = [(room.kind.code, room.kind.label) for room in rooms]
            field.widget.notes = {room.kind.code: room.told for room in rooms}
        self.fields["into"].help_text = "部屋の数、毎週のきまり、予約の締切は、ここで選んだもののまま残ります。"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") and cleaned.get("kind") == cleaned.get("into"):
            self.add_error("kind", ValidationError("部屋とは別のサービスを選んでください。", code="same"))
        return cleaned


class PartForm(DadsForm):
    """`services` of a room get so many `places` of their own on each open day."""

    services = forms.MultipleChoiceField(label="分けるサービス", widget=ManyChoiceCards)
    places = WholeNumberField(
        label="分けたあとの数(1日)",
        lowest=0,
        highest=MOST,
        help_text="今日からの、休みでない日に入れます。日ごとの数は、あとから空きの設定で変えられます。",
    )

    def __init__(self, *args: Any, room: Room, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.room = room
        field: Any = self.fields["services"]
        field.choices = [(str(service.offering.pk), service.label) for service in room.services]

    def clean_services(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["services"]
        if len(chosen) == len(self.room.services):
            raise ValidationError("部屋に残すサービスを、1つ以上選ばずにおいてください。", code="all")
        return chosen

    def offerings(self) -> list[Offering]:
        return [row.offering for row in self.room.services if str(row.offering.pk) in self.cleaned_data["services"]]

    def guests(self) -> Q:
        """Bookings of the chosen services."""
        found = Q(pk__in=())
        for row in self.offerings():
            found |= Q(municipality=row.municipality_id, service=row.service)
        return found

    @property
    def told(self) -> str:
        """The chosen services in words."""
        chosen = {row.pk for row in self.offerings()}
        return "、".join(row.label for row in self.room.services if row.offering.pk in chosen)

    @property
    def stays(self) -> str:
        chosen = {row.pk for row in self.offerings()}
        return "、".join(row.label for row in self.room.services if row.offering.pk not in chosen)
