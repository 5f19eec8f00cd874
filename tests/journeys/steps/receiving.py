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
