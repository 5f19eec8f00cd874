"""Writing down what she says on the phone. Each page saves by itself, and two colleagues may be writing at once."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from applications.models import Application, Hearing, HearingEntry
from applications.selectors.handed_in import handed_in
from applications.selectors.hearing import OWN_FIELDS, asked_codes, stands
from applications.services.screening import SCREEN, open_application, start
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events
from postpartum_portal.shared.lifecycle import authorise
from postpartum_portal.shared.tenancy import same_tenant

BLANK = {"consent": False, "note": "", "grounds": ""}
"""How the columns stand before anybody writes."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What stands now. `others`: answers of colleagues that this page does not show; its own to them was set aside."""

    hearing: Hearing
    others: tuple[HearingEntry, ...]


def save_hearing(
    application: Application,
    answers: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    page: str = "",
    stood: Mapping[str, Any] | None = None,
) -> Saved:
    """Keep what she has said so far. A second equal save is none.

    `answers` may name `consent`, `note`, `grounds`, the questions of the programme and, where it asks for the handbook,
    the day that was given (`handbook_on`); anything else in it is left alone.

    `page` names the browser page that saves, `stood` how the answers stood when it was opened. What a colleague has
    written since is never written over: an answer that this page left as it stood gives way, another one is set aside.
    Without `stood` the page is taken to have seen everything.

    Raises:
        PermissionDenied: not the work of this person.
        NotOpen: the application is decided or withdrawn.
    """
    authorise(by, SCREEN, application)
    with transaction.atomic():
        row = open_application(application)
        hearing, created = Hearing.objects.get_or_create(
            application=row, defaults={**same_tenant(row), "by": by, "at": at}
        )
        known = {*OWN_FIELDS, *asked_codes(row, handed_in(row).terms)}
        merged = _merge(hearing, {code: _storable(code, answers[code]) for code in known & answers.keys()}, page, stood)

        _put_aside(hearing, merged.aside, page, by=by, at=at)
        if merged.written or created:
            _write(hearing, merged.written, page, by=by, at=at)
            start(row, by)
            events.record("hearing.saved", row, at=at, by_id=by.pk, fields=sorted(merged.written))
    return Saved(hearing, tuple(merged.others))


def choose_answer(application: Application, entry_id: int, *, use: bool, by: User, at: dt.datetime) -> Hearing:
    """Settle which of two different answers stands: the one set aside (`use`), or the other one.

    Raises:
        PermissionDenied: not the work of this person.
        NotOpen: the application is decided or withdrawn.
        NothingAside: it was settled meanwhile.
    """
    authorise(by, SCREEN, application)
    with transaction.atomic():
        row = open_application(application)
        entry = HearingEntry.objects.filter(pk=entry_id, hearing__application=row, set_aside=True).first()
        if entry is None:
            raise NothingAside
        hearing = Hearing.objects.get(application=row)
        if use:
            _write(hearing, {entry.code: entry.answer}, entry.page, by=by, at=at)
        entry.delete()
        events.record("hearing.settled", row, at=at, by_id=by.pk, field=entry.code, used=use)
    return hearing


class NothingAside(Exception):
    """A colleague has chosen between the two answers already."""


@dataclass(slots=True)
class _Merged:
    written: dict[str, Any] = field(default_factory=dict)
    aside: dict[str, Any] = field(default_factory=dict)
    others: list[HearingEntry] = field(default_factory=list)


def _merge(hearing: Hearing, said: Mapping[str, Any], page: str, stood: Mapping[str, Any] | None) -> _Merged:
    """Which answers of this page are written, and which meet a colleague's that the page has not seen."""
    merged = _Merged()
    rows = HearingEntry.objects.filter(hearing=hearing, set_aside=False).select_related("by")
    latest = {entry.code: entry for entry in rows}
    for code, answer in said.items():
        now, entry = stands(hearing, code), latest.get(code)
        if answer == now:
            continue
        before = now if stood is None else stood.get(code, BLANK.get(code))
        if entry is None or entry.page == page or now == before:
            merged.written[code] = answer
            continue
        merged.others.append(entry)
        if answer != before:
            merged.aside[code] = answer
    return merged


def _write(hearing: Hearing, answers: Mapping[str, Any], page: str, *, by: User, at: dt.datetime) -> None:
    """Let these answers stand. While one page goes on writing, its answer stays one entry."""
    for code, answer in answers.items():
        if code in OWN_FIELDS:
            setattr(hearing, code, answer)
    told = {code: answer for code, answer in answers.items() if code not in OWN_FIELDS}
    hearing.told, hearing.by, hearing.at = {**hearing.told, **told}, by, at
    hearing.save(update_fields=[*OWN_FIELDS, "told", "by", "at"])
    HearingEntry.objects.filter(hearing=hearing, code__in=answers, page=page).delete()
    _enter(hearing, answers, page, by=by, at=at, set_aside=False)


def _put_aside(hearing: Hearing, answers: Mapping[str, Any], page: str, *, by: User, at: dt.datetime) -> None:
    """What this page holds against a colleague's answer; what it holds no longer goes."""
    rows = {entry.code: entry for entry in HearingEntry.objects.filter(hearing=hearing, page=page, set_aside=True)}
    gone = [row.pk for code, row in rows.items() if answers.get(code) != row.answer]
    HearingEntry.objects.filter(pk__in=gone).delete()
    fresh = {code: answer for code, answer in answers.items() if code not in rows or rows[code].answer != answer}
    _enter(hearing, fresh, page, by=by, at=at, set_aside=True)


def _enter(
    hearing: Hearing, answers: Mapping[str, Any], page: str, *, by: User, at: dt.datetime, set_aside: bool
) -> None:
    HearingEntry.objects.bulk_create(
        HearingEntry(
            **same_tenant(hearing),
            hearing=hearing,
            code=code,
            answer=answer,
            page=page,
            set_aside=set_aside,
            by=by,
            at=at,
        )
        for code, answer in answers.items()
    )


def _storable(code: str, answer: dt.date | str | int | bool | None) -> str | int | bool | None:
    """As JSON holds it; of a question that was not answered, nothing."""
    if isinstance(answer, dt.date):
        return answer.isoformat()
    return None if answer == "" and code not in OWN_FIELDS else answer
