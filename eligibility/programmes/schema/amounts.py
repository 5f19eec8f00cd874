"""An amount of the file: whole yen, or the words that stand for what is not published."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Discriminator, Tag

from eligibility.programmes.fields import Strict, Text, Whole

WhoKnows = Literal["facility", "centre", "municipality"]


class UnpublishedEntry(Strict):
    unpublished: Text
    who_knows: WhoKnows


def _kind(value: object) -> str:
    return "[unpublished]" if isinstance(value, dict | UnpublishedEntry) else "[yen]"


AmountEntry: TypeAlias = Annotated[
    Annotated[Whole, Tag("[yen]")] | Annotated[UnpublishedEntry, Tag("[unpublished]")],
    Discriminator(_kind),
]
