"""The centre: a call that nobody answers, the hearing, the decision."""

from tests.journeys.person import Person

from . import questions

ADVICE = "ようすが変わったときは、もう一度申請できます。"
"""What the decider writes below the drafted reason."""


def finds_the_case(colleague: Person, *, name: str, state: str) -> None:
    """From the list of what to move on today."""
    colleague.opens(f"/{colleague.town}/centre/")
    colleague.sees(name, state)
    colleague.follows(name)
    colleague.sees(name, "判定")


def rings_in_vain_then_reaches_her(nurse: Person) -> None:
    nurse.presses("担当になる")
    nurse.presses("電話に出ない")
    nurse.sees("電話に出なかったと記録しました")
    nurse.presses("つながった")
    nurse.sees("電話がつながったと記録しました")


def hears_her(nurse: Person, *, lacks_support: str, anxious: str, advice: str = "承認がよい") -> None:
    """The form saves as it is filled in; the advice hands the case on."""
    nurse.chooses("本人と確かめ、同意を得た")
    questions.says_where_she_lives(nurse)
    questions.says_how_she_is(nurse, lacks_support=lacks_support, anxious=anxious)
    nurse.writes("聞いたこと", "夜の授乳のことを話した。")
    nurse.rests()
    nurse.presses(advice)
    nurse.sees("聞き取りを終え、決定に回しました", "決定する人を待っています")


def approves(decider: Person, *, letter: str = "利用承認決定通知書") -> None:
    """Looks at the letter first, then decides."""
    decider.sees("聞き取りでは 承認がよい")
    preview = decider.peeks("通知書を下見する")
    assert "髙橋 﨑子" in preview
    assert letter in preview
    decider.presses("承認して通知書を出す")
    decider.sees("決定しました。通知書は数秒でできます。")


def refuses(decider: Person) -> None:
    """The reason is drafted from what was found: facts, then the rule; the decider adds a sentence."""
    decider.sees("聞き取りでは 不承認がよい")
    drafted = decider.reads("承認しない理由")
    assert "家族などからの支援は足りています。" in drafted
    assert "体調不良や、授乳・育児の不安はありません。" in drafted
    decider.writes("承認しない理由", f"{drafted}\n{ADVICE}")
    decider.presses("不承認にして通知書を出す")
    decider.sees("決定しました。通知書は数秒でできます。")


def sees_that_she_read_it(decider: Person) -> None:
    """The list of letters says so beside hers."""
    decider.follows("手紙")
    decider.reloads_until("画面で読んだ")
