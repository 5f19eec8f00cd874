"""From the validated file to the texts that the terms carry."""

from eligibility.engine import (
    Appeal,
    AvailabilityLetter,
    Consent,
    DecisionLetter,
    FlowStep,
    LetterTexts,
    Note,
    NumberSeries,
    Office,
    PageTexts,
    RevocationLetter,
    Sender,
    Unpublished,
    Who,
)
from eligibility.programmes.compiling.sources import SourceOf
from eligibility.programmes.schema import letters as schema
from eligibility.programmes.schema.amounts import UnpublishedEntry


def office(entry: schema.OfficeEntry, source_of: SourceOf) -> Office:
    return Office(
        code=entry.code,
        name=entry.name,
        section=entry.section,
        postcode=entry.postcode,
        address=entry.address,
        phone=entry.phone,
        fax=entry.fax,
        source=source_of(entry),
        serves=None if entry.serves is None else _said(entry.serves),
    )


def consent(entry: schema.ConsentEntry, source_of: SourceOf) -> Consent:
    return Consent(entry.code, entry.label, entry.text, entry.required, source_of(entry))


def page(entry: schema.PageEntry, source_of: SourceOf) -> PageTexts:
    return PageTexts(
        eyebrow=entry.eyebrow,
        heading=entry.heading,
        lead=entry.lead,
        who=tuple(Who(item.title, item.text) for item in entry.who),
        who_note=entry.who_note,
        together=entry.together,
        waiver_title=entry.waiver_title,
        waiver_text=entry.waiver_text,
        flow=tuple(FlowStep(item.title, item.text, source_of(item)) for item in entry.flow),
        notes=tuple(Note(item.text, source_of(item)) for item in entry.notes),
    )


def letters(entry: schema.LettersEntry) -> LetterTexts:
    return LetterTexts(
        approval=DecisionLetter(entry.approval.title, entry.approval.opening),
        refusal=DecisionLetter(entry.refusal.title, entry.refusal.opening),
        amendment=DecisionLetter(entry.amendment.title, entry.amendment.opening),
        revocation=RevocationLetter(entry.revocation.title, entry.revocation.opening, entry.revocation.then),
        availability=_availability(entry.availability) if entry.availability else None,
        basis=_said(entry.basis),
        basis_unset="" if isinstance(entry.basis, str) else entry.basis.wording_until_set,
        period=entry.period,
        how_to_use=entry.how_to_use,
        appeal=_appeal(entry.appeal),
        sender=Sender(
            title=entry.sender.title,
            name=_said(entry.sender.name),
            seal=entry.sender.seal,
            seal_omitted_text=entry.sender.seal_omitted_text,
        ),
        number=NumberSeries(entry.number.series, entry.number.pattern, entry.number.sample),
        reduction=_named(entry.reduction),
        no_reduction=_named(entry.no_reduction),
        coupons=DecisionLetter(entry.coupons.title, entry.coupons.opening),
    )


def _named(entry: schema.ReductionLetterEntry | schema.NoReductionLetterEntry | None) -> DecisionLetter | None:
    return DecisionLetter(entry.title, entry.opening) if entry else None


def _availability(entry: schema.AvailabilityLetterEntry) -> AvailabilityLetter:
    return AvailabilityLetter(
        title=entry.title,
        possible=entry.possible,
        impossible=entry.impossible,
        how_to_use=entry.how_to_use,
        appeal=entry.appeal,
    )


def _said(entry: str | UnpublishedEntry) -> str | Unpublished:
    return entry if isinstance(entry, str) else Unpublished(entry.unpublished, entry.who_knows)


def _appeal(entry: schema.AppealEntry) -> Appeal:
    named = entry.model_dump(exclude={"paragraphs"})
    return Appeal(
        addressee=entry.addressee,
        review_months=entry.review_months,
        lawsuit_months=entry.lawsuit_months,
        final_years=entry.final_years,
        paragraphs=tuple(text.format(**named) for text in entry.paragraphs),
    )
