"""A month is claimed, checked, sent back, claimed again, accepted and paid; what changes later is claimed later."""

from tests.journeys.person import Person

from .dates import typed

CLINIC = "ジュンレディースクリニック小平"


def enters_a_contract_price(decider: Person, service: str, yen: str, *, since: str) -> None:
    """What the contract pays for a day, read back before it holds."""
    decider.opens("/kodaira/centre/contracts/")
    decider.follows(CLINIC)
    decider.opens(f"{decider.stands_at('/kodaira/centre/contracts/[^/]+/')}{service}/use/")
    decider.writes("額", yen)
    decider.chooses("1日", to="単位")
    decider.writes_day("いつから", *typed(since))
    decider.presses("この額を使う")
    if "この額にする" in decider.page.inner_text("main"):
        decider.presses("この額にする")
    decider.sees(f"{int(yen):,}円")


def sends_the_month(receptionist: Person, month: str, *, share: str, answer: str = "") -> None:
    """From 月のしめ: looks at the lines, and sends."""
    looks_at_the_month(receptionist, month)
    receptionist.sees("市の負担(請求額)", share)
    if answer:
        receptionist.writes("市への返事", answer)
    receptionist.presses(f"{month}分を送る")
    receptionist.sees(f"{month}分を送りました", "市が確認します")


def looks_at_the_month(receptionist: Person, month: str) -> None:
    receptionist.opens("/facility/months/")
    receptionist.follows(month)


def takes_the_money(receptionist: Person, *, name: str, yen: str) -> None:
    """From the line of the month, which says that nothing was recorded."""
    receptionist.follows(name)
    receptionist.follows("お金を受け取る")
    receptionist.presses("受け取った")
    receptionist.sees("領収書", yen)


def finds_the_claim(nurse: Person, month: str) -> None:
    nurse.opens("/kodaira/centre/months/")
    nurse.sees("確認を待つ請求")
    nurse.follows(f"令和8年{month}分")


def sends_it_back(nurse: Person, month: str, *, because: str) -> None:
    finds_the_claim(nurse, month)
    nurse.follows("差し戻す")
    nurse.writes("差し戻しの理由", because)
    nurse.presses("施設に差し戻す")
    nurse.sees("施設に差し戻しました")


def accepts_it(nurse: Person, month: str, *, yen: str, answer: str) -> None:
    finds_the_claim(nurse, month)
    nurse.sees(answer)
    nurse.follows("確認したことにする")
    nurse.presses(f"{yen}の請求を確認した")
    nurse.sees("確認しました")


def pays_by_list(decider: Person, *, yen: str, on: str) -> None:
    decider.opens("/kodaira/centre/payments/")
    decider.follows("一覧を作る")
    decider.presses("合計を確かめる")
    decider.presses(f"1件 合計{yen}の一覧を作る")
    decider.sees("支払一覧を作りました", CLINIC)
    decider.reloads_until("PDFを開く")
    decider.writes_day("支払った日", *typed(on))
    decider.presses(f"{yen}を支払ったと記録する")
    decider.sees("支払った日を記録しました")
