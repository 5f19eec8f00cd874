"""The shape of a facility file. Pydantic reads it once; `facilities` turns it into records."""

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from eligibility.programmes.fields import (
    Code,
    Count,
    Day,
    Flag,
    MunicipalityCode,
    Phone,
    Postcode,
    Sourced,
    Strict,
    Text,
    Url,
    Whole,
)


def _some(value: int) -> int:
    if value == 0:
        raise ValueError("1以上の整数を書いてください。")
    return value


def _email(value: str) -> str:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value):
        raise ValueError("メールアドレスを、印刷のとおりに書いてください。")
    return value


def _amount_key(value: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_.-]{0,79}", value):
        raise ValueError("額のキーを short_stay.share の形で書いてください。")
    return value


def _spelt_out(value: object) -> object:
    """A service without anything of its own may be written as its code alone."""
    return {"code": value} if isinstance(value, str) else value


Email = Annotated[str, AfterValidator(_email)]
AmountKey = Annotated[str, AfterValidator(_amount_key)]


class AgesEntry(Strict):
    under: Annotated[Count, AfterValidator(_some)]
    unit: Literal["days", "months", "years"]
    inclusive: Flag = False
    title: Text


class Accepting(Strict):
    """Whom a facility or one of its services takes; what is absent is not said."""

    ages: AgesEntry | None = None
    multiples: Flag | None = None
    siblings: Flag | None = None


class AmountEntry(Sourced):
    household_class: Code = ""
    amount: Whole
    per: Text = ""
    starts: Day | None = Field(None, alias="from")


class PriceEntry(AmountEntry):
    of: AmountKey = "price"


class MunicipalAmountEntry(AmountEntry):
    key: AmountKey


class ContractPriceEntry(Sourced):
    """見本の額 of a contract: what the municipality pays a facility, by the day, the night, the use or the hour."""

    facility: Code
    service: Code
    kind: Literal["use", "late_cancel", "no_show", "multiples", "siblings", "older"] = "use"
    amount: Whole
    per: Literal["day", "night", "use", "hour"]


class ServiceEntry(Accepting):
    code: Code
    prices: tuple[PriceEntry, ...] = ()


class BookingEntry(Strict):
    by: Literal["phone", "mail", "web", "association"]
    text: Text = ""
    name: Text = ""
    code: Code | None = None
    phone: Phone = ""
    email: Email = ""
    url: Url = ""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        needed = {"mail": "email", "web": "url", "association": "name"}.get(self.by)
        if needed and not getattr(self, needed):
            raise ValueError(f"by: {self.by} には {needed} が必要です。")
        if self.code and self.by != "association":
            raise ValueError("code は by: association のときだけ書きます。")
        return self


class FacilityEntry(Sourced, Accepting):
    code: Code
    kind: Literal["facility", "visitor"]
    name: Text
    legal_name: Text = ""
    postcode: Postcode = ""
    address: Text = ""
    area: Text = ""
    phones: tuple[Phone, ...] = ()
    url: Url = ""
    message: Text = ""
    starts: Day | None = Field(None, alias="from")
    ends: Day | None = Field(None, alias="until")
    booking: BookingEntry | None = None
    services: tuple[Annotated[ServiceEntry, BeforeValidator(_spelt_out)], ...]
    places: Count | None = None
    note: Text = ""


class FacilityFile(Strict):
    municipality: MunicipalityCode
    starts: Day = Field(alias="from")
    document: Text
    url: Url = ""
    reading: Text = ""
    sample: Flag = False
    facilities: tuple[FacilityEntry, ...]
    amounts: tuple[MunicipalAmountEntry, ...] = ()
    contract_prices: tuple[ContractPriceEntry, ...] = ()
