"""キャンセル料: set by the facility where the programme leaves it to her, owed, received or waived."""

from tests.journeys.person import Person

from .dates import typed


def sets_the_fee(manager: Person, of: str, *, yen: str, since: str) -> None:
    manager.opens("/facility/settings/")
    manager.follows("キャンセル料の額")
    manager.sees("未入力")
    manager.follows(f"入力する({of}")
    manager.writes("額", yen)
    manager.writes_day("いつから", *typed(since))
    manager.presses("この額にする")
    manager.sees(f"{int(yen):,}円")


def waives_it(receptionist: Person, *, name: str, yen: str, because: str) -> None:
    receptionist.opens("/facility/settings/")
    receptionist.follows("未収のキャンセル料")
    receptionist.sees(name, yen)
    receptionist.follows(f"{name} 様からは受け取らない")
    receptionist.writes("受け取らない理由", because)
    receptionist.presses("受け取らないことにする")
    receptionist.sees("受け取っていないキャンセル料はありません")


def takes_it_after_all(receptionist: Person, *, name: str, yen: str) -> None:
    """What was waived is owed again, and received."""
    receptionist.unfolds("受け取ったもの・受け取らないもの")
    receptionist.presses(f"{name} 様から、やはり受け取る")
    receptionist.follows(f"{name} 様から受け取った")
    receptionist.writes("取り消しの料金として受け取る額", yen)
    receptionist.presses("受け取った")
    receptionist.sees("領収書", f"{int(yen):,}円")
