"""From the validated file to the engine's terms. A file with contradictions is never compiled."""

from eligibility.engine import Family, Keeping, OfficeDays, Record, Script, Source, Terms
from eligibility.programmes.after_loss import in_second_words
from eligibility.programmes.compiling.booking import booking_rules, coupons, pool
from eligibility.programmes.compiling.letters import consent, letters, office, page
from eligibility.programmes.compiling.money import reductions
from eligibility.programmes.compiling.screening import script
from eligibility.programmes.compiling.services import closed_season, service
from eligibility.programmes.compiling.sources import SourceOf
from eligibility.programmes.compiling.who import application_rule, document, household_class, requirement
from eligibility.programmes.fields import Sourced
from eligibility.programmes.schema import OfficeDaysEntry, ProgrammeFile, RetentionEntry


def compile_terms(file: ProgrammeFile) -> Terms:
    """The terms of a file without contradictions, in both wordings where it has a second one."""
    second = in_second_words(file)
    asked = script(file, second)
    return _terms(file, asked, after_loss=None if second is file else _terms(second, asked.said_to(Family.BEREAVED)))


def _terms(file: ProgrammeFile, asked: Script, *, after_loss: Terms | None = None) -> Terms:
    def source_of(entry: Sourced) -> Source:
        return entry.origin(file.programme.document, file.programme.url)

    documents = {entry.code: document(entry, source_of) for entry in file.documents}
    return Terms(
        municipality=file.municipality.name,
        programme=file.programme.name,
        application=application_rule(file.application, source_of),
        requirements=tuple(requirement(entry, file.circumstances, source_of) for entry in file.requirements),
        services=tuple(service(entry, file, source_of) for entry in file.services),
        pools=tuple(pool(entry, source_of) for entry in file.pools),
        classes=tuple(household_class(entry, documents, source_of) for entry in file.classes),
        reductions=reductions(file.reductions, source_of),
        documents=tuple(documents.values()),
        booking=booking_rules(file.booking, source_of),
        price_change=file.programme.price_change,
        office_days=_office_days(file.office_days, source_of),
        consents=tuple(consent(entry, source_of) for entry in file.consents),
        offices=tuple(office(entry, source_of) for entry in file.offices),
        page=page(file.page, source_of),
        letters=letters(file.letters),
        screening=asked,
        coupons=coupons(file, source_of),
        retention=_retention(file.retention, source_of),
        after_loss=after_loss,
    )


def _office_days(entry: OfficeDaysEntry | None, source_of: SourceOf) -> OfficeDays:
    if entry is None:
        return OfficeDays((), None)
    return OfficeDays(tuple(closed_season(item, source_of) for item in entry.closed), source_of(entry))


def _retention(entry: RetentionEntry | None, source_of: SourceOf) -> dict[Record, Keeping]:
    said = {record: getattr(entry, record.value, None) for record in Record}
    return {record: Keeping(kept.years, source_of(kept)) for record, kept in said.items() if kept}
