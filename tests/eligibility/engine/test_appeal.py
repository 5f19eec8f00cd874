"""Until when a decision may be contested: month ends, the years that cap it, closed offices."""

from datetime import date, timedelta

import pytest

from eligibility.engine import Appeal, AppealTerm, OfficeDays, appeal_terms
from tests.eligibility.engine.walking import walked_last_day

APPEAL = Appeal(addressee="市長", review_months=3, lawsuit_months=6, final_years=1, paragraphs=())
WEEKDAYS = OfficeDays((), None)


def terms_of(decided_on: str, known_on: str | None) -> tuple[AppealTerm, AppealTerm]:
    known = date.fromisoformat(known_on) if known_on else None
    return appeal_terms(APPEAL, decided_on=date.fromisoformat(decided_on), known_on=known, office_days=WEEKDAYS)


@pytest.mark.parametrize(
    ("known_on", "review", "lawsuit", "arithmetic"),
    [
        ("2026-03-10", "2026-06-10", "2026-09-10", "知った日 3月10日の翌日(3月11日)から3か月 → 6月11日(木)の前日"),
        (
            "2025-11-28",
            "2026-02-28",
            "2026-05-28",
            "知った日 11月28日の翌日(11月29日)から3か月 → 2月に29日がないので2月28日",
        ),
        (
            "2025-11-29",
            "2026-02-28",
            "2026-05-29",
            "知った日 11月29日の翌日(11月30日)から3か月 → 2月に30日がないので2月28日",
        ),
        (
            "2025-11-30",
            "2026-02-28",
            "2026-05-31",
            "知った日 11月30日の翌日(12月1日)から3か月 → 令和8年3月1日(日)の前日",
        ),
        (
            "2026-01-30",
            "2026-04-30",
            "2026-07-30",
            "知った日 1月30日の翌日(1月31日)から3か月 → 4月に31日がないので4月30日",
        ),
        ("2026-01-31", "2026-04-30", "2026-07-31", "知った日 1月31日の翌日(2月1日)から3か月 → 5月1日(金)の前日"),
        (
            "2023-11-28",
            "2024-02-28",
            "2024-05-28",
            "知った日 11月28日の翌日(11月29日)から3か月 → 令和6年2月29日(木)の前日",
        ),
    ],
)
def test_appeal_terms__end_before_the_corresponding_day_or_with_a_short_month(
    known_on: str, review: str, lawsuit: str, arithmetic: str
) -> None:
    first, second = terms_of(known_on, known_on)
    assert (first.way, first.last.isoformat(), first.arithmetic) == ("審査請求", review, arithmetic)
    assert (second.way, second.last.isoformat()) == ("取消しの訴え", lawsuit)
    day_after = date.fromisoformat(known_on) + timedelta(days=1)
    assert [first.last, second.last] == [walked_last_day(day_after, 3), walked_last_day(day_after, 6)]


def test_appeal_terms__are_over_a_year_after_the_decision_whenever_she_read_it() -> None:
    late = terms_of("2026-03-10", "2026-12-20")
    assert [term.last for term in late] == [date(2027, 3, 10), date(2027, 3, 10)]
    assert late[0].arithmetic == "決定 3月10日の翌日(3月11日)から1年 → 令和9年3月11日(木)の前日"
    unread = terms_of("2026-03-10", None)
    assert [(term.last, term.begun) for term in unread] == [(date(2027, 3, 10), False)] * 2


def test_appeal_term__tells_the_days_to_go_and_the_next_open_day() -> None:
    review, _ = terms_of("2026-03-13", "2026-03-13")
    assert (review.last, review.open_day) == (date(2026, 6, 13), date(2026, 6, 15))  # a Saturday, a Monday
    assert [review.days_left(date(2026, 6, day)) for day in (12, 13, 14)] == [1, 0, 0]
    assert [review.is_over(date(2026, 6, day)) for day in (13, 15, 16)] == [False, False, True]
