"""For whom a service is: mother and child, and which services are open to others besides."""

from functools import lru_cache

from eligibility.engine.facts import Facts, Family
from eligibility.engine.service import FamilyRule, Service
from eligibility.engine.service_groups import ServiceGroup, groups, labels
from eligibility.engine.terms import Terms
from eligibility.engine.values import Finding, Source, Verdict

TITLE = "使える方"
_WHO = {
    Family.MOTHER: "お母さんとお子さん",
    Family.FATHER: "父子家庭の方",
    Family.FOSTER: "里親などのご家庭の方",
    Family.BEREAVED: "流産や死産を経験された方",
}


def family_findings(facts: Facts, terms: Terms) -> tuple[Finding, ...]:
    """Services with the same answer and the same sentence behind it are told together."""
    return _findings(terms, facts.family)


def open_to(rule: FamilyRule, family: Family) -> Verdict:
    """Whether a service is for such a family; asked about where the page says nothing of it."""
    if family in rule.open_to:
        return Verdict.MET
    return Verdict.ASK if family in rule.ask else Verdict.UNMET


def families_named(terms: Terms) -> frozenset[Family]:
    """Those that some service is open to, or about which the centre is asked."""
    return frozenset(family for service in terms.services for family in service.families.open_to | service.families.ask)


@lru_cache
def _findings(terms: Terms, family: Family) -> tuple[Finding, ...]:
    def answer(service: Service) -> tuple[Verdict, Source | None]:
        """What is open needs no telling apart by the sentence that opens it."""
        verdict = open_to(service.families, family)
        return verdict, None if verdict is Verdict.MET else service.families.source

    return tuple(
        Finding(
            code=group.code("family"),
            verdict=verdict,
            title=TITLE,
            fact=_fact(verdict, family, group, terms),
            source=source or terms.service(group.first).families.source,
            services=group.codes,
        )
        for (verdict, source), group in groups(terms, answer).items()
    )


def _fact(verdict: Verdict, family: Family, group: ServiceGroup, terms: Terms) -> str:
    who = _WHO[family]
    if verdict is Verdict.ASK:
        return f"{group.subject}{who}が使えるとは公表されていません。センターに電話で確かめます。"
    if verdict is Verdict.UNMET:
        return f"{group.subject or 'この事業は、'}{who}にはお使いいただけません。{_way_on(family, terms)}"
    return f"{group.subject}{who}が使えます。"


def _way_on(family: Family, terms: Terms) -> str:
    others = [service for service in terms.services if open_to(service.families, family) is Verdict.MET]
    return f"{labels(others)}はお使いいただけます。" if others else "センターにご相談ください。"
