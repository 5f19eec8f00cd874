"""Past cases under a draft. Every number is reckoned by hand from Kodaira's page and the change that the test makes."""

import datetime as dt
from itertools import count

import pytest

from eligibility import engine
from eligibility.programmes import load_programme
from eligibility.replay import PastDecision, PastHousehold, PastUse, Report, replay
from tests.eligibility.kodaira import FILE, TERMS, day, family, stay, visit

TEXT = FILE.read_text(encoding="utf-8")
ALL = frozenset(service.code for service in TERMS.services)
MARCH = dt.date(2026, 3, 1)
NIGHT = ("amount: 5000", "amount: 4500")
DAY = ("amount: 2000\n      source: 日帰り型", "amount: 2500\n      source: 日帰り型")
TOTAL = ("    unit: days\n    limit: 7\n", "    unit: days\n    limit: 6\n")
AGE = ("  under: 4\n", "  under: 3\n")
numbers = count(1)


def draft(*replacements: tuple[str, str]) -> engine.Terms:
    text = TEXT
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new, 1)
    return load_programme(text).terms


def booked(use: engine.Use, **known: object) -> PastUse:
    """A booking asked for on 1 March."""
    number = next(numbers)
    return PastUse(f"B{number}", engine.Use(**{**_fields(use), "number": number}), MARCH, **known)  # type: ignore[arg-type]


def _fields(use: engine.Use) -> dict[str, object]:
    return {name: getattr(use, name) for name in engine.Use.__dataclass_fields__}


def mother(*uses: PastUse, number: str = "R7-0001", **known: object) -> PastHousehold:
    facts = known.pop("facts", family())
    return PastHousehold(number, facts, services=ALL, uses=uses, **known)  # type: ignore[arg-type]


def run(*households: PastHousehold, new: engine.Terms) -> Report:
    return replay(households, old=TERMS, new=new)


def on(month: int, number: int) -> dt.date:
    return dt.date(2026, month, number)


def exempt() -> engine.Facts:
    proofs = frozenset({engine.Proof("tax_exemption_certificate")})
    return family(household_class="tax_exempt", proofs=proofs)


def test_prices__are_compared_mother_by_mother() -> None:
    report = run(
        mother(booked(stay(on(3, 10), 2)), booked(day(on(3, 20))), number="R7-0001"),  # 12,000 → 9,000 + 2,500
        mother(booked(day(on(3, 10))), booked(day(on(3, 12))), number="R7-0002"),  # 4,000 → 5,000
        mother(booked(stay(on(3, 10), 1)), number="R7-0003", facts=exempt()),  # nothing, twice
        mother(number="R7-0004"),
        new=draft(NIGHT, DAY),
    )
    assert (report.households, report.bookings) == (4, 5)
    assert (report.cheaper, report.dearer, report.same, report.unknown) == (1, 1, 2, 0)
    assert (report.sum_before, report.sum_after) == (16_000, 16_500)
    assert [(row.case, row.before, row.after) for row in report.payments] == [
        ("R7-0001", 12_000, 11_500),
        ("R7-0002", 4_000, 5_000),
    ]
    assert (report.refused, report.changed, report.moved) == (0, 0, 0)


def test_the_same_rules__change_nothing() -> None:
    uses = (booked(stay(on(3, 10), 3)), booked(day(on(3, 20))), booked(visit(on(3, 25))))
    report = run(mother(*uses, decisions=(PastDecision(family(), on(3, 1)),)), new=draft())
    assert (report.same, report.cheaper, report.dearer) == (1, 0, 0)
    assert (report.payments, report.refusals, report.decisions, report.periods) == ((), (), (), ())


def test_a_smaller_limit__refuses_the_booking_that_came_last_with_its_reason() -> None:
    uses = [booked(stay(on(3, 10), 3)), *(booked(day(on(3, 20 + number))) for number in range(3))]  # 4 + 3 days
    report = run(mother(*uses), new=draft(TOTAL))
    (refused,) = report.refusals
    assert (refused.booking, refused.case) == (uses[-1].number, "R7-0001")
    assert "6日 + 1日 = 7日 > 6日" in refused.why
    assert refused.sentence.startswith("(注)分割して利用可能。")
    assert (report.refused, report.same, report.sum_before) == (1, 1, 15_000 + 4_000)


def test_a_refused_booking__leaves_its_units_to_those_after_it() -> None:
    uses = [booked(stay(on(3, 10), 3)), booked(stay(on(3, 20), 1)), booked(day(on(3, 25)))]  # 4 + 2 + 1 of 7, now 5
    report = run(mother(*uses), new=draft((TOTAL[0], TOTAL[1].replace("6", "5"))))
    assert [row.booking for row in report.refusals] == [uses[1].number]


def test_what_was_beyond_the_old_rules_too__is_no_news() -> None:
    uses = [booked(stay(on(3, 10), 4)), booked(stay(on(3, 20), 2))]  # 6 > 5 nights already
    assert run(mother(*uses), new=draft(NIGHT)).refusals == ()


