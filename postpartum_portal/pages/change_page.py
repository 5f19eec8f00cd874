"""What follows from a change, told before it is reported: letters, bookings, prices, the last day of use."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from applications.public import (
    ChangeForm,
    ChangeNotice,
    OnFile,
    Standing,
    in_words,
    told_notices,
    with_class,
    with_move,
)
from eligibility import engine
from facilities.public import Booking, Card, bookings_of, card_of, outside_foreseen, prices_foreseen
from postpartum_portal.shared import wareki

from .moved_back import cancelled_for_a_move

Kind = ChangeNotice.Kind
SEEN_BY_ALL = {Kind.NAME, Kind.PHONE}
"""What every facility sees of a booking; an address is seen by those alone who come to her."""
ON_LETTERS = {Kind.NAME, Kind.ADDRESS}


@dataclass(frozen=True, slots=True)
class MovedPeriod:
    """Services that share a last day, before and after."""

    label: str
    before: engine.Period
    after: engine.Period


@dataclass(frozen=True, slots=True)
class ChangePage:
    """What is told. `outside`: bookings after the move; `touched`: bookings at which the new is seen; `certificate`:
    what has to show the new class, and `proved` the prices once it is accepted.
    """

    before: str
    after: str
    sentences: tuple[str, ...]
    periods: tuple[MovedPeriod, ...] = ()
    outside: tuple[Card, ...] = ()
    touched: tuple[Card, ...] = ()
    prices: tuple[engine.Repriced, ...] = ()
    certificate: str = ""
    proved: tuple[engine.Repriced, ...] = ()

    @property
    def shown(self) -> str:
        """A mark of all that is told, for the form: nothing is reported that was told otherwise."""
        told = [self.before, self.after, *self.sentences]
        told += [str(period.after.last) for period in self.periods]
        told += [card.booking.number for card in (*self.outside, *self.touched)]
        told += [change.sentence for change in (*self.prices, *self.proved)]
        return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A valid form with what its consequences hang on; `standing` is None as long as nothing was granted."""

    form: ChangeForm
    standing: Standing | None
    before: str
    after: str
    now: dt.datetime
    on: dt.date

    @property
    def found(self) -> OnFile:
        return self.form.found

    def coming(self) -> tuple[Card, ...]:
        """Her bookings that may still take place."""
        if self.standing is None:
            return ()
        cards = (card_of(row, self.standing.terms, now=self.now) for row in bookings_of(self.standing.entitlement))
        return tuple(card for card in cards if card.live)


def change_page(form: ChangeForm, standing: Standing | None, *, now: dt.datetime, on: dt.date) -> ChangePage:
    """What a valid form means."""
    kind, found = form.kind, form.found
    before = in_words(kind, found.stands(kind, on=form.effective_on), found.terms)
    asked = _Asked(form, standing, before, in_words(kind, form.values(), found.terms), now, on)
    if kind is Kind.HOUSEHOLD_CLASS:
        return _another_class(asked)
    return _move(asked) if kind is Kind.MOVING_AWAY else _reached_otherwise(asked)


def _reached_otherwise(asked: _Asked) -> ChangePage:
    kind = asked.form.kind
    touched = tuple(card for card in asked.coming() if kind in SEEN_BY_ALL or (kind is Kind.ADDRESS and card.visit))
    return ChangePage(asked.before, asked.after, tuple(_reached(asked, touched)), touched=touched)


def _reached(asked: _Asked, touched: Sequence[Card]) -> Iterator[str]:
    kind, what = asked.form.kind, {"what": asked.form.kind.label}
    if kind in ON_LETTERS:
        yield _("これから出る通知書には、新しい%(what)sを載せます。") % what
        if asked.found.has_letters:
            yield _("もう届いている通知書は、前の%(what)sのまま残ります。") % what
    if kind is Kind.PHONE:
        yield _("これからの電話は、新しい番号にかけます。")
    if kind is Kind.EMERGENCY and not asked.form.values()["emergency_phone"]:
        yield _("緊急連絡先がなくなります。あなたの具合が急に悪くなったとき、センターから電話できる先がありません。")
    elif kind is Kind.EMERGENCY:
        yield _("あなたの具合が急に悪くなったとき、センターが新しい連絡先に電話します。施設には見えません。")
    if touched:
        yield _("次の予約では、新しい%(what)sが予約先に見えます。") % what


