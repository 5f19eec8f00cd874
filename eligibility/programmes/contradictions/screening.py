"""Contradictions about what is asked on the phone."""

from collections import Counter
from collections.abc import Iterator

from eligibility.engine import AnswerKind
from eligibility.programmes.compiling.screening import suggested
from eligibility.programmes.contradictions.found import Found, twice, unknown
from eligibility.programmes.contradictions.who import FORM_FIELDS
from eligibility.programmes.reading import Path
from eligibility.programmes.schema import ProgrammeFile
from eligibility.programmes.schema.screening import FollowUpEntry, QuestionEntry

YES_NO = frozenset({"yes", "no", "unsure"})


def contradictions(file: ProgrammeFile) -> Iterator[Found]:
    entry = file.screening or suggested()
    own = {question.code for group in entry.groups for question in group.questions if question.code}
    for code in sorted(own & (file.circumstances.keys() | FORM_FIELDS)):
        yield ("circumstances", code), f"{code} は、電話の聞き取りの質問が使っています。ほかの code にしてください。"
    if file.screening is None:
        return
    yield from twice(("screening", "groups"), "code", [group.code for group in entry.groups])
    codes = Counter(
        code
        for group in entry.groups
        for question in group.questions
        for code in (question.code, *question.circumstances)
    )
    for number, group in enumerate(entry.groups):
        for place, question in enumerate(group.questions):
            path: Path = ("screening", "groups", number, "questions", place)
            yield from _question(path, question, file)
            for code in (question.code, *question.circumstances):
                if code and codes[code] > 1:
                    yield path, f"{code} は、もう使われています。"


def _question(path: Path, entry: QuestionEntry, file: ProgrammeFile) -> Iterator[Found]:
    yield from unknown((*path, "circumstances"), entry.circumstances, file.circumstances, "circumstances")
    if entry.circumstances and entry.about_child:
        yield (
            (*path, "about_child"),
            "きまりの判定に使うことは、どの方にも聞きます。after_loss に言い方を書いてください。",
        )
    if not entry.circumstances and not (entry.code and entry.question and entry.purpose):
        yield path, "code、question、purpose を書くか、circumstances を書いてください。"
    if (entry.answer is AnswerKind.CHOICE) != bool(entry.choices):
        yield (*path, "choices"), "answer: choice のときに、そのときだけ書いてください。"
    if (entry.answer is AnswerKind.NUMBER) != (entry.at_most is not None):
        yield (*path, "at_most"), "answer: number のときに、そのときだけ書いてください。"
    if entry.follow_up:
        yield from _follow_up((*path, "follow_up"), entry.follow_up, entry)


def _follow_up(path: Path, follow_up: FollowUpEntry, entry: QuestionEntry) -> Iterator[Found]:
    by_number = entry.answer is AnswerKind.NUMBER
    if by_number != (follow_up.at_least is not None) or by_number == bool(follow_up.when):
        yield path, "数で答える質問には at_least を、ほかの質問には when を書いてください。"
    answers = entry.choices if entry.answer is AnswerKind.CHOICE else YES_NO
    yield from unknown((*path, "when"), follow_up.when, answers, "答え")
