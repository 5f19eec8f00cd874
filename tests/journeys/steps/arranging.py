"""A visit: she says when it would suit her, the centre settles day and hour with the visitor."""

from tests.journeys.person import Person

from .dates import typed


def wishes_for(mother: Person, service: str, *, day: str) -> None:
    mother.opens("/kodaira/my/book/")
    mother.follows(f"希望を伝える({service})")
    mother.writes_day("1番目に希望する日", *typed(day))
    mother.presses("希望を伝える")
    mother.sees("希望を伝えました", "センターが日程を調整しています")


def arranges(nurse: Person, *, name: str, at: str, price: str, free_until: str) -> None:
    """The oldest wish of the list: the day she would like best stands there already."""
    nurse.opens("/kodaira/centre/")
    nurse.sees("日程の調整", name)
    nurse.follows(name)
    nurse.chooses("NPO法人子育てサポートきらら", to="依頼する先")
    nurse.picks("はじまる時刻", at)
    nurse.picks("長さ", "2時間")
    nurse.presses("料金と取り消しの期限を確かめる")
    nurse.sees(price, free_until)
    nurse.presses("この日程で依頼する")
    nurse.sees("NPO法人子育てサポートきららに依頼しました")
