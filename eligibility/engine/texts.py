"""The texts of a programme for its page, its forms and its letters: carried by the engine, never judged by."""

from dataclasses import dataclass
from enum import StrEnum

from eligibility.engine.values import Source, Unpublished


@dataclass(frozen=True, slots=True)
class Office:
    """Where to ask. The first office of a programme is the one that letters and pages name."""

    code: str
    name: str
    section: str
    postcode: str
    address: str
    phone: str
    fax: str
    source: Source
    serves: str | Unpublished | None = None
    """The area whose families ask here, as it stands in their addresses (宮前区); None: it is there for all of them."""


@dataclass(frozen=True, slots=True)
class Consent:
    """A statement she agrees to when she applies."""

    code: str
    label: str
    text: str
    required: bool
    source: Source


@dataclass(frozen=True, slots=True)
class FlowStep:
    title: str
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence of the programme that is shown but judged by nobody here (外出できません, …)."""

    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Who:
    """A line of 使える人: 住まい, 時期, ようす."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class PageTexts:
    """The public page."""

    eyebrow: str
    heading: str
    lead: str
    who: tuple[Who, ...]
    who_note: str
    together: str
    """How the pools of several services are counted together."""
    waiver_title: str
    waiver_text: str
    flow: tuple[FlowStep, ...]
    notes: tuple[Note, ...]


class Seal(StrEnum):
    """What stands beside the sender of a letter."""

    IMAGE = "image"
    OMITTED = "omitted"


@dataclass(frozen=True, slots=True)
class NumberSeries:
    """The number on a letter, as 7小健母第123号: `pattern` holds {year} (of the era) and {number}."""

    code: str
    pattern: str
    sample: bool
    """True until the municipality has set its own pattern."""


@dataclass(frozen=True, slots=True)
class Sender:
    title: str
    name: str | Unpublished
    seal: Seal
    seal_omitted_text: str


@dataclass(frozen=True, slots=True)
class Appeal:
    """教示. `paragraphs` have the addressee and the defendant filled in already."""

    addressee: str
    review_months: int
    lawsuit_months: int
    final_years: int
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DecisionLetter:
    """One kind of decision letter. `opening` holds {basis} and {applied_on}, of an amendment or a revocation
    {original_on} and {original_number}, of a reduction {handed_in_on}."""

    title: str
    opening: str


@dataclass(frozen=True, slots=True)
class AvailabilityLetter:
    """利用の可否通知: whether the days that the centre arranged can be had.

    Both openings hold {basis} and {wished_on}.
    """

    title: str
    possible: str
    impossible: str
    how_to_use: tuple[str, ...]
    appeal: bool
    """Whether the text says that a no is a decision to be contested (教示)."""


@dataclass(frozen=True, slots=True)
class RevocationLetter(DecisionLetter):
    """`then`: what she should know of bookings, of what she has used, and of applying anew; no word of a child."""

    then: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LetterTexts:
    approval: DecisionLetter
    refusal: DecisionLetter
    amendment: DecisionLetter
    """An approval that is changed."""
    availability: AvailabilityLetter | None
    """None where no letter follows an arrangement."""
    revocation: RevocationLetter
    """An approval that is ended."""
    basis: str | Unpublished
    """The provision that the decision rests on (根拠), as a setting of the municipality."""
    basis_unset: str
    """What the letter says in place of {basis} as long as that setting is empty."""
    period: str
    how_to_use: tuple[str, ...]
    appeal: Appeal
    sender: Sender
    number: NumberSeries
    reduction: DecisionLetter | None = None
    """減免決定: None where no letter follows a proof that is accepted, as the next."""
    no_reduction: DecisionLetter | None = None
    coupons: DecisionLetter = DecisionLetter("{coupons}", "{coupons}をお送りします。")
    """利用券 on paper. Both hold {coupons}, what they are called."""

    @property
    def judge_proofs(self) -> bool:
        """Whether a letter says that a proof is accepted, or that it is not."""
        return self.reduction is not None or self.no_reduction is not None

    def basis_text(self) -> str:
        return self.basis_unset if isinstance(self.basis, Unpublished) else self.basis
