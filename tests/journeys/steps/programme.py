"""From the public page to the decision in any municipality: each asks what its programme asks, in its own words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from tests.journeys.person import Person
from tests.walks import test_kawasaki as kawasaki
from tests.walks import test_kodaira as kodaira
from tests.walks import test_kumagaya as kumagaya
from tests.walks import test_okayama as okayama
from tests.walks import test_zushi as zushi
from tests.walks.steps import HANDBOOK

from . import screening
from .dates import typed

NAME = "髙橋 﨑子"


@dataclass(frozen=True)
class Programme:
    """A mother's answers to what is asked, the consents, and the kinds she wishes for, as they stand on the screen."""

    name: str
    says: Mapping[str, str]
    agrees_to: Sequence[str]
    wishes: Sequence[str]
    letter: str
    inquires: bool = False
    """Her household consents to an inquiry, instead of a certificate."""


KUMAGAYA = Programme("熊谷市", kumagaya.SAYS, kumagaya.AGREES_TO, ["宿泊型", "通所型"], "利用承認通知", inquires=True)
KODAIRA = Programme(
    "小平市", kodaira.SAYS, kodaira.AGREES_TO, ["宿泊型", "日帰り型", kodaira.VISIT], "利用承認決定通知書"
)
KAWASAKI = Programme("川崎市", kawasaki.SAYS, kawasaki.AGREES_TO, kawasaki.KINDS, "産後ケア利用承認通知書")
ZUSHI = Programme("逗子市", zushi.SAYS, zushi.AGREES_TO, ["宿泊型", "通所型", "訪問型"], "産後ケア事業利用券")
OKAYAMA = Programme("岡山市", okayama.SAYS, okayama.AGREES_TO, ["宿泊", "日帰り", "訪問"], "利用決定通知(クーポン)")


def checks_whether_she_may(mother: Person, programme: Programme, *, day: str) -> None:
    """From the list of municipalities; `day` is the due date or that of the birth."""
    mother.opens("/")
    mother.follows(programme.name)
    mother.writes_day("出産予定日、または生まれた日", *typed(day))
    mother.presses("調べる")
    _answers(mother, programme)
    mother.presses("この答えで調べなおす")


def applies(mother: Person, programme: Programme, *, due: str = "", born: str = "", children: str = "1人") -> str:
    """Step by step, each as far as the programme has it; answers the number of the application."""
    steps = {
        "person": lambda: _who_she_is(mother, programme),
        "birth": lambda: _the_birth(mother, programme, due, born, children),
        "condition": lambda: _answers(mother, programme),
        "household": lambda: _her_household(mother, programme),
        "wishes": lambda: _chooses_all(mother, programme.wishes, to="使いたいもの"),
        "consent": lambda: _chooses_all(mother, programme.agrees_to),
    }
    passed = []
    while (step := urlsplit(mother.page.url).path.split("/")[-2]) != "review":
        assert step not in passed, f"{step} is not complete: {mother.page.inner_text('main')}"
        passed.append(step)
        steps[step]()
        mother.presses("保存して次へ")
    mother.sees("入力したことを確かめる", NAME)
    mother.presses("この内容で申請する")
    return mother.stands_at(f"/{mother.town}/my/applications/R[^/]+/").split("/")[-2]


def is_granted(nurse: Person, decider: Person, programme: Programme) -> None:
    """The nurse asks on the phone what the programme asks; somebody else looks at the letter and decides."""
    screening.finds_the_case(nurse, name=NAME, state="新着")
    nurse.presses("担当になる")
    nurse.presses("つながった")
    nurse.chooses("本人と確かめ、同意を得た")
    _answers(nurse, programme)
    nurse.rests()
    nurse.presses("承認がよい")
    nurse.sees("聞き取りを終え、決定に回しました")
    screening.finds_the_case(decider, name=NAME, state="決定待ち")
    screening.approves(decider, letter=programme.letter)


def _who_she_is(mother: Person, programme: Programme) -> None:
    mother.writes("氏名", NAME)
    mother.writes("ふりがな", "たかはし さきこ")
    mother.writes_day("生年月日", "平成6", "8", "1")
    mother.writes("郵便番号", "1000001")
    mother.writes("住所", f"{programme.name}見本町1-2-3")
    mother.writes("電話番号", "090-0000-0002")
    _answers(mother, programme)


def _the_birth(mother: Person, programme: Programme, due: str, born: str, children: str) -> None:
    mother.chooses("もう生まれた" if born else "これから出産する")
    if due:
        mother.writes_day("出産予定日", *typed(due))
    if born:
        mother.writes_day("生まれた日", *typed(born))
    mother.chooses(children, to="赤ちゃんの人数")
    _answers(mother, programme)
    if mother.is_asked("母子健康手帳の交付日"):
        mother.writes_day("母子健康手帳の交付日", *typed(HANDBOOK))


def _her_household(mother: Person, programme: Programme) -> None:
    _answers(mother, programme)
    if programme.inquires:
        mother.chooses("書類のかわりに、照会に同意する")


def _chooses_all(mother: Person, answers: Sequence[str], *, to: str = "") -> None:
    for answer in answers:
        mother.chooses(answer, to=to)


def _answers(person: Person, programme: Programme) -> None:
    """Whatever this page asks of what the programme asks."""
    for question, answer in programme.says.items():
        if person.is_asked(question):
            person.chooses(answer, to=question)
