"""Words of a child in what a bereaved family reads: a programme open to it says those sentences a second way."""

import re
from collections.abc import Iterator

from eligibility.engine import Family
from eligibility.engine.bereaved import OF_CHILDREN
from eligibility.programmes.after_loss import in_second_words, texts
from eligibility.programmes.contradictions.found import Found
from eligibility.programmes.reading import Path
from eligibility.programmes.schema import ProgrammeFile, ServiceEntry

WORDS = re.compile(
    f"{OF_CHILDREN.pattern}|育児|生後|こども|子供|わが子|児|ベビー|ミルク|母乳|沐浴|離乳|おむつ|子育て|母子|保育|きょうだい|お母さん|母親"
)
"""Wider than what is left out of a letter: here an office writes the sentence anew, so nothing is lost by it."""

READ = (
    "circumstances",
    "requirements",
    "documents",
    "classes",
    "reductions",
    "consents",
    "services",
    "pools",
    "booking",
    "letters",
    "screening",
)
"""What a bereaved family reads. The public page is everybody's, and an age or a time to apply is told her by the
portal's own sentences."""

WRITE = "after_loss に、その言葉のない文を書いてください。"

UNREAD = frozenset({"source", "reading", "practice", "age_limit", "ask_beyond", "families", "not_on_vaccination_day"})
"""Keys within them that she does not read: what the page says word for word, and rules on a child's age."""

_PAGE = ("waiver_title", "waiver_text")
"""Of the public page, what the application quotes."""


def contradictions(file: ProgrammeFile) -> Iterator[Found]:
    if not any(_is_for_her(service, file) for service in file.services):
        return
    second = in_second_words(file)
    names = _names(file)
    for path, text in _read(second):
        word = WORDS.search(names.sub("", text))
        if word:
            yield path, f"流産・死産のあとの方も読む文に「{word[0]}」があります。{WRITE}"


def _is_for_her(service: ServiceEntry, file: ProgrammeFile) -> bool:
    rule = service.families or file.families
    return rule is not None and Family.BEREAVED in rule.open_to


def _read(file: ProgrammeFile) -> Iterator[tuple[Path, str]]:
    for name in READ:
        for path, text in texts(getattr(file, name), (name,)):
            if UNREAD.isdisjoint(path) and _of_her_services(path, file) and _asked_of_her(path, file):
                yield path, text
    for name in _PAGE:
        yield ("page", name), getattr(file.page, name)


def _of_her_services(path: Path, file: ProgrammeFile) -> bool:
    """She is shown nothing of a service that is not for her but its name."""
    if path[0] != "services" or path[2] in ("label", "short_label"):
        return True
    return _is_for_her(file.services[int(path[1])], file)


def _asked_of_her(path: Path, file: ProgrammeFile) -> bool:
    """On the phone nothing is asked of a child."""
    if path[:2] != ("screening", "groups") or "questions" not in path or not file.screening:
        return True
    return not file.screening.groups[int(path[2])].questions[int(path[4])].about_child


def _names(file: ProgrammeFile) -> re.Pattern[str]:
    """Names are nobody's wording: the programme's, and those of its offices, in whole or in part."""
    named = [
        file.programme.name,
        *(part for office in file.offices for part in f"{office.name} {office.section}".split()),
    ]
    return re.compile("|".join(re.escape(name) for name in sorted(named, key=len, reverse=True)))
