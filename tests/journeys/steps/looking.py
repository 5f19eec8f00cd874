"""Before anything is typed: which municipality, what there is, until when, at what price."""

from tests.journeys.person import Person

from .dates import Day


def finds_the_municipality(mother: Person) -> None:
    mother.opens("/")
    mother.sees("お住まいの市を選んでください")
    mother.follows("小平市")
    mother.sees("産後4か月", "1泊 5,000円", "1日 2,000円", "1回 1,500円", "1時間 600円")
    mother.sees("ジュンレディースクリニック小平", "042-329-4103", "042-346-3701")


def checks_whether_she_may(mother: Person, *, due: Day, opens: str, last_day: str) -> None:
    """Answers the public check, and begins the application with the same answers."""
    mother.writes_day("出産予定日、または生まれた日", *due)
    mother.presses("調べる")
    mother.sees("あと5つの質問に答えると")
    mother.chooses("住民税(均等割)が非課税の世帯", to="世帯")
    mother.chooses("はい", to="小平市に住民登録がありますか")
    mother.chooses("はい", to="家族などからの育児の支援が足りないと感じますか")
    mother.chooses("いいえ", to="体調がよくない、または授乳や育児に不安がありますか")
    mother.chooses("いいえ", to="お母さんかお子さんに、発熱など感染症のおそれがありますか")
    mother.chooses("いいえ", to="お母さんかお子さんに、医療の介入が必要ですか")
    mother.presses("この答えで調べなおす")
    mother.sees(f"{opens}から申請できます", f"{last_day}まで使えます", "満たしています")
