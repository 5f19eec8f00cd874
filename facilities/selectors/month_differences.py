"""What does not fit in a month's claim, told before it is sent: each with what to do, and whether it must be done."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Q, prefetch_related_objects

from applications.public import standings_of
from eligibility import engine
from eligibility.engine.wording import money, span
from eligibility.public import programme_of
from facilities.models import Booking, Contract, MonthLine, Offering
from facilities.month_end import USE
from postpartum_portal.shared.tenancy import tenant

from .adjusting import lies_outside
from .limits import places_booked
from .month_books import Billed, Books
from .month_lines import NO_PRICE, NOT_IN_CONTRACT, NOTHING_LEFT
from .requoting import families_bookings, price_of_day
from .uses import goes_beyond, terms_among
from .versions import Versions, versions_of


@dataclass(frozen=True, slots=True)
class Difference:
    """`what` does not fit, and what `to_do`; `blocking`: the month cannot be sent before. `number` is the booking's.

    `who` and `when` name the guest and the days.
    """

    code: str
    number: str
    who: str
    when: str
    what: str
    to_do: str
    blocking: bool = False


Places = Mapping[int, engine.Place]
"""Where each booking takes place, by its id."""
Said = tuple[str, str, str, bool]
"""Code, what, to do, blocking."""

UNRECORDED: Said = ("unrecorded", "到着か不在かが、記録されていません。", "予約を開いて、記録してください。", True)


def differences_of(books: Books, lines: Iterable[MonthLine], month: dt.date, *, ask: str) -> tuple[Difference, ...]:
    """Of an open month; those that must be settled first. `ask`: whom to ask about the contract."""
    rows, unrecorded = list(lines), [row for row in books.unrecorded if row.last_day.replace(day=1) == month]
    found = [_of(booking, UNRECORDED) for booking in unrecorded]
    found += [_of(line.booking, _corrected(line)) for line in rows if line.corrects_id]
    billed = [books.billed[line.booking_id] for line in rows if not line.corrects_id]
    places = _places(billed)
    judges = (
        _price_judge(ask),
        _money_told,
        _grant_judge(billed, places),
        _contract_judge(billed, ask),
        _quote_judge(billed, places),
    )
    found += [_of(row.booking, said) for row in billed for judge in judges for said in judge(row)]
    return tuple(sorted(found, key=lambda item: not item.blocking))


def _of(booking: Booking, said: Said) -> Difference:
    code, what, to_do, blocking = said
    return Difference(
        code=code,
        number=booking.number,
        who=booking.entitlement.birth.household.name,
        when=span(booking.first_day, booking.last_day),
        what=what,
        to_do=to_do,
        blocking=blocking,
    )


def _corrected(line: MonthLine) -> Said:
    share = line.public_share or 0
    change = f"市の負担が{'+' if share > 0 else ''}{money(engine.Yen(share))}変わります。"
    return "correction", f"前の月の訂正です。{line.note}{change}", "この月の請求に、差し引きで入ります。", False


def _price_judge(ask: str) -> Callable[[Billed], Iterable[Said]]:
    """Whether the contract has an amount."""

    def judge(row: Billed) -> Iterator[Said]:
        if row.unmeasured:
            yield (
                "unmeasured",
                "訪問の長さが決まっていないので、委託料を計算できません。",
                f"{ask}に確かめてください。",
                True,
            )
        elif row.price is None and row.kind == USE:
            yield "no_price", NO_PRICE, f"{ask}に、契約の額を入れるように頼んでください。", True
        elif row.price is None:
            yield "not_in_contract", NOT_IN_CONTRACT, f"契約に定めがあるときは、{ask}に知らせてください。", False

    return judge


def _money_told(row: Billed) -> Iterator[Said]:
    """What was received, beside what was to be."""
    price, claim = row.price, row.claim
    if claim.overpaid:
        yield (
            "overpaid",
            f"お支払い額{_yen(row.collected)}が、委託料{_yen(price)}より多くなっています。",
            "受け取った額を確かめてください。合っているときは、契約の額を市に確かめてください。",
            True,
        )
    elif claim.claims_nothing and price is not None:
        yield "nothing_left", NOTHING_LEFT, "することはありません。", False
    if row.kind != USE and price is None:
        return
    if row.collected is None:
        what = "お支払い額が公表されておらず、" if row.kind == USE else "取り消しの料金がまだ決まっておらず、"
        yield "unknown", f"{what}受け取った額も記録されていません。", "予約を開いて、記録してください。", True
    elif row.waived:
        told = f"取り消しの料金を受け取らないことにしています。受け取る額の{_yen(row.due)}で計算しています。"
        yield "waived", told, "市の負担は、受け取らないことにしても変わりません。", False
    elif row.paid is None and row.due:
        told = f"受け取りが記録されていません。受け取る額の{_yen(row.due)}で計算しています。"
        yield "unpaid", told, "予約を開いて、受け取った額を記録してください。", False
    elif row.paid is not None and row.due is not None and row.paid != row.due:
        told = f"受け取った額{_yen(row.paid)}が、受け取る額{_yen(row.due)}とちがいます。"
        yield "other_sum", f"{told}受け取った額で計算しています。", "予約を開いて、確かめてください。", False


def _grant_judge(rows: Iterable[Billed], places: Places) -> Callable[[Billed], Iterable[Said]]:
    """Whether the use was granted, and within what was granted."""
    found = list(rows)
    versions = _versions(found)
    prefetch_related_objects([row.booking.entitlement for row in found], "grants")

    def judge(row: Billed) -> Iterator[Said]:
        booking, birth = row.booking, row.booking.entitlement.birth
        given = [item for item in booking.entitlement.grants.all() if booking.service in item.services]
        decided = programme_of(booking.entitlement.programme_version).terms
        outside = lies_outside(booking, birth, decided, place=places[booking.pk])
        if outside or not any(item.holds_on(booking.first_day) for item in given):
            yield "no_grant", "この日の利用が、承認の範囲に入っていません。", "市に確かめてください。", False
        if versions and goes_beyond(booking, terms_among(versions, booking)):
            yield "beyond", "回数の上限を超えた利用です。", "市の負担があるかを、市に確かめてください。", False

    return judge


def _contract_judge(rows: Iterable[Billed], ask: str) -> Callable[[Billed], Iterable[Said]]:
    """Whether the contract held on its days, with this service."""
    booking = next((row.booking for row in rows), None)
    here = Q(facility=booking.facility_id, municipality=booking.municipality_id) if booking else Q(pk__in=())
    contract = Contract.objects.filter(here).first()
    offered = set(Offering.objects.filter(here).values_list("service", flat=True))

    def judge(row: Billed) -> Iterator[Said]:
        booking = row.booking
        starts, ends = (contract.starts_on, contract.ends_on) if contract else (None, None)
        early, late = starts and booking.first_day < starts, ends and booking.last_day > ends
        if contract is None or early or late or booking.service not in offered:
            yield "no_contract", "この日に、このサービスの契約がありません。", f"{ask}に確かめてください。", False

    return judge


def _quote_judge(rows: Iterable[Billed], places: Places) -> Callable[[Billed], Iterable[Said]]:
    """Whether what she was to pay is what today's records give; what of them has changed is not told."""
    uses = [row for row in rows if row.kind == USE]
    versions = _versions(uses)
    entitlements = [row.booking.entitlement for row in uses]
    standings = standings_of(entitlements) if uses else {}
    families = families_bookings(entitlements) if uses else {}

    def judge(row: Billed) -> Iterator[Said]:
        if row.kind != USE or versions is None:
            return
        booking = row.booking
        facts = standings[booking.entitlement_id].facts(booking.first_day)
        family, place = families[booking.entitlement_id], places[booking.pk]
        fresh = price_of_day(booking, family, facts=facts, versions=versions, place=place).total
        if row.due is None or isinstance(fresh, engine.Unpublished) or fresh == row.due:
            return
        told = f"到着のときに決まったお支払い額は{_yen(row.due)}、いまの記録では{money(fresh)}です。"
        yield "requoted", told, "記録があとから変わりました。どちらの額にするかを、市に確かめてください。", False

    return judge


def _places(rows: Iterable[Billed]) -> Places:
    """Read for the municipality, as whatever prices a use; a page shows nothing of it."""
    bookings = [row.booking for row in rows]
    if not bookings:
        return {}
    with tenant(municipality=bookings[0].municipality_id):
        return places_booked(bookings)


def _versions(rows: Iterable[Billed]) -> Versions | None:
    return next((versions_of(row.booking.municipality_id) for row in rows), None)


def _yen(amount: int | None) -> str:
    return money(engine.Yen(amount or 0))
