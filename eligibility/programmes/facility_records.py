"""What a facility file says, as records: whom facilities take, how one books, what they publish as price."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from eligibility.engine import Source, Yen


@dataclass(frozen=True, slots=True)
class Ages:
    """Children are taken while they are under this age; with `inclusive`, on the corresponding day (応当日) too."""

    under: int
    unit: Literal["days", "months", "years"]
    inclusive: bool
    title: str
    """As the page prints it: 生後4か月未満."""


@dataclass(frozen=True, slots=True)
class Accepts:
    """Whom a facility takes. None is what the page does not say."""

    ages: Ages | None = None
    multiples: bool | None = None
    siblings: bool | None = None


@dataclass(frozen=True, slots=True)
class BookingWay:
    """How one books: by whom or by what, and the words and addresses for it; an empty text is what is not given."""

    by: Literal["phone", "mail", "web", "association"]
    text: str
    name: str
    """Of the association that takes the bookings."""
    code: str
    """Its own, where its staff answer requests here."""
    phone: str
    email: str
    url: str


@dataclass(frozen=True, slots=True)
class AmountRecord:
    """An amount with its day and its sentence, for one that the programme file leaves unpublished."""

    key: str
    """The engine's key: `short_stay.price`."""
    household_class: str
    """Empty: for every class."""
    amount: Yen
    per: str
    starts: date
    source: Source


@dataclass(frozen=True, slots=True)
class ServiceRecord:
    """A service a facility gives; `accepts` says only what differs from the facility's own."""

    code: str
    accepts: Accepts
    amounts: tuple[AmountRecord, ...]


@dataclass(frozen=True, slots=True)
class FacilityRecord:
    """A facility, or an organisation that sends visitors. An empty text or None is what the page does not say."""

    code: str
    kind: Literal["facility", "visitor"]
    name: str
    legal_name: str
    postcode: str
    address: str
    area: str
    phones: tuple[str, ...]
    url: str
    message: str
    starts: date
    ends: date | None
    accepts: Accepts
    booking: BookingWay | None
    offers: tuple[ServiceRecord, ...]
    places: int | None
    """How many mothers a day; where the page does not say, the facility enters it."""
    note: str
    """What could not be read in the page, and so is left out."""
    source: Source

    @property
    def services(self) -> tuple[str, ...]:
        return tuple(service.code for service in self.offers)


@dataclass(frozen=True, slots=True)
class ContractPriceRecord:
    """見本の額 of a contract, for one service of a facility; `kind` and `per` as the portal's own entries have them."""

    facility: str
    service: str
    kind: str
    amount: Yen
    per: str
    source: Source


@dataclass(frozen=True, slots=True)
class FacilityList:
    municipality: str
    """The municipality's code."""
    starts: date
    """From when the list holds."""
    sample: bool
    """Invented for the demo; the facilities' names begin with 見本."""
    facilities: tuple[FacilityRecord, ...]
    amounts: tuple[AmountRecord, ...]
    """見本の額 for the whole municipality; only a sample list has them."""
    contract_prices: tuple[ContractPriceRecord, ...]
    """見本の額 of contracts; only a sample list has them, since no page publishes one."""
