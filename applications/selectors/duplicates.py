"""Who may be the same mother under another row: on paper, under another account, or in two applications.

What agrees is said in words; a person looks and decides. The score only chooses whom to show.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from applications.models import Application, Birth, Household
from applications.models.finding import found_under
from applications.steps import Step

from .answers import birth_dates, clean_in, day

NAME, KANA, BORN, PHONE, DAY = "氏名", "ふりがな", "生年月日", "電話番号", "出産予定日か生まれた日"
POINTS = {BORN: 2, PHONE: 2, DAY: 1}
NAMED = 2
"""For name, reading or both: many share the one and then the other."""
ENOUGH = 3
"""One strong sign alone is none: sisters share a telephone, strangers a birthday or a name."""
MOST = 20
"""As many as a person can look at; more would be a row that everything agrees with by mistake."""


@dataclass(frozen=True, slots=True)
class Person:
    """What two rows are compared by: the keys as `Household` keeps them; `days` are due dates and days of birth."""

    name_key: str
    kana_key: str
    birth_date: dt.date | None
    phone_key: str
    days: frozenset[dt.date]


@dataclass(frozen=True, slots=True)
class Match:
    """Somebody who may be the same, what agrees, and her applications, the latest first."""

    household: Household
    agrees: tuple[str, ...]
    applications: tuple[Application, ...]

    @property
    def words(self) -> str:
        return "、".join(self.agrees)

    @property
    def where(self) -> str:
        return "本人のアカウントがあります" if self.household.citizen_id else "紙・窓口の申請"


def agreeing(one: Person, other: Person) -> tuple[str, ...]:
    """The fields in which two agree, by name; what is empty agrees with nothing."""
    pairs = (
        (NAME, one.name_key, other.name_key),
        (KANA, one.kana_key, other.kana_key),
        (BORN, one.birth_date, other.birth_date),
        (PHONE, one.phone_key, other.phone_key),
    )
    found = [label for label, mine, theirs in pairs if mine and mine == theirs]
    return (*found, *((DAY,) if one.days & other.days else ()))


def may_be_the_same(agrees: Iterable[str]) -> bool:
    """Whether so much agrees that somebody should look."""
    labels = set(agrees)
    points = sum(POINTS.get(label, 0) for label in labels) + (NAMED if labels & {NAME, KANA} else 0)
    return points >= ENOUGH


def written_in(draft: Application) -> Person | None:
    """Whom a draft is about; None before its first step is complete."""
    said = clean_in(draft, Step.PERSON)
    if not said:
        return None
    due_date, born_on, _ = birth_dates(draft)
    return Person(
        name_key=found_under(said["name"]),
        kana_key=found_under(said["kana"]),
        birth_date=day(said["birth_date"]),
        phone_key=found_under(said["phone"]).replace("-", ""),
        days=frozenset(known for known in (due_date, born_on) if known),
    )


def known_as(household: Household, births: Iterable[Birth]) -> Person:
    """A household as it stands; of a birth that was lost no day is compared."""
    told = [birth for birth in births if birth.outcome != Birth.Outcome.LOST]
    return Person(
        name_key=household.name_key,
        kana_key=household.kana_key,
        birth_date=household.birth_date,
        phone_key=household.phone_key,
        days=frozenset(known for birth in told for known in (birth.due_date, birth.born_on) if known),
    )


def like_draft(draft: Application) -> tuple[Match, ...]:
    """Those who may be the mother of a paper that is being entered."""
    person = written_in(draft)
    return _like(person, draft.municipality_id) if person else ()


def like_household(household: Household) -> tuple[Match, ...]:
    """Those who may be the same as a household. Four statements, however many there are."""
    person = known_as(household, Birth.objects.filter(household=household))
    return _like(person, household.municipality_id, besides=(household.pk,))


def _like(person: Person, municipality_id: int, *, besides: tuple[int, ...] = ()) -> tuple[Match, ...]:
    """The first `MOST`. Only whoever agrees in enough is read: a name may be shared by hundreds."""
    handed_in = Application.objects.exclude(status=Application.Status.DRAFT).order_by("-submitted_at", "-pk")
    births = Birth.objects.order_by("pk").prefetch_related(Prefetch("applications", handed_in))
    rows = Household.objects.filter(municipality_id=municipality_id).exclude(pk__in=besides)
    found = []
    for household in _agreeing_rows(rows, person).prefetch_related(Prefetch("births", births))[:MOST]:
        agrees = agreeing(person, known_as(household, household.births.all()))
        hers = [application for birth in household.births.all() for application in birth.applications.all()]
        found.append(Match(household, agrees, tuple(hers)))
    return tuple(found)


def _agreeing_rows(rows: QuerySet[Household], person: Person) -> QuerySet[Household]:
    """Those for whom `may_be_the_same` holds, asked of the database.

    Each first sign has an index; a birth is looked up only for rows that agree in one.
    """
    named = _same(name_key=person.name_key) | _same(kana_key=person.kana_key)
    born, phone = _same(birth_date=person.birth_date), _same(phone_key=person.phone_key)
    told = Birth.objects.filter(household=OuterRef("pk")).exclude(outcome=Birth.Outcome.LOST)
    on_a_day = Q(Exists(told.filter(Q(due_date__in=person.days) | Q(born_on__in=person.days))))
    two = (named & born) | (named & phone) | (born & phone)
    return rows.filter(named | born | phone).filter(two | on_a_day).order_by("pk")


def _same(**sign: str | dt.date | None) -> Q:
    """What is empty agrees with nothing."""
    return Q(**sign) if all(sign.values()) else Q(pk__in=())
