"""What a decision letter says: everything that is printed, frozen when the decision is taken.

The snapshot is plain JSON and holds the whole text, so that a letter rendered again from it years later, after a change
of name, of programme or of mayor, says what the first one said.
"""

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import Any

LONGEST_AMOUNT = 14  # characters: 1泊2日 13,000円
SNAPSHOT_FORM = 1  # raised when a field changes its meaning; old snapshots stay readable by their own form


@dataclass(frozen=True, slots=True)
class Recipient:
    """宛名. `postcode` may be "" and `address` empty for a letter handed over at the counter.

    `kept_back`: no preview shows the address (支援措置). It is no part of the text, and not written into a snapshot.
    """

    name: str
    postcode: str
    address: tuple[str, ...]
    kept_back: bool = False


@dataclass(frozen=True, slots=True)
class Sender:
    """発信者. `name` is "" while the municipality has not set it.

    Beside the sender stands `seal_text` (（公印省略）), or `seal_image` (see `seal.seal_data_uri`), or, where both are
    "", an empty square of 24 mm for the seal to be stamped by hand.
    """

    title: str
    name: str = ""
    seal_text: str = ""
    seal_image: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One row under 記, as 利用できる期間. After a loss no row speaks of a child."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grant:
    """One service, or several counted together. `copayment` is words where no amount is published, "" where none is due
    for the row itself."""

    service: str
    units: str
    copayment: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One row of an amendment: what was printed before, and what holds from now on."""

    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Coupons on paper: `code` in groups of four, and the `address` that the QR code leads to."""

    code: str
    address: str


@dataclass(frozen=True, slots=True)
class LetterContent:
    """利用承認(不承認)決定通知書. A refusal has `reasons` (the facts, then the rule) and no `grants`.

    利用承認変更決定通知書 has `changes` and neither.
    """

    number: str
    issued_on: date
    recipient: Recipient
    sender: Sender
    title: str
    opening: str
    facts: tuple[Fact, ...]
    contact: tuple[str, ...]
    grants: tuple[Grant, ...] = ()
    changes: tuple[Change, ...] = ()
    reasons_heading: str = "承認しない理由"
    reasons: tuple[str, ...] = ()
    instructions_heading: str = "利用のしかた"
    instructions: tuple[str, ...] = ()
    appeal: tuple[str, ...] = ()
    sheet: Sheet | None = None

    @property
    def plain_amounts(self) -> bool:
        """Whether the copayments are set as amounts, to the right; several prices and words run from the left."""
        return all(len(grant.copayment) <= LONGEST_AMOUNT for grant in self.grants)

    def as_snapshot(self) -> dict[str, Any]:
        """Plain JSON; `from_snapshot` gives the same content back. Only an amendment has `changes` and only coupons
        a `sheet`, so that others are written as they were before there was one."""
        fields = dataclasses.asdict(self)
        del fields["recipient"]["kept_back"]
        for name in ("changes", "sheet"):
            if not fields[name]:
                del fields[name]
        return {"form": SNAPSHOT_FORM, **fields, "issued_on": self.issued_on.isoformat()}

    @classmethod
    def from_snapshot(cls, snapshot: dict[str, Any]) -> "LetterContent":
        """The content that `snapshot` was made of.

        Raises:
            UnknownSnapshot: it was written in a form that this version does not know.
        """
        fields = dict(snapshot)
        if (form := fields.pop("form", None)) != SNAPSHOT_FORM:
            raise UnknownSnapshot(form)
        recipient = fields["recipient"]
        return cls(
            **{
                **fields,
                "issued_on": date.fromisoformat(fields["issued_on"]),
                "recipient": Recipient(**{**recipient, "address": tuple(recipient["address"])}),
                "sender": Sender(**fields["sender"]),
                "sheet": Sheet(**fields["sheet"]) if fields.get("sheet") else None,
                "facts": tuple(Fact(fact["label"], tuple(fact["lines"])) for fact in fields["facts"]),
                "grants": tuple(Grant(**grant) for grant in fields["grants"]),
                "changes": tuple(
                    Change(row["label"], tuple(row["before"]), tuple(row["after"])) for row in fields.get("changes", ())
                ),
                **{name: tuple(fields[name]) for name in ("contact", "reasons", "instructions", "appeal")},
            }
        )

    def printed_text(self) -> str:
        """All that will stand on paper, for the check of glyphs before the decision is taken."""
        without_image = dataclasses.replace(self, sender=dataclasses.replace(self.sender, seal_image=""))
        return "\n".join(_texts(without_image.as_snapshot()))


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a reason as the decider typed it: one a line, blank lines dropped."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


class UnknownSnapshot(Exception):
    """A snapshot of a form that this version cannot read."""


def _texts(value: object) -> list[str]:
    match value:
        case str():
            return [value]
        case dict():
            return [text for item in value.values() for text in _texts(item)]
        case list() | tuple():
            return [text for item in value for text in _texts(item)]
        case _:
            return []
