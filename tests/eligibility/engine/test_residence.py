"""Moving away: every period ends with that day at the latest, and a booking beyond it is refused for it."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from eligibility.engine import Facts, Verdict, assess, differences, plan_use, standard_grant, use_period
from tests.eligibility.engine.planned import MARCH, ON, fact, planned, refusals
from tests.eligibility.engine.test_properties import BORN, DAYS, PROGRAMMES, SERVICES, households, uses
from tests.eligibility.kodaira import TERMS, day, family, stay

OUT = date(2026, 3, 10)
MOVING = family(moves_out_on=OUT)


def test_use_period__ends_with_the_move_and_says_so() -> None:
    period = use_period("short_stay", MOVING, TERMS)
    assert (period.first, period.last) == (date(2026, 1, 15), OUT)
    assert period.arithmetic == "転出の日が3月10日なので、その日まで"
    assert "住民登録" in period.source.text
    assert period.source.reading


def test_use_period__is_what_it_was_where_the_move_comes_later() -> None:
    later = replace(MOVING, moves_out_on=date(2026, 5, 14))
    assert use_period("short_stay", later, TERMS) == use_period("short_stay", family(), TERMS)
    assert use_period("short_stay", Facts(moves_out_on=OUT), TERMS).last is None


def test_booking__is_refused_for_a_day_after_the_move_only() -> None:
    assert planned(stay(date(2026, 3, 9), 1), MOVING).allowed
    refused = refusals(planned(stay(date(2026, 3, 9), 2), MOVING))
    assert refused == {
        "moving_away": (
            "3月9日(月)〜11日(水)は予約できません。3月10日(火)に転出するので、使える最後の日は3月10日(火)です。"
            "3月10日(火)までの日を選んでください。転出の日が変わったときは、届け出てください。"
        )
    }


def test_booking__beyond_the_age_is_refused_for_the_age_where_that_ends_first() -> None:
    later = replace(MOVING, moves_out_on=date(2026, 5, 20))
    assert set(refusals(planned(day(date(2026, 5, 18)), later))) == {"period"}
    assert "moving_away" not in {finding.code for finding in planned(day(MARCH), MOVING).findings}


def test_differences__tell_what_a_move_ends_earlier() -> None:
    moved = differences(family(), MOVING, TERMS)
    assert {item.code for item in moved} == {service.code for service in TERMS.services}
    assert {item.after.last for item in moved} == {OUT}  # type: ignore[union-attr]


def test_assessment__judges_the_move_and_shortens_each_outlook() -> None:
    ahead = assess(MOVING, TERMS, on=ON)
    assert ahead.finding("moving_away").verdict is Verdict.MET
    assert ahead.finding("moving_away").fact == "転出の日は3月10日(火)です。使える最後の日も、この日です。"
    assert {outlook.period.last for outlook in ahead.services} == {OUT}
    gone = assess(MOVING, TERMS, on=date(2026, 3, 11))
    assert gone.finding("moving_away").verdict is Verdict.UNMET
    assert gone.verdict is Verdict.UNMET


def test_source__is_the_rule_on_applying_where_no_residence_is_asked() -> None:
    terms = replace(TERMS, requirements=())
    assert use_period("short_stay", MOVING, terms).source.text == use_period("short_stay", family(), terms).source.text
    assert assess(MOVING, terms, on=ON).finding("moving_away").source.text == terms.application.source.text
    assert fact(planned(day(date(2026, 3, 12)), MOVING, terms), "moving_away").startswith(
        "3月12日(木)は予約できません。"
    )


@given(st.data(), st.sampled_from(SERVICES), DAYS)
def test_move__only_ever_takes_away_the_days_after_it(data: st.DataObject, service: tuple[str, str], out: date) -> None:
    """For any family, programme and use: the earlier end holds, and what lies before the move is judged as without."""
    terms, code = PROGRAMMES[service[0]], service[1]
    stays = data.draw(households(terms))
    moves, use = replace(stays, moves_out_on=out), data.draw(uses(terms, code))
    whole, cut = use_period(code, stays, terms), use_period(code, moves, terms)
    assert cut.first == whole.first
    assert whole.last is None or cut.last == min(whole.last, out)
    on, grant = BORN - timedelta(days=1), standard_grant(stays, terms)
    with_it = plan_use(use, facts=moves, grant=grant, terms=terms, on=on)
    without = plan_use(use, facts=stays, grant=grant, terms=terms, on=on)
    if use.last_day <= out:
        assert with_it == without
    else:
        assert not with_it.allowed
