"""From the validated file to the engine's terms; checks here that what one entry names, another one declares."""

from collections.abc import Iterable, Iterator

from eligibility.engine import (
    AgeLimit,
    ApplicationRule,
    BookingRules,
    Cancellation,
    Circumstance,
    CircumstanceCode,
    ClosedSeason,
    DeadlineRule,
    Document,
    Duration,
    Fee,
    Hours,
    HouseholdClass,
    Outcome,
    Pool,
    PoolScope,
    Price,
    Requirement,
    Service,
    Source,
    Terms,
    UnitKind,
    Waiver,
    Yen,
)
from eligibility.programmes import schema
from eligibility.programmes.compiling_texts import consent, letters, office, page
from eligibility.programmes.fields import Sourced
from eligibility.programmes.reading import Path

_PER = {"night": UnitKind.NIGHTS, "day": UnitKind.DAYS, "use": UnitKind.USES, "hour": UnitKind.HOURS}


def contradictions(file: schema.ProgrammeFile) -> Iterator[tuple[Path, str]]:
    """Where the file contradicts itself: path and sentence."""
    for name in ("offices", "requirements", "documents", "classes", "consents", "services", "pools"):
        yield from _codes_twice(name, [entry.code for entry in getattr(file, name)])
    yield from _requirements(file)
    yield from _classes(file)
    yield from _pools(file)


def compile_terms(file: schema.ProgrammeFile) -> Terms:
    """The terms of a file without contradictions."""
    return _Compiler(file).terms()


class _Compiler:
    """Carries the document and its address, which every source repeats."""

    def __init__(self, file: schema.ProgrammeFile) -> None:
        self.file = file
        age = file.age_limit
        self.age_limit = AgeLimit(age.under_months, age.title, self._source(age))
        self.documents = {entry.code: self._document(entry) for entry in file.documents}

    def terms(self) -> Terms:
        file = self.file
        return Terms(
            municipality=file.municipality.name,
            programme=file.programme.name,
            application=self._application(file.application),
            requirements=tuple(self._requirement(entry) for entry in file.requirements),
            services=tuple(self._service(entry) for entry in file.services),
            pools=tuple(self._pool(entry) for entry in file.pools),
            classes=tuple(self._class(entry) for entry in file.classes),
            documents=tuple(self.documents.values()),
            booking=self._booking(file.booking),
            consents=tuple(consent(entry, self._source) for entry in file.consents),
            offices=tuple(office(entry, self._source) for entry in file.offices),
            page=page(file.page, self._source),
            letters=letters(file.letters),
        )

    def _source(self, entry: Sourced) -> Source:
        return entry.origin(self.file.programme.document, self.file.programme.url)

    def _application(self, entry: schema.ApplicationEntry) -> ApplicationRule:
        return ApplicationRule(entry.title, entry.opens_at_week, entry.opens_at_day, self._source(entry))

    def _requirement(self, entry: schema.RequirementEntry) -> Requirement:
        codes = entry.any_of or entry.none_of
        asked = tuple(self._circumstance(code) for code in codes)
        return Requirement(
            code=entry.code,
            title=entry.title,
            circumstances=asked,
            expects=bool(entry.any_of),
            principle=entry.principle,
            source=self._source(entry),
        )

    def _circumstance(self, code: CircumstanceCode) -> Circumstance:
        entry = self.file.circumstances[code]
        return Circumstance(code, entry.question, entry.if_yes, entry.if_no)

    def _document(self, entry: schema.DocumentEntry) -> Document:
        return Document(
            code=entry.code,
            label=entry.label,
            needed_when=entry.needed_when,
            per_member=entry.per_member,
            paper_only=entry.paper_only,
            source=self._source(entry),
        )

    def _class(self, entry: schema.ClassEntry) -> HouseholdClass:
        waiver = None
        if entry.waiver is not None:
            waiver = Waiver(entry.waiver.label, self.documents[entry.waiver.proof], self._source(entry.waiver))
        return HouseholdClass(entry.code, entry.label, entry.choice, waiver)

    def _service(self, entry: schema.ServiceEntry) -> Service:
        return Service(
            code=entry.code,
            label=entry.label,
            short_label=entry.short_label,
            kind=entry.kind,
            arranged_by=entry.arranged_by,
            summary=entry.summary,
            care=entry.care,
            notes=entry.notes,
            hours=Hours(entry.hours.opens, entry.hours.closes, entry.hours.text, self._source(entry.hours)),
            duration=self._duration(entry.duration) if entry.duration else None,
            price=Price(_PER[entry.price.per], Yen(entry.price.amount), self._source(entry.price)),
            age_limit=self.age_limit,
            cancellation=self._cancellation(entry.cancellation),
            closed=tuple(ClosedSeason(item.label, item.first, item.last, self._source(item)) for item in entry.closed),
            vaccination=self._source(entry.not_on_vaccination_day) if entry.not_on_vaccination_day else None,
        )

    def _duration(self, entry: schema.DurationEntry) -> Duration:
        multiples = entry.hours if entry.hours_multiples is None else entry.hours_multiples
        return Duration(entry.hours, multiples, self._source(entry))

    def _cancellation(self, entry: schema.CancellationEntry) -> Cancellation:
        rule = entry.deadline
        return Cancellation(
            text=entry.text,
            letter=entry.letter,
            contact=entry.contact,
            deadline=DeadlineRule(rule.days_before, rule.at, rule.inclusive, self._source(rule)),
            late=self._outcome(entry.late),
            no_show=self._outcome(entry.no_show),
        )

    def _outcome(self, entry: schema.OutcomeEntry) -> Outcome:
        return Outcome(entry.counts, self._fee(entry.fee) if entry.fee else None, self._source(entry))

    def _fee(self, entry: schema.FeeEntry) -> Fee:
        multiples = entry.amount if entry.amount_multiples is None else entry.amount_multiples
        return Fee(entry.label, Yen(entry.amount), Yen(multiples), self._source(entry))

    def _pool(self, entry: schema.PoolEntry) -> Pool:
        return Pool(
            code=entry.code,
            label=entry.label,
            services=entry.services,
            unit=UnitKind(entry.unit),
            limit=entry.limit,
            per=PoolScope(entry.per),
            principle=entry.principle,
            extended_limit=entry.limit if entry.extended_limit is None else entry.extended_limit,
            source=self._source(entry),
        )

    def _booking(self, entry: schema.BookingEntry) -> BookingRules:
        return BookingRules(
            uses_per_day=entry.uses_per_day.limit,
            uses_per_day_source=self._source(entry.uses_per_day),
            birth_recorded=self._source(entry.birth_recorded),
            approved=self._source(entry.approved),
            in_advance=self._source(entry.in_advance),
        )


