"""The arithmetic behind ruler, clock and month."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from django.template import Context, Template

from postpartum_portal.shared import month, ruler, wareki
from postpartum_portal.shared.clock_face import clock_face
from postpartum_portal.shared.month import DayCell
from postpartum_portal.shared.ruler import Lane

TODAY = date(2026, 3, 5)
KODAIRA = Lane(
    "宿泊・日帰り", date(2025, 11, 25), date(2026, 1, 15), date(2026, 5, 14), ((date(2026, 3, 11), date(2026, 3, 13)),)
)


def number(percent: str) -> float:
    return float(percent.removesuffix("%"))


def test_ruler__parts_follow_each_other_without_gaps() -> None:
    lane = ruler.draw([KODAIRA], today=TODAY).lanes[0]
    assert [bar.css for bar in lane.bars] == ["pre", "gone", "can"]
    for before, after in pairwise(lane.bars):
        assert number(before.x) + number(before.width) == pytest.approx(number(after.x), abs=0.02)
    assert lane.bars[1].x == lane.born
    assert number(lane.bars[-1].x) + number(lane.bars[-1].width) == pytest.approx(number(lane.last), abs=0.02)


def test_ruler__before_the_birth__has_nothing_gone() -> None:
    lane = ruler.draw([KODAIRA], today=date(2025, 12, 1)).lanes[0]
    assert [bar.css for bar in lane.bars] == ["pre", "can"]


def test_ruler__after_the_last_day__has_nothing_left_and_says_so() -> None:
    drawn = ruler.draw([KODAIRA], today=date(2026, 6, 1))
    assert [bar.css for bar in drawn.lanes[0].bars] == ["pre", "gone"]
    assert "5月14日まででした。" in drawn.sentence


def test_ruler__says_what_it_shows() -> None:
    assert ruler.draw([KODAIRA], today=TODAY).sentence == (
        "令和7年11月から令和8年5月までの帯。今日は3月5日。5月14日まで使えます。3月11日から13日に予約があります。"
    )


def test_ruler__makes_one_lane_of_services_that_end_together() -> None:
    year = date(2027, 1, 14)
    lanes = [KODAIRA, Lane("日帰り", None, KODAIRA.born, year), Lane("訪問", None, KODAIRA.born, year)]
    drawn = ruler.draw(lanes, today=TODAY)
    assert [lane.label for lane in drawn.lanes] == ["宿泊・日帰り", "日帰り・訪問"]
    assert "宿泊・日帰りは5月14日まで、日帰り・訪問は令和9年1月14日まで使えます。" in drawn.sentence


def test_ruler__with_one_lane__has_no_label() -> None:
    drawn = ruler.draw([KODAIRA], today=TODAY)
    assert drawn.lanes[0].label == ""
    assert (drawn.lanes[0].top, drawn.axis, drawn.height) == (34, 52, 80)


@pytest.mark.parametrize("days", [60, 180, 300, 450, 800])
def test_ruler__names_months_only_where_they_have_room(days: int) -> None:
    lane = Lane("", TODAY, TODAY, TODAY + timedelta(days=days))
    named = [number(tick.x) for tick in ruler.draw([lane], today=TODAY).ticks if tick.label]
    assert named
    assert all(after - before > 12.5 for before, after in pairwise(named))
    assert all(4 <= x <= 96 for x in named)


@pytest.mark.parametrize("today", [date(2025, 11, 25), date(2026, 5, 24)])
def test_ruler__keeps_the_word_today_inside(today: date) -> None:
    drawn = ruler.draw([KODAIRA], today=today)
    assert 7 <= number(drawn.chip) <= 93


@dataclass(frozen=True)
class Deadline:
    at: datetime
    wording: str = "3月10日(火) 16:00 より前"
    inclusive: bool = False


FOUR = datetime(2026, 3, 10, 16, tzinfo=wareki.TOKYO)


def test_clock__days_away__has_a_whole_rim() -> None:
    face = clock_face(Deadline(FOUR), FOUR - timedelta(days=5, hours=4, minutes=59))
    assert (face.arc, face.passed, face.distance) == ("", False, "あと5日と4時間")
    assert face.words == "3月10日(火) 16:00 より前"
    assert face.hands == "M36 36 49.0 43.5M36 36 36.0 14.0"


def test_clock__on_its_day__shows_what_is_left() -> None:
    face = clock_face(Deadline(FOUR), FOUR - timedelta(hours=5, minutes=2))
    assert face.arc == "M19.0 7.7A33 33 0 0 1 64.6 52.5"
    assert (face.words, face.distance) == ("きょう 16:00 より前", "あと5時間2分")


def test_clock__passed__shows_how_long_ago() -> None:
    face = clock_face(Deadline(FOUR), FOUR + timedelta(minutes=92))
    assert face.passed
    assert face.distance == "いまは 17:32。1時間32分前に過ぎました"


def test_clock__at_the_moment_itself__is_passed_unless_the_rule_says_until() -> None:
    assert clock_face(Deadline(FOUR), FOUR).passed
    assert not clock_face(Deadline(FOUR, inclusive=True), FOUR).passed


def test_clock__in_the_last_minute__does_not_say_zero() -> None:
    assert clock_face(Deadline(FOUR), FOUR - timedelta(seconds=20)).distance == "あと1分未満"
    assert clock_face(Deadline(FOUR), FOUR + timedelta(seconds=20)).distance == "いまは 16:00。たったいま過ぎました"


def test_month__begins_on_sunday_and_fills_its_last_week() -> None:
    days = [DayCell(date(2026, 5, 1) + timedelta(days=offset), "none", "休み", "") for offset in range(16)]
    laid = month.lay_out(days)
    assert laid.caption == "令和8年5月"
    assert [len(week) for week in laid.weeks] == [7, 7, 7]
    assert laid.weeks[0][:5] == [None] * 5
    assert laid.weeks[1][0] == days[2]


def test_day__is_a_radio_button_only_where_it_can_be_chosen() -> None:
    day = date(2026, 5, 12)
    assert DayCell(day, "free", "○2", "").value == "2026-05-12"
    assert DayCell(day, "free", "到着", "", checked=True, chosen=True).value == "2026-05-12"
    assert DayCell(day, "free", "2日目", "", chosen=True).value == "2026-05-12", "the arrival may move by a day"
    assert DayCell(day, "none", "2日目", "", chosen=True).value == ""
    assert DayCell(day, "full", "待つ", "").value == ""


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ('1 3 3 "日"', "7日のうち、利用ずみ1日、予約ずみ3日、のこり3日"),
        ('0 0 5 "回"', "5回のうち、のこり5回"),
        ('2 1 4 "枚"', "7枚のうち、利用ずみ2枚、予約ずみ1枚、のこり4枚"),
        ('7 0 0 "日"', "7日のうち、利用ずみ7日、のこり0日"),
    ],
)
def test_units__say_in_words_what_the_blocks_show(counts: str, sentence: str) -> None:
    html = Template(f"{{% load look %}}{{% units {counts} %}}").render(Context())
    assert f'aria-label="{sentence}"' in html
    assert html.count("<i ") == int(sentence[0])
