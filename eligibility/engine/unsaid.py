"""After a miscarriage or stillbirth: a service about which the centre is asked has no published rule for cancelling."""

from dataclasses import replace
from functools import lru_cache

from eligibility.engine.cancellation import Counts, Outcome
from eligibility.engine.facts import Family
from eligibility.engine.families import open_to
from eligibility.engine.service import Service
from eligibility.engine.terms import Terms
from eligibility.engine.values import Unpublished, Verdict

CANCELLING = Unpublished("この予約の取り消しのきまりは公表されていません。センターにお問い合わせください", "centre")
"""In words that tell a facility nothing of her."""


def is_asked(service: Service, family: Family) -> bool:
    """Whether the page says nothing of such a family after a loss, so that its rules are not for it either."""
    return family is Family.BEREAVED and open_to(service.families, family) is Verdict.ASK


@lru_cache
def without_unsaid(terms: Terms, family: Family) -> Terms:
    """The terms with no deadline and no fee for what `is_asked`; the very same where nothing is."""
    if not any(is_asked(service, family) for service in terms.services):
        return terms
    second = without_unsaid(terms.after_loss, family) if terms.after_loss else None
    services = tuple(_unsaid(service) if is_asked(service, family) else service for service in terms.services)
    return replace(terms, services=services, after_loss=second)


def _unsaid(service: Service) -> Service:
    source = service.families.source
    rules = replace(
        service.cancellation,
        text=f"{CANCELLING.reason}。",
        tiers=(),
        no_show=Outcome(Counts.NONE, None, source),
        unpublished=CANCELLING,
        source=source,
    )
    return replace(service, cancellation=rules)
