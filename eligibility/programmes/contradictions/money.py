"""Contradictions about prices and reductions. Above all: nothing may come out as 0 by a slip."""

from collections.abc import Iterator

from eligibility.engine import Beyond, ReductionKind, ServiceKind
from eligibility.programmes.contradictions.found import Found, codes_of, unknown
from eligibility.programmes.reading import Path
from eligibility.programmes.schema import ProgrammeFile, ReductionEntry, ServiceEntry

_NEEDS = {
    ReductionKind.FIXED: "amount",
    ReductionKind.OFF: "amount",
    ReductionKind.PERCENT: "percent",
}


def contradictions(file: ProgrammeFile) -> Iterator[Found]:
    going_on = {code for pool in file.pools if pool.beyond is Beyond.FULL_PRICE for code in pool.services}
    for number, entry in enumerate(file.services):
        path: Path = ("services", number, "price")
        yield from _price(path, entry)
        if entry.price.beyond_limit is not None and entry.code not in going_on:
            yield (*path, "beyond_limit"), "pools に beyond: full_price がありません。"
    for number, reduction in enumerate(file.reductions):
        yield from _reduction(("reductions", number), reduction, file)


def _price(path: Path, entry: ServiceEntry) -> Iterator[Found]:
    price = entry.price
    yield from _per((*path, "per"), price.per, entry)
    for number, extra in enumerate(price.extras):
        yield from _per((*path, "extras", number, "per"), extra.per, entry)
    if price.first and price.per == "use":
        yield (*path, "first"), "per: use のときは書けません。1回は1つと数えます。"


def _per(path: Path, per: str, entry: ServiceEntry) -> Iterator[Found]:
    if per == "night" and entry.kind is not ServiceKind.STAY:
        yield path, "night は、kind: stay だけに書けます。"
    if per == "hour" and entry.duration is None:
        yield path, "hour には duration が必要です。時間が決まる前の料金がわかりません。"


def _reduction(path: Path, entry: ReductionEntry, file: ProgrammeFile) -> Iterator[Found]:
    services = codes_of(file.services)
    for key, known in (("classes", codes_of(file.classes)), ("services", services)):
        if not getattr(entry, key):
            yield (*path, key), "1つ以上書いてください。"
        yield from unknown((*path, key), getattr(entry, key), known, key)
    if entry.first:
        yield from unknown((*path, "first", "over"), entry.first.over, services, "services")
        for code in sorted(set(entry.services) - set(entry.first.over)):
            yield (*path, "first", "over"), f"この減額を受ける {code} が入っていません。"
    yield from _kind(path, entry)


def _kind(path: Path, entry: ReductionEntry) -> Iterator[Found]:
    """Each kind has the numbers it needs, and no others."""
    needed = _NEEDS.get(entry.kind)
    if needed and getattr(entry, needed) is None:
        yield path, f"kind: {entry.kind} には {needed} が必要です。"
    for key in ("amount", "percent", "round_to"):
        if getattr(entry, key) is None or key == needed or (key, needed) == ("round_to", "percent"):
            continue
        yield (*path, key), f"kind: {entry.kind} のときは書けません。"
