"""The centre returns an application; she corrects what is marked and hands it in again."""

from tests.journeys.given import certificate
from tests.journeys.person import Person

MESSAGE = "通知書を送る住所と、世帯の区分を確かめてください。"
NEW_ADDRESS = "小平市小川町9-9"


def returns_it(nurse: Person) -> None:
    """Marks two answers; without a message the page says what is missing and keeps the marks."""
    nurse.unfolds("直してほしいところを伝える")
    nurse.chooses("住所", to="あなた")
    nurse.chooses("世帯の区分", to="世帯・書類")
    nurse.sees("印をつけたところだけを直してもらいます", "聞き取りは残ります")
    nurse.presses("差し戻す")
    nurse.sees("直してほしいことを入力してください")
    nurse.writes("直してほしいこと", MESSAGE)
    nurse.presses("差し戻す")
    nurse.sees("差し戻しました", "差し戻しています", MESSAGE)


def finds_what_to_correct(mother: Person) -> None:
    mother.opens(f"/{mother.town}/my/")
    mother.sees("直してほしいところがあります")
    mother.follows("直すところを見る")
    mother.sees(MESSAGE, "受付番号と受付の順番は、そのままです")


def begins_to_correct(mother: Person) -> None:
    """She writes the new address and is called away."""
    mother.follows("直す(住所)")
    mother.sees(MESSAGE, "直してほしいところ")
    mother.writes("住所", NEW_ADDRESS)
    mother.presses("あとで続ける")


def goes_on_correcting(tablet: Person) -> None:
    """On another device the address stands there; then the class, with two papers."""
    finds_what_to_correct(tablet)
    tablet.follows("「あなた」をもういちど直す")
    assert tablet.reads("住所") == NEW_ADDRESS
    tablet.presses("保存して次へ")
    tablet.sees("世帯と書類について")
    tablet.chooses("住民税(均等割)が非課税の世帯")
    tablet.hands_in("世帯全員分の非課税証明書", certificate("夫.jpg"), certificate("妻.jpg"))
    tablet.presses("保存して次へ")


def hands_it_in_again(tablet: Person) -> None:
    tablet.sees("変えたところを確かめる", NEW_ADDRESS, "小平市学園東町1-2-3", "夫.jpg、妻.jpg")
    tablet.presses("直したものを出す")
    tablet.sees("直したものを受け付けました", NEW_ADDRESS)


def reads_what_changed(nurse: Person) -> None:
    nurse.sees("再提出", "直したところ", MESSAGE, "小平市学園東町1-2-3", NEW_ADDRESS, "夫.jpg、妻.jpg")
