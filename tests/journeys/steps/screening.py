"""The centre: a call that nobody answers, the hearing, the decision."""

from tests.journeys.person import Person


def finds_the_case(colleague: Person, *, name: str, state: str) -> None:
    """From the list of what to move on today."""
    colleague.opens("/kodaira/centre/")
    colleague.sees(name, state)
    colleague.follows(name)
    colleague.sees(name, "判定", "満たしています", "夫.jpg", "妻.jpg")


def rings_in_vain_then_reaches_her(nurse: Person) -> None:
    nurse.presses("担当になる")
    nurse.presses("電話に出ない")
    nurse.sees("電話に出なかったと記録しました")
    nurse.presses("つながった")
    nurse.sees("電話がつながったと記録しました")


def hears_her(nurse: Person) -> None:
    nurse.chooses("本人と確かめ、同意を得た")
    nurse.chooses("確かめた", to="市の住民登録")
    nurse.chooses("ない", to="熱や感染症のおそれ")
    nurse.chooses("いらない", to="医療の介入")
    nurse.chooses("足りない", to="家族の手助け")
    nurse.chooses("ある", to="体調・授乳・育児の不安")
    nurse.writes("聞いたこと", "夜の授乳がつらい。まず宿泊を使いたい。")
    nurse.rests()
    nurse.presses("承認がよい")
    nurse.sees("聞き取りを終え、決定に回しました", "決定する人を待っています")


def approves(decider: Person) -> None:
    """Looks at the letter first, then decides."""
    decider.sees("聞き取りでは 承認がよい")
    preview = decider.peeks("通知書を下見する")
    assert "髙橋 﨑子" in preview
    assert "利用承認決定通知書" in preview
    decider.presses("承認して通知書を出す")
    decider.sees("決定しました。通知書は数秒でできます。")


def prints_the_letter(decider: Person) -> None:
    decider.follows("手紙")
    decider.reloads_until("発行ずみ")