def test_what_was_granted_beyond_the_principle__stays_granted_beyond_it() -> None:
    """The decider gave 7 days and 6 nights instead of 6 and 5; under a principle of 5 and 4 that is 6 and 5."""
    granted = {"stay_and_day": 7, "stay": 7, "stay_nights": 6, "day": 5}
    tighter = draft(
        (
            "unit: days\n    limit: 6\n    principle: true\n    extended_limit: 7",
            "unit: days\n    limit: 5\n    principle: true\n    extended_limit: 7",
        ),
        ("unit: nights\n    limit: 5\n", "unit: nights\n    limit: 4\n"),
    )
    six_days, seven_days = booked(stay(on(3, 10), 5)), booked(stay(on(3, 10), 6))
    assert run(mother(six_days, limits=granted), new=tighter).refused == 0
    assert run(mother(seven_days, limits=granted), new=tighter).refused == 1
    assert run(mother(six_days), new=tighter).refused == 1


def test_a_lower_age__moves_the_last_day_and_refuses_what_lies_beyond() -> None:
    early, late = booked(day(on(4, 10))), booked(day(on(4, 20)))
    report = run(mother(early, late), new=draft(AGE))
    (moved,) = report.periods
    assert (moved.before, moved.after) == (("2026-01-15", "2026-05-14"), ("2026-01-15", "2026-04-14"))
    assert moved.services == "宿泊型・日帰り型・助産師の訪問・サポーターの訪問"
    assert [row.booking for row in report.refusals] == [late.number]
    assert (report.moved, report.refused, report.same) == (1, 1, 1)


def test_a_decision__is_judged_again_on_its_own_facts_and_day() -> None:
    """Three months and a half old when it was decided: met under 4 months, not under 3."""
    decided = PastDecision(family(), on(5, 1))
    report = run(mother(decisions=(decided,)), new=draft(AGE))
    (changed,) = report.decisions
    assert (changed.before, changed.after) == ("満たしています", "満たしていません")
    assert "4月14日(火)" in changed.why
    assert run(mother(decisions=(PastDecision(family(), on(4, 1)),)), new=draft(AGE)).changed == 0


def test_an_amount_that_is_not_published__cannot_be_compared_until_it_is_entered() -> None:
    unpublished = draft(("amount: 5000", "amount: {unpublished: 施設が決めた額, who_knows: facility}"))
    night = stay(on(3, 10), 1)
    report = run(mother(booked(night)), mother(booked(day(on(3, 10)))), new=unpublished)
    assert (report.unknown, report.same, report.cheaper) == (1, 1, 0)
    assert (report.sum_before, report.sum_after) == (2_000, 2_000)

    entered = engine.Place(entered=(engine.Entered("short_stay.price", engine.Yen(4_000)),))
    report = run(mother(booked(night, place=entered)), new=unpublished)
    assert [(row.before, row.after) for row in report.payments] == [(5_000, 4_000)]


def test_a_late_cancellation__costs_what_the_draft_says() -> None:
    """The supporter was called after 16:00 of the day before: 2,000 yen by the page, 3,000 by the draft."""
    contact = dt.datetime(2026, 3, 9, 16, 0, tzinfo=engine.TOKYO)
    counted = visit(on(3, 10), "supporter_visit", status=engine.UseStatus.COUNTED)
    in_time = visit(on(3, 12), "supporter_visit", status=engine.UseStatus.RELEASED)
    start = TEXT.index("  - code: supporter_visit\n")
    dearer = TEXT[:start] + TEXT[start:].replace("amount: 2000", "amount: 3000")  # late, and not coming at all
    report = run(
        mother(booked(counted, contact_at=contact), booked(in_time, contact_at=contact)),
        new=load_programme(dearer).terms,
    )
    assert [(row.before, row.after) for row in report.payments] == [(2_000, 3_000)]


def test_not_coming__costs_what_the_draft_says() -> None:
    absent = visit(on(3, 10), status=engine.UseStatus.RELEASED)
    report = run(mother(booked(absent, not_attended=True)), new=draft(("amount: 9000", "amount: 8000")))
    assert [(row.before, row.after) for row in report.payments] == [(9_000, 8_000)]


def test_a_service_that_is_gone__refuses_its_bookings() -> None:
    start, end = TEXT.index("  - code: midwife_visit\n"), TEXT.index("  - code: supporter_visit\n")
    pool = TEXT.index("  - code: midwife\n")
    text = TEXT[:start] + TEXT[end:pool] + TEXT[TEXT.index("  - code: supporter\n", pool) :]
    text = text.replace("day_service, midwife_visit, supporter_visit", "day_service, supporter_visit")
    gone = booked(visit(on(3, 10)))
    report = run(
        mother(gone, booked(day(on(3, 12)))), new=load_programme(text.partition("\nexamples:")[0] + "\n").terms
    )
    assert [(row.booking, row.why) for row in report.refusals] == [(gone.number, "この種類は、案にありません。")]
    assert (report.same, report.sum_before) == (1, 2_000)


def test_a_class_that_is_gone__counts_as_the_first() -> None:
    text = TEXT.replace("code: tax_exempt\n", "code: non_taxed\n").replace("[tax_exempt,", "[non_taxed,")
    without = load_programme(text.partition("\nexamples:")[0] + "\n").terms
    report = run(mother(booked(stay(on(3, 10), 1)), facts=exempt()), new=without)
    assert [(row.before, row.after) for row in report.payments] == [(0, 5_000)]


@pytest.mark.parametrize("many", [0, 250])
def test_lists__keep_their_first_entries_and_numbers_count_all(many: int) -> None:
    report = run(
        *(mother(booked(stay(on(3, 10), 1)), number=f"R7-{number}") for number in range(many)), new=draft(NIGHT)
    )
    assert (report.households, report.cheaper, len(report.payments)) == (many, many, min(many, 200))