def _another_class(asked: _Asked) -> ChangePage:
    code, since, terms = asked.form.values()["household_class"], asked.form.effective_on, asked.found.terms
    named, standing = terms.household_class(code), asked.standing
    changed = with_class(standing, code, since=since) if standing else None
    needed = _certificate(named, changed, terms, day=max(since, asked.on))
    words = {"day": wareki.short(since), "label": named.label, "paper": needed, "standing": terms.classes[0].label}
    return ChangePage(
        asked.before,
        asked.after,
        tuple(text % words for text in _of_prices(asked, needed)),
        prices=prices_foreseen(changed, on=asked.on) if changed else (),
        certificate=needed,
        proved=prices_foreseen(changed, on=asked.on, proved=True) if changed and needed else (),
    )


def _of_prices(asked: _Asked, needed: str) -> Iterator[str]:
    if needed:
        yield _("料金は、%(paper)sをセンターが確かめると、%(day)sから「%(label)s」の額になります。")
        yield _("それまでは「%(standing)s」の料金です。")
        yield _("証明書は、届け出たあとに、続けて出せます。")
    else:
        yield _("%(day)sからの利用は、「%(label)s」の料金になります。")
    if asked.standing and any(row.status == Booking.Status.ATTENDED for row in bookings_of(asked.standing.entitlement)):
        yield _("もう使った日の料金は、変わりません。")


def _certificate(named: engine.HouseholdClass, changed: Standing | None, terms: engine.Terms, *, day: dt.date) -> str:
    """What has yet to show the class for a use on a day; "" where it needs nothing more."""
    certificate = engine.certificate_for(named, day)
    if certificate is None:
        return ""
    if changed and engine.effective_class(changed.facts(day), terms, on=day).code == named.code:
        return ""
    papers = tuple(paper for paper in certificate.documents if not paper.consent) or certificate.documents
    return engine.Certificate(papers, certificate.fiscal_year).label


def _move(asked: _Asked) -> ChangePage:
    day = asked.form.cleaned_data["moves_out_on"]
    moved = with_move(asked.standing, day) if asked.standing else None
    outside = outside_foreseen(moved, on=asked.on) if moved else ()
    periods = _periods(asked.standing, moved, asked.on) if asked.standing and moved else ()
    told = _leaves(asked, day) if day else _stays(asked)
    return ChangePage(asked.before, asked.after, tuple(told), periods=periods, outside=outside)


def _leaves(asked: _Asked, day: dt.date) -> Iterator[str]:
    last = {"day": wareki.full(day)}
    if asked.standing:
        yield _("使える最後の日は%(day)sになり、承認はこの日で終わります。") % last
    else:
        yield _("申請が承認されても、使えるのは%(day)sまでです。") % last
    if coupons := asked.found.terms.coupons:
        left = {"coupons": coupons.label}
        yield _("使わなかった%(coupons)sは、返していただきます。返し方は、下の番号で聞けます。") % left
    yield _("引っ越し先で産後ケアを使うには、引っ越し先の市区町村に申請します。")
    if day >= asked.on:
        yield _("転出しないことになったら、%(day)sまで、この届け出を取り消せます。") % last


def _stays(asked: _Asked) -> Iterator[str]:
    yield _("転出の届け出を取り消します。")
    if asked.standing:
        yield _("使える最後の日は、転出を届け出る前と同じになります。")
        notices = [told.notice for told in told_notices(asked.found.household, asked.found.terms)]
        for card in cancelled_for_a_move(asked.found.birth, notices, now=asked.now):
            yield _("取り消した予約(%(when)s %(facility)s)は、取り消したままです。お金はかかりません。") % {
                "when": card.when,
                "facility": card.booking.facility.name,
            }


def _periods(standing: Standing, moved: Standing, on: dt.date) -> tuple[MovedPeriod, ...]:
    """Of the services that were granted; those with the same days are told once."""
    told: dict[tuple[engine.Period, engine.Period], list[str]] = {}
    for service in standing.terms.services:
        if service.code in standing.services:
            before, after = (
                engine.use_period(service.code, family.facts(on), standing.terms) for family in (standing, moved)
            )
            told.setdefault((before, after), []).append(service.short_label)
    return tuple(MovedPeriod("・".join(labels), before, after) for (before, after), labels in told.items())
