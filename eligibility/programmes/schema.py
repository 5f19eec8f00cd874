"""The shape of a programme file: rules. Pydantic reads it once; `compiling` turns it into the engine's terms."""

from typing import Literal

from eligibility.engine import ArrangedBy, CircumstanceCode, ServiceKind
from eligibility.programmes.fields import (
    Clock,
    Code,
    Day,
    Flag,
    MonthDay,
    MunicipalityCode,
    Sourced,
    Strict,
    Text,
    Url,
    Whole,
)
from eligibility.programmes.schema_texts import ConsentEntry, LettersEntry, OfficeEntry, PageEntry


class MunicipalityEntry(Strict):
    code: MunicipalityCode
    slug: Code
    name: Text


class ProgrammeEntry(Strict):
    name: Text
    published: Day
    effective_from: Day | None = None
    document: Text
    url: Url = ""


class CircumstanceEntry(Strict):
    question: Text
    if_yes: Text
    if_no: Text


class RequirementEntry(Sourced):
    code: Code
    title: Text
    any_of: tuple[CircumstanceCode, ...] = ()
    none_of: tuple[CircumstanceCode, ...] = ()
    principle: Flag = False


class AgeLimitEntry(Sourced):
    under_months: Whole
    title: Text


class ApplicationEntry(Sourced):
    title: Text
    opens_at_week: Whole
    opens_at_day: Whole = 0


class DocumentEntry(Sourced):
    code: Code
    label: Text
    needed_when: Text
    per_member: Flag = False
    paper_only: Flag = False


class WaiverEntry(Sourced):
    label: Text
    proof: Code


class ClassEntry(Strict):
    code: Code
    label: Text
    choice: Text
    waiver: WaiverEntry | None = None


class HoursEntry(Sourced):
    opens: Clock
    closes: Clock
    text: Text


class DurationEntry(Sourced):
    hours: Whole
    hours_multiples: Whole | None = None


class PriceEntry(Sourced):
    per: Literal["night", "day", "use", "hour"]
    amount: Whole


class ClosedEntry(Sourced):
    label: Text
    first: MonthDay
    last: MonthDay


class DeadlineEntry(Sourced):
    days_before: Whole
    at: Clock | None = None
    inclusive: Flag = False


class FeeEntry(Sourced):
    label: Text
    amount: Whole
    amount_multiples: Whole | None = None


class OutcomeEntry(Sourced):
    counts: Flag
    fee: FeeEntry | None = None


class CancellationEntry(Strict):
    text: Text
    letter: Text
    contact: Text
    deadline: DeadlineEntry
    late: OutcomeEntry
    no_show: OutcomeEntry


class ServiceEntry(Strict):
    code: Code
    label: Text
    short_label: Text
    kind: ServiceKind
    arranged_by: ArrangedBy
    summary: Text
    care: tuple[Text, ...]
    notes: tuple[Text, ...] = ()
    hours: HoursEntry
    duration: DurationEntry | None = None
    price: PriceEntry
    closed: tuple[ClosedEntry, ...] = ()
    not_on_vaccination_day: Sourced | None = None
    cancellation: CancellationEntry


class PoolEntry(Sourced):
    code: Code
    label: Text
    services: tuple[Code, ...]
    unit: Literal["days", "nights", "uses", "hours"]
    limit: Whole
    per: Literal["birth", "child"] = "birth"
    principle: Flag = False
    extended_limit: Whole | None = None


class UsesPerDayEntry(Sourced):
    limit: Whole


class BookingEntry(Strict):
    uses_per_day: UsesPerDayEntry
    birth_recorded: Sourced
    approved: Sourced
    in_advance: Sourced


class ProgrammeFile(Strict):
    """A whole programme file."""

    municipality: MunicipalityEntry
    programme: ProgrammeEntry
    offices: tuple[OfficeEntry, ...]
    circumstances: dict[CircumstanceCode, CircumstanceEntry]
    requirements: tuple[RequirementEntry, ...]
    age_limit: AgeLimitEntry
    application: ApplicationEntry
    documents: tuple[DocumentEntry, ...]
    classes: tuple[ClassEntry, ...]
    consents: tuple[ConsentEntry, ...]
    services: tuple[ServiceEntry, ...]
    pools: tuple[PoolEntry, ...]
    booking: BookingEntry
    page: PageEntry
    letters: LettersEntry
