"""She phones the facility: a day is kept for a quarter of an hour, and a code read out."""

from tests.journeys.person import Person

from .dates import typed


def keeps_a_day_for_her_call(receptionist: Person, service: str, *, day: str) -> str:
    """While she is on the phone; answers the six digits as they are read out."""
    receptionist.opens("/facility/holds/")
    receptionist.chooses(service, to="サービス")
    receptionist.writes_day("はじめの日", *typed(day))
    receptionist.presses("日を取ってコードを出す")
    receptionist.sees("電話で読み上げるコード")
    return receptionist.page.get_by_role("region", name="電話で読み上げるコード").locator("b").first.inner_text()


def enters_the_code(mother: Person, code: str, *, price: str, left: str) -> None:
    """From the page for booking, which says first to phone; one press books it."""
    mother.opens(f"/{mother.town}/my/book/")
    mother.sees("まず、施設に電話で仮予約をします")
    mother.follows("予約コードを入力する")
    mother.writes("予約コード", code)
    mother.presses("日と料金を見る")
    mother.sees(price, left)
    mother.writes("到着の時刻", "10:00")
    mother.presses("この内容で予約する")
    mother.sees("確定")
