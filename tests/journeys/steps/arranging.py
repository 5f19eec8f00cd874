"""A visit: she says when it would suit her, the centre settles day and hour with the visitor."""

from tests.journeys.person import Person

from .dates import typed

SUPPORTERS = "NPO法人子育てサポートきらら"


def wishes_for(mother: Person, service: str, *, day: str, length: str = "") -> None:
    mother.opens(f"/{mother.town}/my/book/")
    mother.follows(f"希望を伝える({service})")
    mother.writes_day("1番目に希望する日", *typed(day))
    if length:
        mother.chooses(length, to="長さ")
    mother.presses("希望を伝える")
    mother.sees("希望を伝えました", "センターが日程を調整しています")


def arranges(
    nurse: Person, *, name: str, at: str, price: str, free_until: str, of: str = SUPPORTERS, hours: str = "2時間"
) -> None:
    """The oldest wish of the list: the day she would like best stands there already. `hours` of a visit alone."""
    nurse.opens(f"/{nurse.town}/centre/")
    nurse.sees("日程の調整", name)
    nurse.follows(name)
    nurse.chooses(of, to="依頼する先")
    nurse.picks("はじまる時刻", at)
    if hours:
        nurse.picks("長さ", hours)
    nurse.presses("料金と取り消しの期限を確かめる")
    nurse.sees(price, free_until)
    nurse.presses("この日程で依頼する")
    nurse.sees(f"{of}に依頼しました")


def sounds_out(nurse: Person, *facilities: str, name: str, at: str, hours: str = "") -> None:
    """Several at once, on the days that she would like."""
    nurse.opens(f"/{nurse.town}/centre/")
    nurse.sees("日程の調整", name)
    nurse.follows(name)
    nurse.follows("打診する先と日を選ぶ")
    for facility in facilities:
        nurse.chooses(facility, to="打診する先")
    nurse.picks("はじまる時刻", at)
    if hours:
        nurse.picks("長さ", hours)
    nurse.presses("この内容で打診する")
    nurse.sees(f"{len(facilities)}か所に打診しました")


def says_yes(visitor: Person, day: str) -> None:
    """To one of the days, without knowing whose it is."""
    visitor.opens("/facility/requests/")
    visitor.sees("受け入れの打診", "日数も部屋も取りません")
    visitor.presses(f"{day} 受けられる")
    visitor.sees("まだ予約ではありません")


def chooses_the_answer(nurse: Person, facility: str, *, name: str, says: list[str]) -> None:
    """What it would mean, then the booking; the others hear that it is over."""
    nurse.opens(f"/{nurse.town}/centre/")
    nurse.follows(name)
    nurse.follows("この日に決める")
    nurse.sees(*says)
    nurse.presses("この日程で予約を決める")
    nurse.sees(f"{facility}に決めました")
