"""Whoever visits says where and when, and moves a visit to another hour of its day."""

from collections.abc import Mapping

from tests.journeys.person import Person


def says_where_and_when(midwife: Person, *, areas: str, hours: Mapping[str, str], travel: str, each: str) -> None:
    """Alone, with so many minutes on the way, and for each visit. `hours`: weekday → as she writes them."""
    midwife.opens("/facility/settings/")
    midwife.follows("訪問の地域と時間")
    midwife.sees("まだ入力されていないので")
    midwife.writes("訪問する地域", areas)
    for weekday, span in hours.items():
        midwife.writes(f"{weekday}曜日の訪問の時間", span)
    midwife.writes("移動の時間", travel)
    midwife.writes("1回の訪問の長さ", each)
    midwife.presses("保存する")
    midwife.misses("まだ入力されていないので")


def moves_the_hour(midwife: Person, number: str, *, name: str, hour: str) -> None:
    """As she has settled it with the mother on the phone."""
    midwife.opens(f"/facility/bookings/{number}/")
    midwife.follows("訪問の時刻を変える")
    midwife.sees(name, "いまは 9:00", "お母さんと電話で決めてから変えてください")
    midwife.chooses(hour, to="新しい時刻")
    midwife.presses("この時刻に変える")
    midwife.sees("時刻を変えました。お母さんにメールで知らせました。", hour)
