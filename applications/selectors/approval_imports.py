"""A file of running approvals as it is looked at before it is taken over, and those that were."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q

from applications.importing.approvals import Approval, read_approvals
from applications.importing.columns import Column, columns_under
from applications.importing.reading import Sheet, Slip, read_sheet
from applications.models import ApprovalImport, Birth, Household
from applications.models.finding import found_under
from applications.selectors.duplicates import Person, agreeing, known_as, may_be_the_same
from eligibility.public import Municipality, ProgrammeVersion, programme_of
from postpartum_portal.shared import clock

SHOWN = 10
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file says. With a slip nothing of it is taken over."""

    sheet: Sheet
    approvals: tuple[Approval, ...]
    slips: tuple[Slip, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """A line, and somebody on record who may be the same mother."""

    approval: Approval
    household: Household
    words: str


def versions_of(municipality: Municipality) -> list[ProgrammeVersion]:
    """In the order in which they come into force; what has no beginning was always."""
    rows = ProgrammeVersion.objects.filter(municipality=municipality).order_by("pk")
    return sorted(rows, key=lambda row: (row.effective_from is not None, row.effective_from or clock.today()))


def columns_for(municipality: Municipality) -> tuple[Column, ...]:
    return columns_under(programme_of(row).terms for row in versions_of(municipality))


def checked(municipality: Municipality, content: bytes) -> Checked:
    """The file read whole, by the programme's versions."""
    versions = versions_of(municipality)
    sheet = read_sheet(content, [column.name for column in columns_for(municipality)])
    approvals, slips = read_approvals(sheet.lines, versions, on=clock.today())
    found = sorted([*sheet.slips, *slips], key=lambda slip: slip.line)
    return Checked(sheet, tuple(approvals), tuple(found))


def already_taken_over(municipality: Municipality, sheet: Sheet) -> ApprovalImport | None:
    rows = ApprovalImport.objects.filter(municipality=municipality, imported_at__isnull=False)
    return rows.select_related("by").filter(sha256=sheet.sha256).first()


def taken_over(municipality: Municipality) -> list[ApprovalImport]:
    rows = ApprovalImport.objects.filter(municipality=municipality, imported_at__isnull=False)
    return list(rows.select_related("by"))


def alike(municipality: Municipality, approvals: Sequence[Approval]) -> list[Alike]:
    """Those on record who may be the same as somebody in the file; a handful of statements for each 500 lines."""
    found = []
    for start in range(0, len(approvals), CHUNK):
        people = [(item, _person(item)) for item in approvals[start : start + CHUNK]]
        known = _by_sign(_near(municipality, [person for _, person in people]))
        for item, person in people:
            candidates = {
                household.pk: (household, as_known) for sign in _signs(person) for household, as_known in known[sign]
            }
            for household, as_known in candidates.values():
                agrees = agreeing(person, as_known)
                if may_be_the_same(agrees):
                    found.append(Alike(item, household, "、".join(agrees)))
    return found


def _person(item: Approval) -> Person:
    """After a loss no day is compared."""
    days = () if item.lost_on else (item.due_date, item.born_on)
    return Person(
        name_key=found_under(item.name),
        kana_key=found_under(item.kana),
        birth_date=item.birth_date,
        phone_key=found_under(item.phone).replace("-", ""),
        days=frozenset(day for day in days if day),
    )


def _near(municipality: Municipality, people: Iterable[Person]) -> Iterable[Household]:
    """By the indexes of the keys; who shares a day of birth alone must share the child's day too."""
    rows = list(people)
    keys = Q(name_key__in={row.name_key for row in rows}) | Q(kana_key__in={row.kana_key for row in rows})
    keys |= Q(phone_key__in={row.phone_key for row in rows})
    days = {day for row in rows for day in row.days}
    same_days = Q(birth_date__in={row.birth_date for row in rows}) & (
        Q(births__due_date__in=days) | Q(births__born_on__in=days)
    )
    found = Household.objects.filter(keys | same_days, municipality=municipality).distinct()
    return found.order_by("pk").prefetch_related(Prefetch("births", Birth.objects.order_by("pk")))


def _by_sign(households: Iterable[Household]) -> defaultdict[object, list[tuple[Household, Person]]]:
    known: defaultdict[object, list[tuple[Household, Person]]] = defaultdict(list)
    for household in households:
        person = known_as(household, household.births.all())
        for sign in _signs(person):
            known[sign].append((household, person))
    return known


def _signs(person: Person) -> list[object]:
    """What two must share one of."""
    return [("name", person.name_key), ("kana", person.kana_key), ("phone", person.phone_key), person.birth_date]
