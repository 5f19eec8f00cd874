"""Trails as files, offered on the page of the one whose trail it is."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db.models import QuerySet

from applications.public import household_with_case
from postpartum_portal.accounts.models import Membership, User
from postpartum_portal.shared.exports import Column, Table, register_table, span_of
from postpartum_portal.shared.models import Event, Export

from .staff_words import KINDS, said
from .trail import BY_ITSELF, of_account, of_person

PERSON, ACCOUNT = "person_trail", "account_trail"


def _person_rows(export: Export) -> QuerySet[Event]:
    household = household_with_case(export.narrowed["about"])
    return of_person(household, span_of(export), "") if household else Event.objects.none()


def _account_rows(export: Export) -> QuerySet[Event]:
    member = Membership.objects.filter(pk=export.narrowed["about"], municipality=export.municipality_id).first()
    return of_account(member.user_id, export.municipality_id, span_of(export), "") if member else Event.objects.none()


def _columns(export: Export) -> Iterable[Column]:
    """Whom a row is about stands as its number, as in the log itself; on the page it has a name."""
    name_of = cache(_name_of)
    return (
        Column("日時", lambda event: event.at),
        Column("だれが", lambda event: name_of(event.actor_id)),
        Column("何を", lambda event: said(event.verb)),
        Column("記録の名前", lambda event: event.verb),
        Column("種類", lambda event: KINDS.get(event.subject_kind, event.subject_kind)),
        Column("番号", lambda event: event.subject_id),
        Column("本人(番号)", lambda event: event.citizen_id),
        Column("施設(番号)", lambda event: event.facility_id),
    )


def _name_of(user_id: int | None) -> str:
    if user_id is None:
        return BY_ITSELF
    user = User.objects.filter(pk=user_id).first()
    return str(user) if user else f"利用者{user_id}"


def _register(code: str, title: str, rows: Any) -> None:
    register_table(Table(code, title, "", columns=_columns, rows=rows, personal=False, listed=False))


_register(PERSON, "この方を見た人", _person_rows)
_register(ACCOUNT, "この職員がしたこと", _account_rows)
