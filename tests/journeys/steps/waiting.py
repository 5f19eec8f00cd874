"""The mother waits for a day that is full, is offered it, and takes it."""

from tests.journeys.person import Person

from .booking import opens_the_month


def waits_for(mother: Person, service: str, *, day: str) -> None:
    """From the full cell of the month, past the page that says how it works. `day` as spoken: 3月11日(水)."""
    opens_the_month(mother, service)
    mother.follows(f"{day} 空きがありません。空きを待つ")
    mother.sees(f"{day}の空きを待つ", "あなたが1番目です", "日数は減りません。お金もかかりません。")
    mother.picks("到着の時刻", "10:00")
    mother.presses("空きを待つ")
    mother.sees("空きを待ちはじめました", "あなたが1番目です")


def sees_that_she_waits(mother: Person, service: str, *, day: str) -> None:
    """In her list, and in the month; she asks herself whether to go on, and does."""
    mother.opens(f"/{mother.town}/my/bookings/")
    mother.sees("空きを待っている日", day)
    opens_the_month(mother, service)
    mother.follows(f"{day} 空きを待っています")
    mother.follows("待つのをやめる")
    mother.sees("やめると、順番がなくなります")
    mother.follows("待ちつづける")
    mother.sees("空きを待っています")


def takes_the_offer(mother: Person, *, day: str, until: str) -> str:
    """From My page, where it stands before all else; answers the booking's number."""
    mother.opens(f"/{mother.town}/my/")
    mother.sees("空きが出ました", day, until)
    mother.follows("料金を見て申しこむ")
    mother.sees("施設に払う額", "あと7日 → 6日", until)
    mother.presses("この空きに申しこむ")
    mother.sees("申しこみました", "施設の返事待ち")
    return mother.stands_at(f"/{mother.town}/my/bookings/[^/]+/").split("/")[-2]
