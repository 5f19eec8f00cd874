"""Contradictions about pools and coupons."""

from collections.abc import Iterator

from eligibility.engine import PoolScope, ServiceKind, UnitKind
from eligibility.programmes.contradictions.found import Found, codes_of, unknown
from eligibility.programmes.reading import Path
from eligibility.programmes.schema import PoolEntry, ProgrammeFile


def contradictions(file: ProgrammeFile) -> Iterator[Found]:
    services = codes_of(file.services)
    for number, entry in enumerate(file.pools):
        path: Path = ("pools", number)
        yield from unknown((*path, "services"), entry.services, services, "services")
        yield from _unit(path, entry, file)
        yield from _limits(path, entry)
    if (file.programme.granted_by == "coupons") is not (file.coupons is not None):
        yield ("programme", "granted_by"), "coupons と書くのは、クーポンのきまり(coupons)があるときだけです。"
    counted = {code for entry in file.pools for code in entry.services}
    for code in services:
        if code not in counted:
            yield ("pools",), f"{code} の回数がありません。"


def _unit(path: Path, entry: PoolEntry, file: ProgrammeFile) -> Iterator[Found]:
    """A pool whose unit a service has none of would never run out."""
    for service in file.services:
        if service.code not in entry.services:
            continue
        if entry.unit is UnitKind.NIGHTS and service.kind is not ServiceKind.STAY:
            yield (*path, "unit"), f"nights では {service.code} を数えられません。kind: stay だけです。"
        if entry.unit is UnitKind.HOURS and service.duration is None:
            yield (*path, "unit"), f"hours で数えるには {service.code} に duration が必要です。"


def _limits(path: Path, entry: PoolEntry) -> Iterator[Found]:
    if entry.extended_limit is not None and (not entry.principle or entry.extended_limit < entry.limit):
        yield (*path, "extended_limit"), "principle: true のときだけ、limit 以上の数を書けます。"
    if entry.limit_multiples is None:
        return
    if entry.per is PoolScope.CHILD:
        yield (*path, "limit_multiples"), "per: child のときは、子どもの数を掛けるので書けません。"
    if entry.limit_multiples < entry.limit:
        yield (*path, "limit_multiples"), "limit 以上の数を書いてください。"
