"""An amount of the file: whole yen, or the words that stand for what is not published."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Discriminator, Tag

from eligibility.programmes.fields import Strict, Text, Whole, key, words

WhoKnows = Annotated[
    Literal["facility", "centre", "municipality"], words(facility="施設", centre="センター", municipality="市")
]


class UnpublishedEntry(Strict):
    unpublished: Text = key("公表されていないこと", "数のかわりにページに出る言葉です。")
    who_knows: WhoKnows = key("わかるところ", "だれに聞けばわかるかです。")


def _kind(value: object) -> str:
    return "[unpublished]" if isinstance(value, dict | UnpublishedEntry) else "[yen]"


AmountEntry: TypeAlias = Annotated[
    Annotated[Whole, Tag("[yen]")] | Annotated[UnpublishedEntry, Tag("[unpublished]")],
    Discriminator(_kind),
]
