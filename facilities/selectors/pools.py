"""What is left of each pool that counts a service, in a line: a shared total, and the limits inside it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from eligibility import engine
from eligibility.engine.wording import pool_counter, pool_units

NOTHING = engine.Balance(0, 0)


@dataclass(frozen=True, slots=True)
class PoolLeft:
    """`limit` of the entitlement, and as much `left` of it as the shared total leaves."""

    pool: engine.Pool
    limit: int
    left: int

    @property
    def label(self) -> str:
        return self.pool.label

    @property
    def unit(self) -> str:
        return pool_counter(self.pool)

    @property
    def text(self) -> str:
        """あと3泊, or that there is nothing left, and how use goes on where it does."""
        if self.left:
            return _("あと%(pool_units)s") % {"pool_units": pool_units(self.left, self.pool)}
        return _("のこりはありません") + (_("。このあとは全額の負担です") if self._goes_on else "")

    @property
    def limit_text(self) -> str:
        """5泊まで; where use goes on beyond it, that it costs more: 4回まで。そのあとは全額."""
        return _("%(pool_units)sまで") % {"pool_units": pool_units(self.limit, self.pool)} + (
            _("。そのあとは全額") if self._goes_on and self.left else ""
        )

    @property
    def _goes_on(self) -> bool:
        return self.pool.beyond is engine.Beyond.FULL_PRICE


def leading_pool(service: engine.Service, terms: engine.Terms) -> engine.Pool | None:
    """The pool a service is best known by: the one it shares with most others."""
    return max(terms.pools_of(service.code), key=lambda pool: len(pool.services), default=None)


def pools_left(
    services: Iterable[engine.Service], terms: engine.Terms, balances: engine.Balances, *, shared: engine.Pool
) -> tuple[PoolLeft, ...]:
    """Every other pool that counts one of these services beside the `shared` one, the one with least left first."""
    counting = (pool for service in services for pool in terms.pools_of(service.code) if pool is not shared)
    found = [_left(pool, balances.get(pool.code, NOTHING), shared, balances) for pool in dict.fromkeys(counting)]
    return tuple(sorted(found, key=lambda item: item.left))


def shared_left(shared: engine.Pool, balances: engine.Balances) -> PoolLeft:
    balance = balances.get(shared.code, NOTHING)
    return PoolLeft(shared, balance.limit, balance.left)


def _left(pool: engine.Pool, balance: engine.Balance, shared: engine.Pool, balances: engine.Balances) -> PoolLeft:
    """Inside a total nobody has more left than the total; counted otherwise, only its end is known to be theirs."""
    of_total = balances.get(shared.code, NOTHING).left
    inside = set(pool.services) <= set(shared.services)
    ends = inside and (pool.unit is shared.unit or not of_total)
    return PoolLeft(pool, balance.limit, min(balance.left, of_total) if ends else balance.left)
