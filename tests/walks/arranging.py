"""What the centre does with a wish besides asking one facility: sounding out, saying no, going there first."""

from collections.abc import Sequence

from django.test.html import parse_html
from django_scopes import scopes_disabled

from applications.letters.content import LetterContent
from applications.letters.rendering import html
from applications.models import Letter

from .person import text
from .steps import NAME, Walk


def sounds_out(walk: Walk, *facilities: str, at: str, length: str = "") -> None:
    """On her own days, which stand there already; nobody learns who she is."""
    nurse = walk.nurse
    nurse.opens(f"/{walk.municipality.slug}/centre/")
    nurse.follows(NAME)
    nurse.follows("打診する先と日を選ぶ")
    nurse.chooses(*facilities, to="打診する先")
    nurse.picks("はじまる時刻", at)
    if length:
        nurse.picks("長さ", length)
    nurse.presses("この内容で打診する")
    nurse.sees(f"{len(facilities)}か所に打診しました", "返事待ち")


def says_yes(walk: Walk, facility: str, day: str) -> None:
    desk = walk.desk(facility)
    desk.opens("/facility/requests/")
    desk.sees("受け入れの打診", "日数も部屋も取りません")
    desk.misses(NAME)
    desk.presses(day)
    desk.sees("まだ予約ではありません")


def says_no(walk: Walk, facility: str, reason: str) -> None:
    desk = walk.desk(facility)
    desk.opens("/facility/requests/")
    desk.follows("受けられない")
    desk.writes("受けられない理由", reason)
    desk.presses("受けられないと伝える")


def chooses(walk: Walk, facility: str, *, answers: Sequence[str], says: Sequence[str]) -> None:
    """All answers side by side, then what the one would mean, then the booking."""
    nurse = walk.nurse
    nurse.opens(f"/{walk.municipality.slug}/centre/")
    nurse.follows(NAME)
    nurse.sees(*answers)
    nurse.follows("この日に決める")
    nurse.sees(*says)
    nurse.presses("この日程で予約を決める")
    nurse.sees(f"{facility}に決めました")


def turns_down(walk: Walk, reason: str) -> None:
    nurse = walk.nurse
    nurse.opens(f"/{walk.municipality.slug}/centre/")
    nurse.follows(NAME)
    wish = nurse.address
    nurse.follows(NAME)  # the way back to her case
    nurse.sees("日程の調整", "希望を電話で受ける")
    nurse.opens(wish)
    nurse.follows("利用できないと知らせる")
    nurse.writes("利用できない理由", reason)
    nurse.presses("利用できないと知らせる")
    nurse.sees("利用できないことを記録しました", reason)


def plans_a_first_visit(walk: Walk, visitor: str, day: str, *, at: str) -> None:
    nurse = walk.nurse
    nurse.opens(f"/{walk.municipality.slug}/centre/")
    nurse.follows(NAME)
    nurse.sees("すんだことを記録すると、訪問の日を予約できます")
    nurse.follows("事前訪問の予定を入れる")
    nurse.chooses(visitor, to="訪問する人")
    nurse.writes_day("事前訪問の日", day)
    nurse.picks("はじまる時刻", at)
    nurse.presses("予定を入れて知らせる")
    nurse.sees("事前訪問の予定を入れ")


def has_been_there(walk: Walk, visitor: str, agreed: str) -> None:
    desk = walk.desk(visitor)
    desk.opens("/facility/requests/")
    desk.sees("事前訪問の予定", NAME, "見本町")
    desk.follows("すんだ・変える・取りやめる")
    desk.writes("決めた日時と内容", agreed)
    desk.presses("すんだと記録する")
    desk.sees("事前訪問がすんだと記録しました")


def books_the_visits(walk: Walk, *visits: tuple[str, str], hours: str) -> None:
    """Each a day and an hour, as agreed."""
    nurse = walk.nurse
    nurse.opens(f"/{walk.municipality.slug}/centre/")
    nurse.follows(NAME)
    nurse.follows("決めた訪問をまとめて予約する")
    for number, (day, at) in enumerate(visits, start=1):
        nurse.writes_day(f"{number}回目の日", day)
        nurse.picks(f"{number}回目のはじまる時刻", at)
    nurse.picks("長さ", hours)
    nurse.presses("まとめて予約する")


def is_written(walk: Walk, *words: str) -> None:
    """The last letter, which stands among hers, without what only a decision bears."""
    with scopes_disabled():
        letter = Letter.objects.filter(municipality=walk.municipality).order_by("-pk")[0]
    assert letter.kind == Letter.Kind.AVAILABILITY
    walk.mother.opens(f"/{walk.municipality.slug}/my/letters/")
    walk.mother.sees(letter.title)
    written = text(parse_html(html(LetterContent.from_snapshot(letter.snapshot))))
    missing = [each for each in words if each not in written]
    assert not missing, f"{missing} missing in {written}"
    assert "審査請求" not in written
