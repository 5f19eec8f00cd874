"""Months of claims, reckoned: whatever happens between them, every yen is claimed once."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from facilities.month_end import LATE_CANCEL, NO_SHOW, NOTHING, USE, Claim, Earlier, Entry, Ledger, total

JANUARY, FEBRUARY, MARCH, APRIL, MAY = (dt.date(2026, month, 1) for month in (1, 2, 3, 4, 5))
MONTHS = (JANUARY, FEBRUARY, MARCH, APRIL)
yen = st.one_of(st.none(), st.integers(0, 40_000))
claims = st.dictionaries(
    st.integers(1, 6),
    st.tuples(st.sampled_from(MONTHS), st.sampled_from((USE, LATE_CANCEL, NO_SHOW)), yen, yen),
)
sendings = st.lists(st.tuples(claims, st.sampled_from(MONTHS), st.booleans()), max_size=8)
"""What the bookings come to when a month is sent, which one, and whether it is settled before the next is sent."""


def claim_of(booking: int, **changes: object) -> Claim:
    return Claim(**{"booking": booking, "month": JANUARY, "kind": USE, "price": 30_000, "collected": 6_000, **changes})  # type: ignore[arg-type]


def earlier(entry: Entry, line: int, month: dt.date) -> Earlier:
    return Earlier(
        line=line,
        booking=entry.booking,
        month=month,
        corrects=entry.corrects is not None,
        amounts=entry.amounts or NOTHING,
    )


class Books:
    """Months as they are sent one after the other; a returned month is opened again and its lines are gone."""

    def __init__(self) -> None:
        self.lines: list[Earlier] = []
        self.closed: dict[dt.date, bool] = {}
        self.claims: dict[int, Claim] = {}

    @property
    def ledger(self) -> Ledger:
        return Ledger(self.claims, self.lines, self.closed, MAY)

    def send(self, month: dt.date, *, settled: bool) -> None:
        entries = self.ledger.entries(month)
        if month in self.closed or any(entry.amounts is None for entry in entries):
            return
        last = max((line.line for line in self.lines), default=0)
        self.lines += [earlier(entry, last + place, month) for place, entry in enumerate(entries, 1)]
        self.closed[month] = settled

    def change(self, found: dict[int, tuple[dt.date, str, int | None, int | None]]) -> None:
        """The month of what was claimed is not another later: the days of a use that took place stand."""
        kept = {number: row.month for number, row in self.claims.items()}
        self.claims = {
            number: claim_of(number, month=kept.get(number, month), kind=kind, price=price, collected=collected)
            for number, (month, kind, price, collected) in found.items()
        }


@given(sendings)
def test_months__claim_each_booking_once_and_end_at_what_a_fresh_reckoning_gives(
    steps: list[tuple[object, ...]],
) -> None:
    books = Books()
    for found, month, settled in steps:
        books.change(found)  # type: ignore[arg-type]
        books.send(month, settled=bool(settled))  # type: ignore[arg-type]
        for line in books.lines:
            assert line.amounts.public_share + line.amounts.collected == line.amounts.price
    first_lines = [line.booking for line in books.lines if not line.corrects]
    assert len(first_lines) == len(set(first_lines))

    books.closed = dict.fromkeys(books.closed, True)
    for month in (*books.ledger.open_months, MAY):
        books.send(month, settled=True)
    if all(claim.amounts is not None for claim in books.claims.values()):
        claimed = total(line.amounts for line in books.lines)
        assert claimed == total(claim.amounts or NOTHING for claim in books.claims.values())


@given(st.sampled_from((USE, LATE_CANCEL, NO_SHOW)), yen, yen)
def test_claim__is_never_negative_and_never_guessed(kind: str, price: int | None, collected: int | None) -> None:
    amounts = claim_of(1, kind=kind, price=price, collected=collected).amounts
    assert amounts is None or amounts.public_share >= 0
    if kind == USE and (price is None or collected is None):
        assert amounts is None
    if kind != USE and price is None:
        assert amounts == NOTHING


def test_correction__goes_to_the_next_open_month_and_only_once_the_month_is_settled() -> None:
    books = Books()
    books.claims = {1: claim_of(1), 2: claim_of(2, month=MARCH)}
    books.send(JANUARY, settled=False)
    books.claims[1] = claim_of(1, collected=3_000)
    assert not any(entry.corrects for entry in books.ledger.entries(MARCH)), "it may still come back"

    books.closed[JANUARY] = True
    (correction,) = [entry for entry in books.ledger.entries(MARCH) if entry.corrects]
    assert (correction.amounts.price, correction.amounts.public_share) == (0, 3_000)  # type: ignore[union-attr]
    assert books.ledger.entries(APRIL) == []
    books.send(MARCH, settled=False)
    assert books.ledger.entries(APRIL) == []


def test_use__recorded_after_its_month_was_settled_goes_to_the_next_open_one() -> None:
    books = Books()
    books.closed = {JANUARY: True, FEBRUARY: False}
    books.claims = {1: claim_of(1), 2: claim_of(2, month=FEBRUARY)}
    (entry,) = books.ledger.entries(APRIL)
    assert (entry.booking, entry.late) == (1, True)
    assert [claim.booking for claim in books.ledger.overlooked(FEBRUARY)] == [2]


def test_check_in__undone_takes_the_whole_line_back() -> None:
    books = Books()
    books.claims = {1: claim_of(1)}
    books.send(JANUARY, settled=True)
    books.claims = {}
    (entry,) = books.ledger.entries(APRIL)
    assert entry.amounts == NOTHING - claim_of(1).amounts  # type: ignore[operator]
