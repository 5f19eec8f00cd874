"""Which cases are clear: nothing stands against approving them as they would be granted by default."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from applications.models import Application, Hearing
from applications.steps import Step
from eligibility import engine
from eligibility.engine.ages import period_if_allowed
from eligibility.engine.wording import pool_units

from .answers import clean_in
from .case import Case
from .duplicates import like_household
from .handbook import counts_paper
from .hearing import script_of, urgent

GOOD = (engine.Verdict.MET, engine.Verdict.NOT_APPLICABLE)
ALIKE = "同じ方かもしれない申請があります。"


@dataclass(frozen=True, slots=True)
class ClearCase:
    """A case with what an approval would give it: the arguments of `approve`, and the same in words."""

    case: Case
    granted: dict[str, Any]

    @property
    def services(self) -> str:
        labels = [item.label for item in self.case.terms.services if item.code in self.granted["services"]]
        return "、".join(labels)

    @property
    def units(self) -> str:
        limits = self.granted["limits"]
        pools = [pool for pool in self.case.terms.pools if pool.code in limits]
        return "、".join(f"{pool.label}{pool_units(limits[pool.code], pool)}" for pool in pools)

    @property
    def household_class(self) -> str:
        """ "" where the programme has one only."""
        code = self.granted["class_code"]
        return engine.class_label(code, self.case.terms) if len(self.case.terms.classes) > 1 else ""

    @property
    def key(self) -> str:
        """What names exactly this grant: another one is not what the decider has seen."""
        given = self.granted
        return "/".join([*given["services"], *map(str, sorted(given["limits"].items())), given["class_code"]])


def default_grant(case: Case) -> dict[str, Any]:
    """What she wished for as far as it is open to her, all units that the rules give, the class that follows."""
    services = sorted(set(wished(case)) - set(closed_services(case)))
    children = case.facts.counted_children
    pools = [pool for pool in case.terms.pools if set(pool.services) & set(services)]
    return {
        "services": services,
        "limits": {pool.code: pool.limit_for(children) for pool in pools},
        "class_code": case.assessment.household_class,
    }


def wished(case: Case) -> list[str]:
    """The services that she asked for."""
    return list(clean_in(case.application, Step.WISHES).get("services", []))


def closed_services(case: Case) -> dict[str, str]:
    """Why a service is not for this household, by its code; what stands against all of them is found elsewhere."""
    return {
        outlook.service.code: finding.fact
        for outlook in case.assessment.services
        for finding in outlook.findings
        if finding.against and finding.services
    }


def may_correct_age_of(case: Case) -> bool:
    """Whether the child was born early and the programme lets the centre count from the due date."""
    open_facts = replace(case.facts, corrected_age=None)
    return any(period_if_allowed(service.age_limit, open_facts) for service in case.terms.services)


def clear_to_approve(case: Case) -> tuple[str, ...]:
    """What stands against approving without looking closer, in words; () for a clear case. Pure over the case."""
    return tuple(_against(case))


def kept_back(application: Application, case: Case) -> tuple[str, ...]:
    """What else the records hold: coupons on paper to be counted, or somebody who may be the same mother."""
    found = []
    if counts_paper(application):
        found.append("紙の利用券で使った分を聞きます。")
    if like_household(case.household):
        found.append(ALIKE)
    return tuple(found)


def _against(case: Case) -> Iterator[str]:
    if case.application.status != Application.Status.RECOMMENDED:
        yield "決定を待っていません。"
    if case.hearing is None or case.hearing.recommendation != Hearing.Recommendation.APPROVE:
        yield "聞き取りの意見が、承認ではありません。"
    elif urgent(script_of(case.application, case.terms), case.hearing.told):
        yield "聞き取りに、急ぐことがあります。"  # somebody reads it before the letter goes out
    asked_for = wished(case)
    about = [item for item in case.assessment.findings if not item.services or set(item.services) & set(asked_for)]
    if not all(item.verdict in GOOD and not item.overridable for item in about if item.decides):
        yield "満たしていない条件か、確かめる条件があります。"
    if not asked_for or set(asked_for) & set(closed_services(case)):
        yield "希望した種類に、使えないものがあります。"
    if case.proof and not case.proof.complete:
        yield "証明書がそろっていません。"
    if case.named_class != case.assessment.household_class:
        yield "料金の区分を確かめます。"
    if may_correct_age_of(case):
        yield "月齢の数え方を決めます。"
    if case.asked:
        yield "本人に直してもらっています。"
