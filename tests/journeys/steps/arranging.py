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
