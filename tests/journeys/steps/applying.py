"""The mother's application, step by step."""

from tests.journeys.given import certificate
from tests.journeys.person import Person

from . import questions
from .dates import typed

TROUBLE = "実家が遠く、夜は一人です。"


def writes_everything(mother: Person, *, born: str, lacks_support: str, anxious: str) -> None:
    """All steps of a mother whose child is born, without a reduction; ends at the review."""
    writes_about_herself(mother)
    writes_that_it_is_born(mother, born=born)
    writes_how_she_is(mother, lacks_support=lacks_support, anxious=anxious)
    asks_for_no_reduction(mother)
    wishes(mother)
    consents(mother)


def writes_about_herself(mother: Person) -> None:
    mother.sees("あなたについて")
    mother.writes("氏名", "髙橋 﨑子")
    mother.writes("ふりがな", "たかはし さきこ")
    mother.writes_day("生年月日", "平成6", "8", "1")
    mother.writes("郵便番号", "１８７００４３")
    mother.writes("住所", "小平市学園東町1-2-3")
    mother.writes("電話番号", "０９０-００００-０００２")
    questions.says_where_she_lives(mother)
    mother.presses("保存して次へ")


def writes_about_the_birth(mother: Person, *, due: str) -> None:
    """The due date she gave to the public check stands there already."""
    mother.sees("妊娠と出産について")
    assert mother.reads_day("出産予定日")[1:] == typed(due)[1:]
    mother.chooses("これから出産する")
    mother.writes_day("出産予定日", *typed(due))
    mother.chooses("1人", to="赤ちゃんの人数")
    mother.presses("保存して次へ")


def writes_that_it_is_born(mother: Person, *, born: str) -> None:
    mother.sees("妊娠と出産について")
    mother.chooses("もう生まれた")
    mother.writes_day("生まれた日", *typed(born))
    mother.chooses("1人", to="赤ちゃんの人数")
    mother.presses("保存して次へ")


def writes_how_she_is(mother: Person, *, lacks_support: str, anxious: str) -> None:
    mother.sees("いまのようす")
    questions.says_how_she_is(mother, lacks_support=lacks_support, anxious=anxious)
    mother.writes("困っていること", TROUBLE)
    mother.presses("保存して次へ")


def goes_on_elsewhere(tablet: Person) -> None:
    """Signed in on another device she stands where she left off, and what she wrote is there."""
    tablet.stands_at(f"/{tablet.town}/apply/household/")
    tablet.presses("前へ戻る")
    assert tablet.reads("困っていること") == TROUBLE


def asks_for_no_reduction(mother: Person) -> None:
    mother.sees("世帯と書類について")
    mother.writes("世帯の人数", "2")
    mother.chooses("どちらでもない")
    mother.presses("保存して次へ")


def hands_in_certificates(mother: Person) -> None:
    """Two members, so two papers; the first press shows that one is missing."""
    mother.sees("世帯と書類について")
    mother.writes("世帯の人数", "2")
    mother.chooses("住民税(均等割)が非課税の世帯")
    mother.hands_in("世帯全員分の非課税証明書", certificate("夫.jpg"))
    mother.presses("保存して次へ")
    mother.sees("あと1人分")
    mother.hands_in("世帯全員分の非課税証明書", certificate("妻.jpg"))
    mother.presses("保存して次へ")


def wishes(mother: Person) -> None:
    mother.sees("使いたいもの")
    for service in ("宿泊型", "日帰り型", "家事育児サポーターによる訪問"):
        mother.chooses(service, to="使いたいもの")
    mother.writes("緊急連絡先の氏名", "髙橋 健")
    mother.writes("あなたとの関係", "夫")
    mother.writes("緊急連絡先の電話番号", "090-0000-0003")
    mother.presses("保存して次へ")


def consents(mother: Person) -> None:
    mother.sees("同意していただくこと")
    for statement in ("審査に使うこと", "利用する先に伝えること", "利用できないことがあること"):
        mother.chooses(statement)
    mother.presses("保存して次へ")


def submits(mother: Person) -> str:
    """Hands in; answers the reference number."""
    mother.sees("入力したことを確かめる", "髙橋 﨑子")
    mother.presses("この内容で申請する")
    number = mother.stands_at(f"/{mother.town}/my/applications/R[^/]+/").split("/")[-2]
    mother.sees(number, "いまどこまで進んだか")
    return number
