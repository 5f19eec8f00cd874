"""A day at the facility: who came, what was paid, what was done, and how long she stays."""

from tests.journeys.person import Person


def looks_for(receptionist: Person, words: str) -> None:
    """From today's sheet, by a part of the name."""
    receptionist.opens("/facility/")
    receptionist.unfolds("来た人を探す")
    receptionist.writes("来た人を探す", words)
    receptionist.presses("探す")


def checks_in(receptionist: Person, words: str, *, name: str) -> None:
    """One of several who are called so."""
    looks_for(receptionist, words)
    receptionist.sees("見つかった予約")
    receptionist.follows(name)
    receptionist.presses("到着した")
    receptionist.sees("到着を記録しました")


def undoes_it(receptionist: Person, *, name: str) -> None:
    """It was somebody else of that name."""
    receptionist.follows(name)
    receptionist.presses("「到着した」の記録を取り消す")
    receptionist.sees("記録を取り消しました")


def takes_the_price(receptionist: Person, number: str, *, yen: str, item: tuple[str, str] | None = None) -> str:
    """What stands there, and something that was taken beside it; answers the number of the receipt."""
    receptionist.opens(f"/facility/bookings/{number}/pay/")
    if item:
        receptionist.writes("品目1", item[0])
        receptionist.writes("品目1の額", item[1])
    receptionist.presses("受け取った")
    receptionist.sees("領収書", yen)
    return receptionist.stands_at("/facility/bookings/[^/]+/receipts/[^/]+/").split("/")[-2]


def hands_out_the_receipt(receptionist: Person, *, says: tuple[str, ...]) -> None:
    """As it comes out of the printer: what she paid for, and nothing of the page around it."""
    receptionist.presses("領収書を出す")
    receptionist.sees("印刷する")
    with receptionist.on_paper():
        receptionist.sees(*says)
        receptionist.misses("印刷する", "まちがいなので取り消す", "予約に戻る", "月のしめ")


def voids_the_receipt(receptionist: Person, number: str, receipt: str, *, because: str) -> None:
    receptionist.opens(f"/facility/bookings/{number}/receipts/{receipt}/")
    receptionist.follows("まちがいなので取り消す")
    receptionist.writes("取り消す理由", because)
    receptionist.presses("領収書を取り消す")
    receptionist.sees("取り消しました", "受け取りなおしてください")


def writes_down_the_care(receptionist: Person, number: str, *, mother: str, handover: str) -> None:
    """The child is looked at now; the centre is to ring."""
    receptionist.opens(f"/facility/bookings/{number}/")
    receptionist.follows("ケアの記録")
    receptionist.presses("呼吸を目で見て確かめた(いま)")
    receptionist.writes("お母さんのようす", mother)
    receptionist.writes("センターへの引き継ぎ", handover)
    receptionist.chooses("センターから電話してほしい")
    receptionist.presses("記録する")
    receptionist.unfolds("前に書いたもの")
    receptionist.sees(mother, handover, "電話してほしい")


def sees_the_handover(nurse: Person, *, name: str, says: tuple[str, ...]) -> None:
    """In the list of today, then in the case; she rings and says so."""
    nurse.opens(f"/{nurse.town}/centre/")
    nurse.sees("施設からの引き継ぎ", "電話してほしい")
    nurse.follows(name)
    nurse.unfolds("この日のケアの記録")
    nurse.sees(*says)
    nurse.presses("電話して確かめた")
    nurse.sees("確かめずみ")


def may_not_stay(receptionist: Person, number: str, *, until: str, because: str) -> None:
    """Looks whether she can stay until that day, and is told why not."""
    receptionist.opens(f"/facility/bookings/{number}/")
    receptionist.follows("日をのばす")
    receptionist.chooses(until, to="最後の日")
    receptionist.presses("この日までにできるか見る")
    receptionist.sees(f"{until}までは、のばせません", because)


def sends_her_home(receptionist: Person, number: str, *, last: str, says: tuple[str, ...]) -> None:
    """Reads what it means that she goes home on that day, then records it."""
    receptionist.opens(f"/facility/bookings/{number}/")
    receptionist.follows("早く終わる")
    receptionist.chooses(last, to="最後の日")
    receptionist.presses("この日の結果を見る")
    receptionist.sees(*says)
    receptionist.presses("1日分を使ったことにして早く終わると記録する")
    receptionist.sees("早く終わることを記録し")
