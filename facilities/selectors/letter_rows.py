"""What 利用の可否通知 says of an arrangement, as rows: where, when, at what price, until when it may be given up."""

from collections.abc import Iterable
from copy import copy

from applications.public import Fact
from eligibility import engine
from eligibility.engine.wording import clock, money
from facilities.models import Booking, Move, Wish
from postpartum_portal.shared import wareki
from postpartum_portal.shared.yen import notes_told

from .stored import StoredPrice, price_of
from .uses import deadline_of, ends_at, length_of, starts_at, terms_of, use_of
from .wording import said_to_her


def settled_rows(booking: Booking, moved: Move | None = None) -> tuple[Fact, ...]:
    """`booking` came with its facility; `moved`: by what it came to these days."""
    terms = terms_of(booking)
    service = terms.service(booking.service)
    return (
        Fact("種類", (service.label,)),
        Fact("利用する施設" if service.kind is not engine.ServiceKind.VISIT else "訪問する人", tuple(_where(booking))),
        Fact("利用する日", tuple(_when(booking, terms))),
        *(_before(booking, moved) if moved else ()),
        Fact("利用者負担額", tuple(_price(price_of(booking), service))),
        Fact("取り消しの期限", tuple(_deadline(booking))),
    )


def wished_rows(wish: Wish) -> tuple[Fact, ...]:
    """What could not be had."""
    service = said_to_her(wish.entitlement).service(wish.service)
    days = "、".join(wareki.no_weekday(day) for day in wish.wished_days)
    wished = tuple(line for line in (days, wish.words) if line)
    return (Fact("種類", (service.label,)), Fact("希望のあった日時", wished))


def how_to_cancel(booking: Booking) -> tuple[str, ...]:
    """The service's own sentence for letters."""
    return (terms_of(booking).service(booking.service).cancellation.letter,)


def _where(booking: Booking) -> Iterable[str]:
    facility = booking.facility
    yield facility.name
    address = " ".join(filter(None, [f"〒{facility.postcode}" if facility.postcode else "", facility.address]))
    yield from filter(None, [address, f"電話 {facility.phone}" if facility.phone else ""])


def _when(booking: Booking, terms: engine.Terms) -> Iterable[str]:
    service = terms.service(booking.service)
    first, last = wareki.full(booking.first_day), wareki.full(booking.last_day)
    length = length_of(use_of(booking), service)
    yield f"{first} {length}" if first == last else f"{first}から{last}まで {length}"
    starts, ends = starts_at(booking, terms), ends_at(booking, terms)
    if starts and ends:
        at_last = "" if booking.first_day == booking.last_day else "最後の日の"
        yield f"{clock(starts)}から{at_last}{clock(ends)}まで"
    else:
        yield f"{clock(starts)}から" if starts else service.hours.text


def _before(booking: Booking, moved: Move) -> Iterable[Fact]:
    stood = copy(booking)
    stood.first_day, stood.last_day, stood.arrival = moved.old_first_day, moved.old_last_day, moved.old_arrival
    yield Fact("変更前の日", tuple(_when(stood, terms_of(stood))))


def _price(price: StoredPrice, service: engine.Service) -> Iterable[str]:
    """Line by line; what is not published in its words."""
    for line in price.lines:
        arithmetic = (
            f" {line.arithmetic}" if line.arithmetic and not isinstance(line.amount, engine.Unpublished) else ""
        )
        yield f"{line.label}{arithmetic} {money(line.amount)}"
    note = notes_told(price.total, service.price.tax_note, engine.SAMPLE if price.sampled else "")
    yield f"合計 {money(price.total)}{note}"


def _deadline(booking: Booking) -> Iterable[str]:
    yield deadline_of(booking).wording
