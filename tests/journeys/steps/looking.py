"""Before anything is typed: which municipality, what there is, until when, at what price."""

from tests.journeys.person import Person

from . import questions
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
    questions.says_where_she_lives(mother)
    questions.says_how_she_is(mother, lacks_support="はい", anxious="いいえ")
    mother.presses("この答えで調べなおす")
    mother.sees(f"{opens}から申請できます", f"{last_day}まで使えます", "満たしています")
