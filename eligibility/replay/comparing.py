"""The same households under two programmes, and what differs."""

from collections.abc import Iterable, Iterator

from eligibility import engine
from eligibility.replay.cases import PastHousehold
from eligibility.replay.reckoning import Reckoned, offers, period, reckon, verdict
from eligibility.replay.report import ChangedDecision, MovedPeriod, Payment, RefusedUse, Report, Tally

Days = tuple[str, str]


def replay(households: Iterable[PastHousehold], *, old: engine.Terms, new: engine.Terms) -> Report:
    """Reckon every household under both and tell what differs."""
    tally = Tally()
    for household in households:
        before, after = reckon(household, old, old=old), reckon(household, new, old=old)
        tally.households += 1
        tally.bookings += len(household.uses)
        tally.refusals += _newly_refused(household, before, after)
        tally.decisions += _changed_decisions(household, old, new)
        moved = list(_moved_periods(household, old, new))
        tally.moved += bool(moved)
        tally.periods += moved
        _compare_payments(household, before, after, tally)
    return tally.report()


def _newly_refused(household: PastHousehold, before: Reckoned, after: Reckoned) -> Iterator[RefusedUse]:
    """What was refused by the old rules too was granted by somebody, and is no news."""
    for number, finding in after.refusals.items():
        if number not in before.refusals:
            yield RefusedUse(number, household.number, finding.fact, finding.source.text)


def _changed_decisions(household: PastHousehold, old: engine.Terms, new: engine.Terms) -> Iterator[ChangedDecision]:
    for decision in household.decisions:
        before, after = verdict(decision, old), verdict(decision, new)
        if before.verdict is not after.verdict:
            decisive = next(item for item in after.findings if item.decides and item.verdict is after.verdict)
            why = f"{decisive.title}。{decisive.fact}"
            yield ChangedDecision(household.number, before.verdict.label, after.verdict.label, why)


def _moved_periods(household: PastHousehold, old: engine.Terms, new: engine.Terms) -> Iterator[MovedPeriod]:
    """One entry for all services whose days move in the same way."""
    moved: dict[tuple[Days, Days], list[str]] = {}
    for service in old.services:
        if service.code in household.services and offers(new, service.code):
            before = _days(period(service.code, household, old))
            after = _days(period(service.code, household, new))
            if before != after:
                moved.setdefault((before, after), []).append(service.short_label)
    for (before, after), labels in moved.items():
        yield MovedPeriod(household.number, "・".join(labels), before, after)


def _compare_payments(household: PastHousehold, before: Reckoned, after: Reckoned, tally: Tally) -> None:
    """Uses that one side refuses are left out of both sums: they are told by themselves."""
    pairs = [(before.owed[number], after.owed[number]) for number in before.owed.keys() & after.owed.keys()]
    differing = [pair for pair in pairs if pair[0] != pair[1]]
    old_sum, new_sum = (sum(_yen(pair[side]) for pair in pairs) for side in (0, 1))
    if any(isinstance(amount, engine.Unpublished) for pair in differing for amount in pair):
        tally.unknown += 1
        return
    tally.sum_before += old_sum
    tally.sum_after += new_sum
    if old_sum == new_sum:
        tally.same += 1
    else:
        tally.payments.append(Payment(household.number, old_sum, new_sum))


def _days(found: engine.Period) -> Days:
    return (found.first.isoformat() if found.first else "", found.last.isoformat() if found.last else "")


def _yen(amount: engine.Amount) -> int:
    """A number to sum up; what is not published is no part of a sum."""
    return 0 if isinstance(amount, engine.Unpublished) else amount
