"""Days and hours of a booking: closed, vaccination, hours, length and duration."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from eligibility.engine import TOKYO, Duration, Length, Use
from eligibility.engine.booking_days import not_begun
from eligibility.engine.wording import weekday_day
from tests.eligibility.engine.planned import MARCH, SOURCE, fact, planned, refusals, with_service
from tests.eligibility.kodaira import TERMS, day, family, stay, visit


@pytest.mark.parametrize(
    ("first", "allowed"),
    [("12-28", True), ("12-29", False), ("12-31", False), ("01-01", False), ("01-03", False), ("01-04", True)],
)
def test_closed__visits_over_the_new_year(first: str, allowed: bool) -> None:
    day_of_visit = date.fromisoformat(f"{2026 if first > '06' else 2027}-{first}")
    facts = family(birth_date=date(2026, 11, 1))
    assert planned(visit(day_of_visit), facts).allowed == allowed
    assert planned(day(day_of_visit), facts).allowed


def test_closed__a_season_within_one_year() -> None:
    holidays = replace(TERMS.service("midwife_visit").closed[0], label="お盆", first=(8, 13), last=(8, 15))
    terms = with_service("midwife_visit", closed=(holidays,))
    facts = family(birth_date=date(2026, 7, 1))
    for number, allowed in ((12, True), (13, False), (15, False), (16, True)):
        assert planned(visit(date(2026, 8, number)), facts, terms, on=date(2026, 8, 1)).allowed == allowed


def test_vaccination__rules_out_visits_only() -> None:
    assert planned(day(MARCH), vaccination_days={MARCH}).allowed
    assert planned(visit(MARCH), vaccination_days={date(2026, 3, 3)}).allowed
    assert not planned(visit(MARCH, "supporter_visit"), vaccination_days={MARCH}).allowed


@pytest.mark.parametrize(
    ("start", "hours", "allowed"),
    [(time(9), 2.0, True), (time(8, 59), 1.0, False), (time(15), 2.0, True), (time(15, 1), 2.0, False)],
)
def test_hours__hold_a_visit_from_its_start_to_its_end(start: time, hours: float, allowed: bool) -> None:
    assert planned(visit(MARCH, start_time=start, hours=hours)).allowed == allowed


def test_not_begun__an_hour_of_the_day_itself_must_lie_ahead() -> None:
    def said(hour: int, minute: int, *, on: date = MARCH) -> list[str]:
        at = datetime.combine(on, time(hour, minute), TOKYO)
        return [item.fact for item in not_begun(visit(MARCH, start_time=time(10)), TERMS.booking, at)]

    assert said(9, 59) == said(23, 0, on=MARCH.replace(day=MARCH.day - 1)) == []
    assert said(10, 0) == [
        f"{weekday_day(MARCH)} 10:00は予約できません。もう過ぎています。あとの時刻か、ほかの日を選んでください。"
    ]
    assert not_begun(day(MARCH), TERMS.booking, datetime.combine(MARCH, time(18), TOKYO)) == []


def test_hours__let_a_stay_arrive_in_the_evening() -> None:
    assert planned(replace(stay(MARCH, 1), start_time=time(19))).allowed
    late = planned(replace(day(MARCH), start_time=time(16)))
    assert refusals(late) == {
        "hours": "16:00からは予約できません。日帰り型の時間は10:00〜16:00です。この中の時刻を選んでください。"
    }


@pytest.mark.parametrize(
    ("opens", "closes", "start", "allowed"),
    [
        (None, None, time(3), True),
        (time(10), None, time(23), True),
        (time(10), None, time(9, 59), False),
        (None, time(16), time(3), True),
        (None, time(16), time(16), False),
    ],
)
def test_hours__are_judged_as_far_as_the_file_sets_them(
    opens: time | None, closes: time | None, start: time, allowed: bool
) -> None:
    own = replace(TERMS.service("day_service").hours, opens=opens, closes=closes, text="施設ごとに違います")
    plan = planned(replace(day(MARCH), start_time=start), terms=with_service("day_service", hours=own))
    assert plan.allowed == allowed
    titles = [finding.title for finding in plan.findings if finding.code == "hours"]
    assert titles == ([] if opens is closes is None else ["施設ごとに違います"])


@pytest.mark.parametrize(("start", "asked"), [(time(10), False), (time(9, 59), True), (time(16), True)])
def test_hours__of_principle_are_asked_about_outside(start: time, asked: bool) -> None:
    own = replace(TERMS.service("day_service").hours, principle=True, text="10:00〜16:00(原則)")
    plan = planned(replace(day(MARCH), start_time=start), terms=with_service("day_service", hours=own))
    assert plan.allowed
    assert [finding.code for finding in plan.asks] == (["hours"] if asked else [])


def test_hours__of_principle_name_who_settles_them() -> None:
    at_eight = time(8)
    own = replace(TERMS.service("day_service").hours, principle=True, text="10:00〜16:00(原則)")
    plan = planned(replace(day(MARCH), start_time=at_eight), terms=with_service("day_service", hours=own))
    assert fact(plan, "hours") == (
        "8:00からは、原則の時間の外です。日帰り型の時間は10:00〜16:00(原則)です。使えるかどうかは、施設に確かめます。"
    )
    visits = replace(TERMS.service("midwife_visit").hours, principle=True)
    by_centre = planned(visit(MARCH, start_time=at_eight, hours=1.5), terms=with_service("midwife_visit", hours=visits))
    assert fact(by_centre, "hours").startswith("8:00から1.5時間は、原則の時間の外です。")
    assert fact(by_centre, "hours").endswith("使えるかどうかは、センターに確かめます。")


@pytest.mark.parametrize("principle", [True, False])
@pytest.mark.parametrize(
    ("start", "children", "asked"), [(time(15), 1, False), (time(15, 1), 1, True), (time(15), 2, True)]
)
def test_hours__of_no_agreed_length_are_asked_about_where_the_longest_would_run_over(
    start: time, children: int, principle: bool, asked: bool
) -> None:
    own = replace(TERMS.service("midwife_visit").hours, principle=principle)
    plan = planned(visit(MARCH, start_time=start), family(children=children), with_service("midwife_visit", hours=own))
    assert plan.allowed
    assert [finding.code for finding in plan.asks] == (["hours"] if asked else [])


def test_hours__of_no_agreed_length_name_the_longest_and_its_end() -> None:
    assert fact(planned(visit(MARCH, start_time=time(15, 30))), "hours") == (
        "15:30からだと、いちばん長い2時間のとき17:30までになり、17:00を過ぎます。"
        "助産師による訪問の時間は9:00〜17:00です。使えるかどうかは、センターに確かめます。"
    )


def test_duration__in_whole_hours() -> None:
    assert refusals(planned(visit(MARCH, hours=2.5))) == {
        "duration": "2.5時間は予約できません。助産師による訪問は1回2時間までで、"
        "2.5時間 > 2時間 です。2時間以内なら予約できます。"
    }
    assert planned(visit(MARCH, hours=3.0), family(children=2)).allowed
    assert not planned(visit(MARCH, "supporter_visit", hours=3.0), family(children=2)).allowed


def test_duration__in_minutes() -> None:
    terms = with_service("midwife_visit", duration=Duration(90, 90, SOURCE))
    assert fact(planned(visit(MARCH, hours=1.5), terms=terms), "duration") == "90分です。"
    assert refusals(planned(visit(MARCH, hours=2), terms=terms)) == {
        "duration": "120分は予約できません。助産師による訪問は1回90分までで、"
        "120分 > 90分 です。90分以内なら予約できます。"
    }


def test_shape__a_stay_has_a_night_and_a_visit_is_one_day() -> None:
    assert "shape" in refusals(planned(Use("short_stay", MARCH, MARCH)))
    assert "shape" in refusals(planned(Use("midwife_visit", MARCH, date(2026, 3, 3))))


@pytest.mark.parametrize(
    ("nights", "length", "said"),
    [
        (1, Length(3, 5, SOURCE), "1泊2日は予約できません。宿泊型は2泊3日から4泊5日までです。"),
        (5, Length(3, 5, SOURCE), "5泊6日は予約できません。宿泊型は2泊3日から4泊5日までです。"),
        (2, Length(3, 5, SOURCE), "2泊3日です。"),
        (4, Length(3, 5, SOURCE), "4泊5日です。"),
        (5, Length(3, None, SOURCE), "5泊6日です。"),
        (1, Length(3, None, SOURCE), "1泊2日は予約できません。宿泊型は2泊3日からです。"),
        (2, Length(2, 2, SOURCE), "2泊3日は予約できません。宿泊型は1回1泊2日です。"),
    ],
)
def test_length__lies_between_the_shortest_and_the_longest(nights: int, length: Length, said: str) -> None:
    plan = planned(stay(MARCH, nights), terms=with_service("short_stay", length=length))
    assert fact(plan, "length").startswith(said)
    assert plan.allowed == ("予約できません" not in said)


def test_length__of_days_is_said_in_days() -> None:
    terms = with_service("day_service", length=Length(1, 2, SOURCE))
    plan = planned(Use("day_service", MARCH, date(2026, 3, 4)), terms=terms)
    assert refusals(plan) == {
        "length": "3日は予約できません。日帰り型は1日から2日までです。最後の日を選びなおしてください。"
    }
