"""The mother books, is told why not, and cancels."""

from tests.journeys.person import Person

CLINIC = "ジュンレディースクリニック小平"


def chooses_days(mother: Person, service: str, *, arrival: str, length: str = "", at: str = CLINIC) -> None:
    """Until price, units and deadline stand beside the month. `arrival` as spoken: 5月13日(水)."""
    opens_the_month(mother, service, at=at)
    if length:
        mother.chooses(length, to="長さ")
        _lets_it_redraw(mother)
    mother.chooses(f"{arrival}から")
    _lets_it_redraw(mother)


def asks(mother: Person, *, note: str = "") -> str:
    """Sends what is chosen; answers the booking's number."""
    if note:
        mother.writes("施設に伝えること", note)
    mother.presses("この内容で申しこむ")
    mother.sees("申しこみました", "施設の返事待ち")
    return mother.stands_at(f"/{mother.town}/my/bookings/[^/]+/").split("/")[-2]


def comes_too_late(mother: Person, *, full: str) -> None:
    """Another family took the last place while she looked at it; nothing of hers was taken."""
    mother.presses("この内容で申しこむ")
    mother.sees("満室", full)


def sees_it_taken(mother: Person, *, arrival: str, still: str) -> None:
    """The month follows by itself while she looks; its quarter of a minute is over. What she chose stands beside it."""
    mother.page.evaluate("document.getElementById('arrivals').dispatchEvent(new Event('refresh'))")
    month = mother.page.locator("#arrivals")
    month.get_by_role("radio", name=f"{arrival}から").wait_for(state="detached")
    mother.rests()
    mother.sees(still, "この内容で申しこむ")


def sees_which_lengths_are_too_long(mother: Person, service: str, *, length: str, because: str) -> None:
    """What does not fit stays in sight, struck, with its reason."""
    opens_the_month(mother, service)
    struck = mother.page.get_by_role("group", name="長さ").locator("span", has_text=length).first
    assert because in struck.inner_text()


def is_told_why_not(mother: Person, service: str, *, days: int, arrival: str, because: str, at: str = CLINIC) -> None:
    """By an address that asks for what the rules refuse, as somebody kept it from before."""
    opens_the_month(mother, service, at=at)
    month = mother.stands_at(f"/{mother.town}/my/book/[0-9]+/")
    mother.opens(f"{month}?days={days}&day={arrival}&month={arrival[:7]}")
    mother.sees("予約できません", because)


def sees_left(mother: Person, *words: str) -> None:
    """のこり on her own page."""
    mother.opens(f"/{mother.town}/my/")
    mother.sees(*words)


def cancels(mother: Person, number: str, *, consequence: str | tuple[str, ...], button: str) -> None:
    """Reads what it costs, keeps the booking once, comes back and does it."""
    mother.opens(f"/{mother.town}/my/bookings/{number}/")
    mother.follows("取り消す")
    mother.sees(*((consequence,) if isinstance(consequence, str) else consequence))
    mother.follows("予約を残す")
    mother.sees("確定")
    mother.follows("取り消す")
    mother.presses(button)
    mother.sees("に取り消しました")


def withdraws(mother: Person, number: str) -> None:
    """Takes back what the facility has not answered."""
    mother.opens(f"/{mother.town}/my/bookings/{number}/")
    mother.follows("申しこみを取り下げる")
    mother.presses("取り消して")
    mother.sees("に取り消しました")


def opens_the_month(mother: Person, service: str, *, at: str = CLINIC) -> None:
    mother.opens(f"/{mother.town}/my/book/")
    mother.follows(f"日を選ぶ({at}・{service})")


def _lets_it_redraw(mother: Person) -> None:
    """The page follows each touch by itself; without scripts a button asks for it."""
    if mother.window.scripts:
        mother.rests()
    else:
        mother.presses("選んだ日の料金を見る")