def _codes_twice(name: str, codes: list[str]) -> Iterator[tuple[Path, str]]:
    for number, code in enumerate(codes):
        if code in codes[:number]:
            yield (name, number, "code"), f"{code} は、もう使われています。"


def _requirements(file: schema.ProgrammeFile) -> Iterator[tuple[Path, str]]:
    for number, entry in enumerate(file.requirements):
        if bool(entry.any_of) == bool(entry.none_of):
            yield ("requirements", number), "any_of か none_of のどちらか1つを書いてください。"
        for code in _unknown([*entry.any_of, *entry.none_of], file.circumstances):
            yield ("requirements", number), f"{code} が circumstances にありません。"


def _classes(file: schema.ProgrammeFile) -> Iterator[tuple[Path, str]]:
    documents = {entry.code for entry in file.documents}
    for number, entry in enumerate(file.classes):
        if entry.waiver is None:
            continue
        if number == 0:
            yield ("classes", 0, "waiver"), "初めの区分は、証明書がないときの区分です。免除は書けません。"
        for code in _unknown([entry.waiver.proof], documents):
            yield ("classes", number, "waiver", "proof"), f"{code} が documents にありません。"


def _pools(file: schema.ProgrammeFile) -> Iterator[tuple[Path, str]]:
    services = {entry.code for entry in file.services}
    for number, entry in enumerate(file.pools):
        for code in _unknown(entry.services, services):
            yield ("pools", number, "services"), f"{code} が services にありません。"
        if entry.extended_limit is not None and (not entry.principle or entry.extended_limit < entry.limit):
            yield ("pools", number, "extended_limit"), "principle: true のときだけ、limit 以上の数を書けます。"
    for code in _unknown(services, {code for entry in file.pools for code in entry.services}):
        yield ("pools",), f"{code} の回数がありません。"


def _unknown(codes: Iterable[str], known: Iterable[str]) -> list[str]:
    return sorted(set(codes) - set(known))
