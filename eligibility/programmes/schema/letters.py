"""The shape of a programme file: texts for page, forms and letters."""

from string import Formatter
from typing import Annotated

from pydantic import AfterValidator

from eligibility.engine import Seal
from eligibility.programmes.fields import Code, Flag, Phone, Postcode, Sourced, Strict, Text, Whole
from eligibility.programmes.schema.amounts import UnpublishedEntry


def _only(text: str, *names: str) -> str:
    """The text, if every {name} in it is one that can be filled in."""
    try:
        used = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        raise ValueError("{ と } の組がそろっていません。") from None
    if used - set(names):
        allowed = "、".join(f"{{{name}}}" for name in names)
        raise ValueError(f"ここに書けるのは {allowed} だけです。")
    return text


def _filled_in_with(*names: str) -> AfterValidator:
    return AfterValidator(lambda text: _only(text, *names))


AppealText = Annotated[
    Text,
    _filled_in_with("addressee", "defendant", "representative", "review_months", "lawsuit_months", "final_years"),
]


class OfficeEntry(Sourced):
    code: Code
    name: Text
    section: Text
    postcode: Postcode = ""
    address: Text = ""
    phone: Phone
    fax: Phone = ""


class ConsentEntry(Sourced):
    code: Code
    label: Text
    text: Text
    required: Flag


class WhoEntry(Strict):
    title: Text
    text: Text


class FlowEntry(Sourced):
    title: Text
    text: Text


class NoteEntry(Sourced):
    text: Text


class PageEntry(Strict):
    eyebrow: Text
    heading: Text
    lead: Text
    who: tuple[WhoEntry, ...]
    who_note: Text
    together: Text
    waiver_title: Text
    waiver_text: Text
    flow: tuple[FlowEntry, ...]
    notes: tuple[NoteEntry, ...]


class BasisEntry(UnpublishedEntry):
    wording_until_set: Text


class DecisionLetterEntry(Strict):
    title: Text
    opening: Annotated[Text, _filled_in_with("applied_on", "basis")]


class AppealEntry(Strict):
    addressee: Text
    defendant: Text
    representative: Text
    review_months: Whole
    lawsuit_months: Whole
    final_years: Whole
    paragraphs: tuple[AppealText, ...]


class SenderEntry(Strict):
    title: Text
    name: UnpublishedEntry
    seal: Seal
    seal_omitted_text: Text


class NumberEntry(Strict):
    series: Code
    pattern: Annotated[Text, _filled_in_with("year", "number")]
    sample: Flag


class LettersEntry(Strict):
    approval: DecisionLetterEntry
    refusal: DecisionLetterEntry
    basis: BasisEntry
    period: Text
    how_to_use: tuple[Text, ...]
    appeal: AppealEntry
    sender: SenderEntry
    number: NumberEntry
