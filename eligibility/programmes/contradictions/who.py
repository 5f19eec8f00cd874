"""Contradictions about who may use it, until when, and from when one may apply."""

from collections.abc import Iterator

from eligibility.engine import AgeUnit, CountedFrom, Opens
from eligibility.programmes.contradictions.found import Found, codes_of, unknown
from eligibility.programmes.reading import Path
from eligibility.programmes.schema import AgeLimitEntry, ApplicationEntry, FamiliesEntry, ProgrammeFile
from eligibility.programmes.schema.who import AskBeyondEntry

OLDEST = {AgeUnit.DAYS: 1100, AgeUnit.MONTHS: 36, AgeUnit.YEARS: 3}
"""Postpartum care is for the first year; an age far beyond it is a slip of the key."""
DAYS_IN = {AgeUnit.DAYS: 1, AgeUnit.MONTHS: 30, AgeUnit.YEARS: 365}
WEEKS_OF_PREGNANCY, DAYS_OF_A_WEEK, MONTHS_OF_PREGNANCY = 42, 7, 10

FORM_FIELDS = frozenset(
    {
        "family",
        "due",
        "born",
        "lost",
        "children",
        "household_class",
        "day",
        "begin",
        "municipality",
        "told",
        "due_date",
        "birth_date",
    }  # of the public check
    | {
        "name",
        "kana",
        "postcode",
        "address",
        "phone",
        "call_times",
        "trouble",
        "go",
        "remove",
        "office",
    }  # of the application
    | {
        "consent",
        "note",
        "handbook_on",
        "recommendation",
        "grounds",
        "page",
        "stood",
        "draft",
        "whose",
    }  # of the hearing
)
"""What the forms that ask circumstances call their own boxes and buttons."""
PARTS_OF_A_DAY = ("_year", "_month", "_day")

_NEEDS = {
    Opens.WEEKS: "weeks",
    Opens.MONTHS_BEFORE_DUE: "months",
    Opens.UNPUBLISHED: "words",
}


def contradictions(file: ProgrammeFile) -> Iterator[Found]:
    yield from _circumstances(file)
    yield from _requirements(file)
    yield from _application(file.application)
    yield from _handbook(file)
    yield from _families_of(file)
    yield from _age_limits_of(file)


def _circumstances(file: ProgrammeFile) -> Iterator[Found]:
    for code in file.circumstances:
        box = next((code.removesuffix(part) for part in PARTS_OF_A_DAY if code.endswith(part)), code)
        if FORM_FIELDS & {code, box}:
            yield ("circumstances", code), f"{code} は、質問の画面が別の欄に使っています。ほかの code にしてください。"


def _requirements(file: ProgrammeFile) -> Iterator[Found]:
    for number, entry in enumerate(file.requirements):
        path = ("requirements", number)
        if bool(entry.any_of) == bool(entry.none_of):
            yield path, "any_of か none_of のどちらか1つを書いてください。"
        yield from unknown(path, [*entry.any_of, *entry.none_of], file.circumstances, "circumstances")
        yield from unknown((*path, "services"), entry.services, codes_of(file.services), "services")


def _application(entry: ApplicationEntry) -> Iterator[Found]:
    needed = _NEEDS.get(entry.opens)
    if needed and not getattr(entry, needed):
        yield ("application", "opens"), f"opens: {entry.opens} には {needed} が必要です。"
    for key in ("weeks", "months", "words"):
        if key != needed and getattr(entry, key):
            yield ("application", key), f"opens: {entry.opens} のときは書けません。"
    if entry.days is not None and (entry.opens is not Opens.WEEKS or entry.days >= DAYS_OF_A_WEEK):
        yield ("application", "days"), "weeks といっしょに、0から6までを書いてください。"
    if entry.weeks and entry.weeks > WEEKS_OF_PREGNANCY:
        yield ("application", "weeks"), "妊娠の週数を書いてください(例: 32)。"
    if entry.months and entry.months >= MONTHS_OF_PREGNANCY:
        yield ("application", "months"), "予定日の何か月前かを書いてください(例: 2)。"


def _handbook(file: ProgrammeFile) -> Iterator[Found]:
    if file.application.handbook and file.coupons is None:
        yield (
            ("application", "handbook"),
            "coupons がありません。手帳と一緒に何を渡すのかを、coupons に書いてください。",
        )


def _families_of(file: ProgrammeFile) -> Iterator[Found]:
    if file.families:
        yield from _families(("families",), file.families)
    for number, entry in enumerate(file.services):
        path: Path = ("services", number)
        if entry.families:
            yield from _families((*path, "families"), entry.families)
        elif file.families is None:
            yield path, "families がありません。事業の全体か、この種類に書いてください。"


def _families(path: Path, entry: FamiliesEntry) -> Iterator[Found]:
    if not entry.open_to:
        yield (*path, "open_to"), "1つ以上書いてください。"
    for family in sorted(set(entry.open_to) & set(entry.ask)):
        yield (*path, "ask"), f"{family} は open_to にもあります。"


def _age_limits_of(file: ProgrammeFile) -> Iterator[Found]:
    if file.age_limit:
        yield from _age_limit(("age_limit",), file.age_limit)
    for number, entry in enumerate(file.services):
        path: Path = ("services", number)
        if entry.age_limit:
            yield from _age_limit((*path, "age_limit"), entry.age_limit)
        limit = entry.age_limit or file.age_limit
        if limit is None:
            yield path, "age_limit がありません。事業の全体か、この種類に書いてください。"
        elif entry.ask_beyond:
            yield from _ask_beyond((*path, "ask_beyond"), entry.ask_beyond, limit)


def _age_limit(path: Path, entry: AgeLimitEntry) -> Iterator[Found]:
    yield from _age(path, entry)
    corrected = entry.counted_from is CountedFrom.CORRECTED
    if corrected != (entry.corrected_up_to is not None):
        yield (*path, "corrected_up_to"), "counted_from: corrected のときに、そのときだけ書いてください(例: 36w6d)。"
    if (entry.counted_from is CountedFrom.BIRTH) != (entry.correction is None):
        yield (*path, "correction"), "counted_from: corrected か case_by_case のときに、そのときだけ書いてください。"


def _age(path: Path, entry: AgeLimitEntry | AskBeyondEntry) -> Iterator[Found]:
    if entry.under > OLDEST[entry.unit]:
        yield (*path, "under"), "3歳を超えています。数字と unit を確かめてください。"


def _ask_beyond(path: Path, entry: AskBeyondEntry, limit: AgeLimitEntry) -> Iterator[Found]:
    yield from _age(path, entry)
    if entry.under * DAYS_IN[entry.unit] >= limit.under * DAYS_IN[limit.unit]:
        yield (*path, "under"), "この種類の age_limit より小さい数を書いてください。"
