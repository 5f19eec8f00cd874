"""Screening and deciding under five programmes: what is asked on the phone, what may be granted, and why not."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from applications.forms.decide import ApproveForm, RefuseForm
from applications.forms.hearing import HearingForm
from applications.models import Birth, Entitlement, Hearing, HouseholdClass, Pool
from applications.selectors.case import case_of
from applications.selectors.facts import facts_under_review
from applications.selectors.standing import standing_of
from applications.services.deciding import approve, refuse
from applications.services.hearing import save_hearing
from applications.services.preparing import NotGrantable
from applications.services.screening import recommend
from eligibility import engine
from eligibility.public import Municipality
from postpartum_portal.shared import clock
from tests.cases import again, full_grant, handed_in, heard
from tests.factories import MembershipFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]

ALL = ("kodaira", "kumagaya", "kawasaki", "zushi", "okayama")
EARLY: dict[str, Any] = {
    "birth__expected": False,
    "birth__born_on": dt.date(2026, 3, 1),
    "birth__due_date": dt.date(2026, 4, 5),
}
LOST: dict[str, Any] = {"birth__expected": False, "birth__outcome": "lost", "birth__born_on": None}


def staff(municipality: Municipality, role: str = "decider") -> Any:
    return MembershipFactory(municipality=municipality, role=role).user


def case(application: Any) -> Any:
    return case_of(application.number, on=clock.today())


@pytest.mark.parametrize("slug", ALL)
def test_case__goes_from_the_hearing_to_the_letter(slug: str, request: Any) -> None:
    municipality = request.getfixturevalue(slug)
    nurse, decider = staff(municipality, "centre"), staff(municipality)
    application = handed_in(municipality)
    terms = case(application).terms
    hearing = HearingForm(application=application, terms=terms, hearing=None)
    of_handbook = ["handbook_on"] if terms.application.handbook else []
    asked = [question.code for question in terms.screening.questions]
    assert list(hearing.fields) == ["consent", "page", "stood", *asked, *of_handbook, "note", "grounds"]

    save_hearing(application, {"consent": True}, by=nurse, at=clock.now())
    recommend(application, Hearing.Recommendation.APPROVE, by=nurse, at=clock.now())
    application = again(application)
    form = ApproveForm(_preselected(ApproveForm(case=case(application))), case=case(application))
    assert form.is_valid(), form.errors
    decision = approve(application, by=decider, at=clock.now(), **form.decision)

    standing = standing_of(Entitlement.objects.get())
    wished = {service.code for service in terms.services[::2]}
    assert standing.services == wished == set(decision.granted["services"])
    assert standing.grant(clock.today()).limits == {
        pool.code: pool.limit_for(1) for pool in terms.pools if wished & set(pool.services)
    }


@pytest.mark.parametrize("slug", ALL)
def test_refusal__is_drafted_from_the_facts_of_the_hearing(slug: str, request: Any) -> None:
    municipality = request.getfixturevalue(slug)
    application = heard(municipality, staff(municipality, "centre"), hearing={"resident": False})
    drafted = RefuseForm(case=case(application)).initial["reason"]
    rule = next(rule for rule in case(application).terms.requirements if rule.code == "residence")

    assert drafted.startswith(rule.circumstances[0].no)
    assert rule.source.text in drafted
    assert refuse(application, by=staff(municipality), at=clock.now(), reason=drafted).reason == drafted


def test_requirement__says_what_she_can_do_otherwise(kumagaya: Municipality) -> None:
    application = handed_in(kumagaya, circumstances={"care_plan": False})
    assert "くまっこるーむ" in case(application).assessment.finding("care_plan").fact


def test_approve__twins_have_the_limits_of_multiples(okayama: Municipality) -> None:
    application = heard(okayama, staff(okayama, "centre"), birth__children=2)
    approve(application, by=staff(okayama), at=clock.now(), **full_grant(okayama, children=2))
    assert dict(Pool.objects.values_list("code", "limit")) == {"stay_and_day": 10, "visit": 5}


def test_approve__beyond_a_pool_without_principle_is_refused_in_its_own_counter(kawasaki: Municipality) -> None:
    application = heard(kawasaki, staff(kawasaki, "centre"))
    grant = full_grant(kawasaki) | {"limits": {"all": 8}, "extension_reason": "理由"}
    with pytest.raises(NotGrantable, match="8回 > 7回"):
        approve(application, by=staff(kawasaki), at=clock.now(), **grant)


def test_approve_form__asks_no_class_where_there_is_one(okayama: Municipality) -> None:
    form = ApproveForm(case=case(heard(okayama, staff(okayama, "centre"))))
    assert form["class_code"].is_hidden
    assert form["class_code"].initial == "general"


def test_approve_form__leaves_out_what_is_closed_after_a_loss(zushi: Municipality) -> None:
    """Z4: a visit, but no day."""
    lost: dict[str, Any] = {**LOST, "birth__ended_on": dt.date(2026, 4, 1)}
    application = heard(zushi, staff(zushi, "centre"), services=["day_service", "home_visit"], **lost)
    field = ApproveForm(case=case(application)).fields["services"]

    assert field.initial == ["home_visit"]
    assert set(field.widget.notes) == {"short_stay", "day_service"}


def test_approve__after_the_loss_of_twins__gives_what_is_for_one(kawasaki: Municipality) -> None:
    """Seven for each child: with twins awaited it was fourteen."""
    lost: dict[str, Any] = {**LOST, "birth__ended_on": clock.today(), "birth__children": 2}
    application = heard(kawasaki, staff(kawasaki, "centre"), **lost)
    limit: Any = ApproveForm(case=case(application)).fields["limit_all"]

    assert (limit.initial, limit.highest) == (7, 7)
    with pytest.raises(NotGrantable):
        approve(application, by=staff(kawasaki), at=clock.now(), **full_grant(kawasaki, children=2))
    approve(application, by=staff(kawasaki), at=clock.now(), **full_grant(kawasaki))
    assert Pool.objects.get().limit == 7


@pytest.mark.parametrize(("slug", "asked"), [("zushi", True), ("kawasaki", False), ("okayama", False)])
def test_approve_form__asks_about_corrected_age_where_the_centre_settles_it(
    slug: str, asked: bool, request: Any
) -> None:
    municipality = request.getfixturevalue(slug)
    application = heard(municipality, staff(municipality, "centre"), **EARLY)
    assert ("corrected_age" in ApproveForm(case=case(application)).fields) is asked


def test_approve__keeps_the_corrected_age_with_the_birth_and_the_decision(zushi: Municipality) -> None:
    application = heard(zushi, staff(zushi, "centre"), **EARLY)
    decision = approve(application, by=staff(zushi), at=clock.now(), **full_grant(zushi, corrected_age=True))

    assert decision.facts["corrected_age"] is decision.granted["corrected_age"] is True
    assert Birth.objects.get().corrected_age is True
    standing = standing_of(Entitlement.objects.get())
    period = engine.use_period("home_visit", standing.facts(clock.today()), standing.terms)
    assert period.last == dt.date(2027, 4, 4)
    assert ("月齢の数え方", "修正月齢") in case(again(application)).granted


def test_approve__accepts_the_certificate_of_the_year_that_is_needed(kawasaki: Municipality) -> None:
    """W5, W11: the certificate of fiscal 2025 sets the price through June, and no longer."""
    application = heard(kawasaki, staff(kawasaki, "centre"), household_class="tax_exempt")
    approve(application, by=staff(kawasaki), at=clock.now(), **full_grant(kawasaki, class_code="tax_exempt"))

    assert HouseholdClass.objects.get().fiscal_year == 2025
    standing = standing_of(Entitlement.objects.get())
    facts = standing.facts(clock.today())
    held = {
        day: engine.effective_class(facts, standing.terms, on=day).code
        for day in (dt.date(2026, 6, 30), dt.date(2026, 7, 1))
    }
    assert list(held.values()) == ["tax_exempt", "general"]


def test_approve__a_request_counts_from_the_day_it_was_accepted(zushi: Municipality, clock_at: Any) -> None:
    application = heard(zushi, staff(zushi, "centre"), household_class="tax_exempt")
    clock_at.move_to("2026-04-20T10:00:00+09:00")
    approve(application, by=staff(zushi), at=clock.now(), **full_grant(zushi, class_code="tax_exempt"))

    standing = standing_of(Entitlement.objects.get())
    facts = standing.facts(clock.today())
    days = (dt.date(2026, 4, 19), dt.date(2026, 4, 20))
    assert [engine.effective_class(facts, standing.terms, on=day).code for day in days] == ["general", "tax_exempt"]


def test_facts__after_a_loss_count_from_that_day(okayama: Municipality) -> None:
    application = handed_in(okayama, **LOST, birth__ended_on=dt.date(2026, 2, 1))
    facts = facts_under_review(application, on=clock.today())
    assert (facts.family, facts.birth_date) == (engine.Family.BEREAVED, dt.date(2026, 2, 1))


def test_facts__take_the_consent_as_a_proof(kumagaya: Municipality) -> None:
    application = handed_in(kumagaya, household_class="public_assistance", agreed=["inquiry_consent"])
    facts = facts_under_review(application, on=clock.today())
    assert engine.effective_class(facts, case(application).terms, on=clock.today()).code == "public_assistance"
    assert engine.effective_class(
        replace(facts, proofs=frozenset()), case(application).terms, on=clock.today()
    ).code == ("general")


def _preselected(form: ApproveForm) -> dict[str, Any]:
    """What a decider sends who changes nothing."""
    return {name: form[name].value() for name in form.fields if form[name].value() is not None}
