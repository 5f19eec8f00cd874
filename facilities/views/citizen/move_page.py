"""The page that says what other days would cost before it asks: both sides of the deadline, in days and in yen."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from eligibility import engine
from eligibility.engine.wording import money, pool_units, span
from facilities.models import Booking
from facilities.selectors.arrivals import Arrival, arrivals, no_room
from facilities.selectors.cards import host_of
from facilities.selectors.moving import Moving, Shift
from facilities.selectors.notices import TooLate
from facilities.selectors.proposals import Proposal
from facilities.selectors.remaining import Remaining
from facilities.selectors.uses import amount_of, free_lead
from facilities.services.moving import preview_move
from facilities.services.shown import Shown

from .calendar import Calendar, calendar_of
from .cancel_page import Fork, days_told, fork_of, left_of
from .case import Case
from .intent import Intent, intent_of
from .visit_hours import hours_to_move


@dataclass(frozen=True, slots=True)
class MoveIntent(Intent):
    """What she means to move a booking to. `now` is the instant of the contact."""

    moving: Moving

    def too_late(self) -> TooLate:
        """Nothing of the day on which it begins already, nor of days that it holds."""
        use, late = self.moving.rules.use, super(MoveIntent, self).too_late()
        return lambda asked: () if use.first_day <= asked.first_day <= use.last_day else late(asked)

    def arrivals(self, first: dt.date, last: dt.date) -> tuple[Arrival, ...]:
        """Which days between two could be her day of arrival; days that the booking holds are free for it."""
        return arrivals(
            self.offering,
            days=self.length.days,
            between=(first, last),
            refusals=self.with_today(self.moving.refusals(self.now, on=self.on)),
            own=self.moving.own_days,
        )


@dataclass(frozen=True, slots=True)
class Left:
    """A pool, and what is left of it now and once the booking is moved: 5泊, 3泊."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class NewDays:
    """The days she has chosen. `headline` is what giving up the old ones means; `dropped` names those: 3月11日・12日.

    `counted`: 2日分 of them that count as used, or ""; `fork`: both sides of the deadline, None where it does not
    matter; `button`: the deed with its cost.
    """

    shift: Shift
    title: str
    headline: str
    dropped: str
    counted: str
    fork: Fork | None
    shown: Shown
    no_room: str
    left: tuple[Left, ...]
    button: str

    @property
    def possible(self) -> bool:
        return not self.shift.refusals and not self.no_room

    @property
    def proposal(self) -> Proposal:
        return self.shift.proposal

    @property
    def host(self) -> str:
        """Who is paid, in a word."""
        return host_of(self.shift.proposal.service)

    @property
    def free_lead(self) -> str:
        return free_lead(self.shift.proposal.service, self.shift.proposal.terms)

    @property
    def late(self) -> bool:
        return self.shift.consequence.kind is engine.ConsequenceKind.LATE


def move_intent(moving: Moving, said: Mapping[str, Any], *, now: dt.datetime) -> MoveIntent | None:
    """None where there is no day to move to: the period is over."""
    use = moving.rules.use
    asked = {"days": use.days, "month": said.get("day") or use.first_day, **said}
    intent = intent_of(Case(moving.standing, moving.others), moving.offering, asked, now=now)
    if intent is None:
        return None
    return MoveIntent(**{item.name: getattr(intent, item.name) for item in fields(Intent)}, moving=moving)


def new_days(intent: MoveIntent) -> NewDays | None:
    """None as long as no day is chosen.

    Raises:
        HasBegun: the use is under way.
    """
    if intent.day is None:
        return None
    moving, booking = intent.moving, intent.moving.booking
    last = intent.day + dt.timedelta(days=intent.length.days - 1)
    hours = hours_to_move(moving, intent.day)
    hour = booking.arrival if hours is None or booking.arrival in hours else None  # to be chosen anew
    use = replace(moving.rules.use, first_day=intent.day, last_day=last, start_time=hour)
    shift = preview_move(moving, use, contact_at=intent.now)
    shift = replace(shift, refusals=(*shift.refusals, *intent.too_late()(use)))
    rules, consequence = moving.rules_for(use), shift.consequence
    counted = amount_of(shift.counted, booking.service, rules.terms)
    left = left_of(rules.standing, booking, [*moving.others, booking], intent.on)
    told = partial(_side, left, booking.units, shift.units)
    return NewDays(
        shift=shift,
        title=_title(use, shift.proposal.service),
        headline=_headline(shift),
        dropped=days_told(shift.dropped) if shift.dropped else "",
        counted=counted,
        fork=fork_of(rules, consequence, intent.now, side=told, here=_("いま変えると")) if shift.dropped else None,
        shown=Shown.of(consequence),
        no_room="" if shift.refusals else no_room(intent.offering, use, own=moving.own_days),
        left=_left(intent, shift),
        button=_button(booking, shift, counted),
    )


def move_calendar(intent: MoveIntent, chosen: NewDays | None) -> Calendar:
    """The days that are chosen are marked; nobody waits in line for other days of a booking that she has."""
    use = chosen.proposal.use if chosen and chosen.possible else None
    return calendar_of(intent, engine.each_day(use.first_day, use.last_day) if use else (), may_wait=False)


def _title(use: engine.Use, service: engine.Service) -> str:
    """3月20日(金)〜22日(日) 2泊3日"""
    length = engine.length_text(use, service) if use.nights else ""
    return f"{span(use.first_day, use.last_day)} {length}".rstrip()


def _headline(shift: Shift) -> str:
    """What giving up the old days means, in the words of a cancellation: いま変えると、2日分を使ったことになります."""
    if not shift.dropped:
        return _("いまの日はそのままです") if shift.added else _("日はそのままで、時刻だけを変えます")
    effect, money_first = shift.consequence.headline.partition("、")[2], shift.consequence.total and not shift.counted
    lead = _("いま変えると、%(effect)s") if money_first else _("いま変えると、やめる日の%(effect)s")
    return lead % {"effect": effect}


def _side(
    left: Remaining | None, had: Mapping[str, int], takes: Mapping[str, int], consequence: engine.Consequence
) -> str:
    """のこり 2日 and the money, a line each."""
    owed = money(consequence.total)
    if left is None:
        return owed
    after = left.left + had.get(left.pool, 0) - takes.get(left.pool, 0) - consequence.counted.get(left.pool, 0)
    return f"{_('のこり')} {max(0, after)}{left.unit}\n{owed}"


def _left(intent: MoveIntent, shift: Shift) -> tuple[Left, ...]:
    """Every pool that counts the service: with the booking as it is, and moved."""
    standing, after = intent.moving.rules.standing, shift.proposal.plan.left_after
    now = {code: balance.left for code, balance in standing.balances.items()}
    pools = [standing.terms.pool(code) for code in after]
    return tuple(
        Left(pool.label, pool_units(now.get(pool.code, 0), pool), pool_units(after[pool.code], pool)) for pool in pools
    )


def _button(booking: Booking, shift: Shift, counted: str) -> str:
    """The deed with its cost."""
    if booking.status == Booking.Status.REQUESTED:
        return _("申しこみの日を変える")
    if counted:
        deed = _("短くする") if shift.only_shortens else _("変更を申しこむ")
        return _("%(counted)sを使ったことにして%(deed)s") % {"counted": counted, "deed": deed}
    if shift.consequence.total:
        return _("期限を過ぎて短くする") if shift.only_shortens else _("期限を過ぎて変更を申しこむ")
    return _("この日に短くする") if shift.only_shortens else _("変更を申しこむ")
