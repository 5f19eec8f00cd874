"""Until when one may cancel free: to the second, in calendar and in working days, in every programme."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from eligibility.engine import TOKYO, ConsequenceKind, OfficeDays, Unpublished, Use, deadline_of, deadlines_of
from tests.eligibility.engine.cancelled import CUT_OFF, JUNE, SECOND, cancelled, deadline, tier, with_tiers
from tests.eligibility.five import KAWASAKI, KODAIRA, KUMAGAYA, OKAYAMA, ZUSHI, terms_of
from tests.eligibility.kodaira import TERMS, day, stay, visit

NOTHING_CLOSED = OfficeDays((), None)


@pytest.mark.parametrize("use", [stay(JUNE, 2), day(JUNE), visit(JUNE, "supporter_visit")])
def test_deadline_of__is_kept_until_a_second_before_it(use: Use) -> None:
    assert cancelled(use, CUT_OFF - SECOND).kind is ConsequenceKind.IN_TIME
    assert cancelled(use, CUT_OFF).kind is ConsequenceKind.LATE


@pytest.mark.parametrize(
    ("municipality", "last_free", "wording"),
    [
        (KODAIRA, "2026-06-09T15:59:59", "6月9日(火) 16:00 より前"),
        (KUMAGAYA, "2026-06-08T17:00:00", "6月8日(月) 17:00 まで"),
        (KAWASAKI, "2026-06-09T11:59:59", "6月9日(火) 12:00 より前"),
        (ZUSHI, "2026-06-08T16:00:00", "6月8日(月) 16:00 まで"),
    ],
)
def test_deadline_of__every_programme_that_publishes_one(municipality: str, last_free: str, wording: str) -> None:
    terms = terms_of(municipality)
    at = datetime.fromisoformat(last_free).replace(tzinfo=TOKYO)
    use = stay(JUNE, 1)
    found = deadline_of(use, terms)
    assert found.wording == wording
    assert found.kept_by(at)
    assert found.kept_by(at.replace(microsecond=999_999))  # as long as a clock shows that second
    assert not found.kept_by(at + SECOND)
    assert cancelled(use, at, terms).kind is ConsequenceKind.IN_TIME
    assert cancelled(use, at + SECOND, terms).kind is ConsequenceKind.LATE


def test_deadline_of__is_no_moment_where_no_rule_is_published() -> None:
    found = deadline_of(stay(JUNE, 1), terms_of(OKAYAMA))
    assert found.at is None
    assert found.wording == "取り消しのきまりは公表されていません"
    assert found.kept_by(datetime(2030, 1, 1, tzinfo=TOKYO))
    assert deadlines_of(stay(JUNE, 1), terms_of(OKAYAMA)) == ()


def test_deadline_of__needs_words_where_there_is_no_rule() -> None:
    with pytest.raises(ValueError, match="no rule is published"):
        deadline_of(day(JUNE), with_tiers("day_service"))
    words = Unpublished("きまりは公表されていません", "facility")
    unsourced = with_tiers("day_service", unpublished=words)
    assert deadline_of(day(JUNE), unsourced).source == TERMS.service("day_service").cancellation.no_show.source


def test_deadline_of__is_through_the_whole_day_where_no_hour_is_given() -> None:
    midnight = datetime.combine(JUNE, time(), TOKYO)
    assert deadline_of(visit(JUNE), TERMS).wording == "6月9日(火) まで"
    assert cancelled(visit(JUNE), midnight - SECOND).kind is ConsequenceKind.IN_TIME
    assert cancelled(visit(JUNE), midnight).kind is ConsequenceKind.LATE


def test_deadline_of__is_a_moment_in_tokyo_whatever_the_zone_of_the_contact() -> None:
    in_utc = datetime(2026, 6, 9, 7, tzinfo=UTC)  # 16:00 in Tokyo
    assert cancelled(day(JUNE), in_utc).kind is ConsequenceKind.LATE
    assert cancelled(day(JUNE), in_utc - SECOND).kind is ConsequenceKind.IN_TIME
    assert cancelled(day(JUNE), in_utc).findings[0].fact.startswith("6月9日(火) 16:00の連絡は")


@pytest.mark.parametrize(
    ("first_day", "days", "expected"),
    [
        ("2026-05-07", 1, "2026-05-01"),  # Golden Week
        ("2026-05-07", 2, "2026-04-30"),
        ("2026-05-03", 1, "2026-05-01"),
        ("2027-01-04", 1, "2026-12-28"),  # the office closes from 12-29 to 01-03
        ("2027-01-05", 2, "2026-12-28"),
        ("2026-06-10", 1, "2026-06-09"),
        ("2026-09-24", 1, "2026-09-18"),  # 敬老の日, 国民の休日 and 秋分の日
    ],
)
def test_deadline_of__in_working_days(first_day: str, days: int, expected: str) -> None:
    closed = TERMS.service("midwife_visit").closed
    terms = replace(TERMS, office_days=OfficeDays(closed, None))
    terms = with_tiers("day_service", tier(deadline(days, time(12), working=True)), terms=terms)
    at = datetime.combine(date.fromisoformat(expected), time(12), TOKYO)
    assert deadline_of(day(date.fromisoformat(first_day)), terms).at == at


def test_deadlines_of__has_one_for_each_tier_in_order() -> None:
    terms = with_tiers("day_service", tier(deadline(7)), tier(deadline(3, time(17), inclusive=True)), tier(deadline(1)))
    assert [found.wording for found in deadlines_of(day(JUNE), terms)] == [
        "6月3日(水) まで",
        "6月7日(日) 17:00 まで",
        "6月9日(火) まで",
    ]
    assert deadline_of(day(JUNE), terms).wording == "6月3日(水) まで"


def test_deadline_of__is_the_earliest_where_working_days_overtake_calendar_days() -> None:
    terms = with_tiers("day_service", tier(deadline(3)), tier(deadline(1, working=True)))
    terms = replace(terms, office_days=NOTHING_CLOSED)
    after_golden_week = day(date(2026, 5, 7))
    assert [found.wording for found in deadlines_of(after_golden_week, terms)] == ["5月4日(月) まで", "5月1日(金) まで"]
    assert deadline_of(after_golden_week, terms).wording == "5月1日(金) まで"
    assert cancelled(after_golden_week, datetime(2026, 5, 2, 9, tzinfo=TOKYO), terms).kind is ConsequenceKind.LATE
