"""The facility: what is asked of it, who comes today."""

from tests.journeys.person import Person


def opens_the_request(receptionist: Person, *, name: str) -> None:
    receptionist.opens("/facility/requests/")
    receptionist.follows("内容を見て返事する")
    receptionist.sees(name, "090-0000-0002")
    receptionist.misses("非課税", "生活保護", "実家が遠く")


def confirms(receptionist: Person, *, name: str, what: str) -> None:
    opens_the_request(receptionist, name=name)
    receptionist.presses(f"{what}を受け入れる")


def declines(receptionist: Person, *, name: str, reason: str) -> None:
    opens_the_request(receptionist, name=name)
    receptionist.follows("理由を書いてお断りする")
    receptionist.chooses(reason, to="お断りする理由")
    receptionist.presses("理由を送ってお断りする")


def looks_at_the_month(receptionist: Person, month: str) -> None:
    receptionist.opens(f"/facility/capacity/{month}/")
    receptionist.sees("空きの設定")


def receives_her(receptionist: Person, *, name: str) -> None:
    """She stands at the door."""
    receptionist.opens("/facility/")
    receptionist.sees(name)
    receptionist.presses("到着した")
    receptionist.sees("到着ずみ")


def sets_places(receptionist: Person, *days: str, stays: str, days_only: str = "0") -> None:
    """Ticks days of the month that is running, spoken as 3月11日(水), and says how many families may come."""
    receptionist.opens("/facility/capacity/")
    for day in days:
        receptionist.chooses(day)
    receptionist.writes("宿泊の室数", stays)
    receptionist.writes("日帰りの組数", days_only)
    receptionist.presses("選んだ日に反映")
    receptionist.sees(f"{len(days)}日に反映しました")


def may_not_lower(receptionist: Person, *days: str, name: str) -> None:
    """Fewer places than are booked: she is told who would be left without, and nothing changes."""
    receptionist.opens("/facility/capacity/")
    for day in days:
        receptionist.chooses(day)
    receptionist.writes("宿泊の室数", "0")
    receptionist.presses("選んだ日に反映")
    receptionist.sees(name)
    receptionist.misses("日に反映しました")


def finds_nobody(visitor: Person, *, name: str, consequence: str) -> None:
    """At the door of a visit: reads what it costs the family, then records it."""
    visitor.opens("/facility/")
    visitor.sees(name)
    visitor.follows("不在だった")
    visitor.sees("まず、電話で確かめてください", consequence)
    visitor.presses("1回分を戻して不在と記録する")
    visitor.sees("記録し、お母さんにメールで知らせました", consequence)
