"""Moving and shortening by the worked cases: after the deadline, what is given up is cancelled and the rest is kept."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from eligibility.engine import TOKYO, FeeKind, Terms, Unpublished, Use, Yen, cancel
from tests.eligibility.engine.cancelled import CUT_OFF, JUNE, deadline, fee, tier, with_tiers
from tests.eligibility.five import KAWASAKI, KODAIRA, KUMAGAYA, ZUSHI, eligible, terms_of
from tests.eligibility.kodaira import stay

OPEN = "open"
"""Owed, in an amount that nobody has published."""


def at(day: int, clock: str) -> datetime:
    return datetime.combine(date(2026, 6, day), time.fromisoformat(clock), TOKYO)


@pytest.mark.parametrize(
    ("case", "municipality", "service", "days", "kept", "contact", "counted", "owed"),
    [
        ("K9", KODAIRA, "short_stay", 3, 2, at(9, "15:59:59"), {}, 0),
        ("K9", KODAIRA, "short_stay", 3, 2, at(9, "16:00:00"), {"stay_and_day": 1, "stay": 1, "stay_nights": 1}, 0),
        ("K9", KODAIRA, "short_stay", 3, 0, at(9, "16:00:00"), {"stay_and_day": 3, "stay": 3, "stay_nights": 2}, 0),
        ("K12", KODAIRA, "supporter_visit", 1, 0, at(9, "15:59:59"), {}, 0),
        ("K12", KODAIRA, "supporter_visit", 1, 0, at(9, "16:00:00"), {"supporter": 1}, 2000),
        ("W7", KAWASAKI, "short_stay", 3, 2, at(9, "11:59:59"), {}, 0),
        ("W7", KAWASAKI, "short_stay", 3, 2, at(9, "12:00:00"), {}, OPEN),
        ("Z5", ZUSHI, "short_stay", 3, 2, at(8, "16:00:00"), {}, 0),
        ("Z5", ZUSHI, "short_stay", 3, 2, at(8, "16:00:01"), {"all": 1}, OPEN),
        ("G4", KUMAGAYA, "short_stay", 7, 4, at(8, "17:00:00"), {}, 0),
        ("G4", KUMAGAYA, "short_stay", 7, 4, at(8, "17:00:01"), {}, OPEN),
    ],
)
def test_giving_days_up__counts_and_costs_as_the_programme_says(
    case: str,
    municipality: str,
    service: str,
    days: int,
    kept: int,
    contact: datetime,
    counted: dict[str, int],
    owed: int | str,
) -> None:
    """`kept`: how many days from 6月10日 still take place."""
    terms = terms_of(municipality)
    use = _use(service, days)

    given_up = cancel(
        use,
        facts=eligible(terms, birth_date=date(2026, 5, 1)),
        terms=terms,
        contact_at=contact,
        kept=_use(service, kept) if kept else None,
    )

    assert given_up.counted == counted, case
    assert isinstance(given_up.total, Unpublished) if owed == OPEN else given_up.total == owed, case


def test_a_fee_for_each_unit__is_owed_for_those_given_up() -> None:
    assert _owed(fee(FeeKind.PER_UNIT, amount=Yen(1000), amount_multiples=Yen(1000))) == 1000


def test_one_fee_for_the_use__is_owed_whole_for_any_day_given_up() -> None:
    assert _owed(fee(FeeKind.PER_USE, amount=Yen(3000), amount_multiples=Yen(3000))) == 3000


def _owed(owed: object) -> object:
    """What 2泊3日 shortened by a day costs after the deadline, in a Kodaira that asks for this fee."""
    terms: Terms = with_tiers("short_stay", tier(deadline(1, time(16)), owed))  # type: ignore[arg-type]
    use = stay(JUNE, 2)
    facts = eligible(terms, birth_date=date(2026, 3, 15))
    return cancel(
        use, facts=facts, terms=terms, contact_at=CUT_OFF, kept=replace(use, last_day=date(2026, 6, 11))
    ).total


def _use(service: str, days: int) -> Use:
    return Use(service, JUNE, date(2026, 6, 9 + days))
