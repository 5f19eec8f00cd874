"""An approval: one transaction for the decision, the grant, the letter's number and the job."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django_scopes import scope

from applications.models import Application, Decision, Entitlement, HouseholdClass, Letter, NumberSeries, Pool
from applications.services.deciding import AlreadyDecided, NotToBeDecided, approve
from applications.services.preparing import NotGrantable, SameHands
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event, Job, Mail
from postpartum_portal.shared.pdf import MissingGlyph
from tests.cases import FULL_GRANT, again, certificate, heard

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.usefixtures("all_tenants")]
GRANT_OF_STAYS: dict[str, Any] = {
    "services": ["short_stay"],
    "limits": {"stay_and_day": 7, "stay": 6, "stay_nights": 5},
    "class_code": "general",
}


@pytest.fixture
def application(kodaira, nurse):
    return heard(kodaira, nurse)


def test_approve__writes_decision_grant_letter_job_and_event_together(application, decider):
    decision = approve(application, by=decider, at=clock.now(), **FULL_GRANT)

    letter = Letter.objects.get()
    assert again(application).status == Application.Status.APPROVED
    assert (decision.outcome, decision.by, decision.decided_on) == ("approved", decider, dt.date(2026, 3, 5))
    assert decision.granted["limits"] == FULL_GRANT["limits"]
    assert {pool.code: (pool.limit, pool.used) for pool in Pool.objects.all()} == {
        code: (limit, 0) for code, limit in FULL_GRANT["limits"].items()
    }
    assert (letter.number, letter.fiscal_year, letter.status) == (1, 2025, "queued")
    assert letter.snapshot["number"] == letter.label
    assert Job.objects.get(kind="issue_letter").subject_id == letter.pk
    assert Event.objects.filter(verb="decision.approved", actor_id=decider.pk).count() == 1


def test_approve__keeps_the_facts_and_findings_it_rests_on(application, decider):
    decision = approve(application, by=decider, at=clock.now(), **FULL_GRANT)

    assert decision.facts["due_date"] == "2026-04-30"
    assert {finding["verdict"] for finding in decision.findings} <= {"met", "na"}
    assert all(finding["source"]["text"] for finding in decision.findings)


def test_approve__sends_no_mail_before_the_letter_can_be_read(application, decider):
    approve(application, by=decider, at=clock.now(), **FULL_GRANT)
    assert not Mail.objects.exists()


def test_approve__is_refused_to_centre_staff_who_may_not_decide(application, nurse):
    with pytest.raises(PermissionDenied):
        approve(application, by=nurse, at=clock.now(), **FULL_GRANT)


def test_approve__is_refused_for_an_own_application(kodaira, nurse, decider):
    own = heard(kodaira, nurse, household__citizen=decider)
    with pytest.raises(PermissionDenied):
        approve(own, by=decider, at=clock.now(), **FULL_GRANT)


def test_approve__is_refused_to_whoever_did_the_hearing(kodaira, decider):
    with pytest.raises(SameHands):
        approve(heard(kodaira, decider), by=decider, at=clock.now(), **FULL_GRANT)


def test_approve__lets_one_person_do_both_where_the_municipality_says_so(kodaira, decider):
    kodaira.separate_decider = False
    kodaira.save()
    assert approve(heard(kodaira, decider), by=decider, at=clock.now(), **FULL_GRANT).pk


def test_approve__beyond_a_principle_needs_a_reason(application, decider):
    more = {**GRANT_OF_STAYS, "limits": {**GRANT_OF_STAYS["limits"], "stay": 7}}
    with pytest.raises(NotGrantable, match="宿泊型"):
        approve(application, by=decider, at=clock.now(), **more)

    approve(application, by=decider, at=clock.now(), **more, extension_reason="里帰りができないため")
    assert Pool.objects.get(code="stay").limit == 7


def test_approve__never_goes_beyond_the_most_that_the_rules_allow(application, decider):
    more = {**GRANT_OF_STAYS, "limits": {**GRANT_OF_STAYS["limits"], "stay_and_day": 8}}
    with pytest.raises(NotGrantable, match="8日"):
        approve(application, by=decider, at=clock.now(), **more, extension_reason="どうしても")


@pytest.mark.parametrize(
    "odd", [{"services": [], "limits": {}}, {"limits": {"stay": 6}}, {"limits": {**FULL_GRANT["limits"]}}]
)
def test_approve__wants_exactly_the_pools_that_the_services_draw_on(application, decider, odd):
    with pytest.raises(NotGrantable):
        approve(application, by=decider, at=clock.now(), **{**GRANT_OF_STAYS, **odd})


def test_approve__names_a_character_that_no_letter_can_print_and_changes_nothing(kodaira, nurse, decider):
    application = heard(kodaira, nurse, household__name="髙橋 \U0001f98a")
    with pytest.raises(MissingGlyph, match="U\\+1F98A"):
        approve(application, by=decider, at=clock.now(), **FULL_GRANT)

    assert again(application).status == Application.Status.RECOMMENDED
    assert not Letter.objects.exists()
    assert not NumberSeries.objects.filter(series="decision").exists()


def test_approve__tells_the_second_of_two_deciders_who_was_first(application, decider, kodaira):
    as_seen_by_the_other = again(application)
    first = approve(application, by=decider, at=clock.now(), **FULL_GRANT)

    with pytest.raises(AlreadyDecided) as told:
        approve(as_seen_by_the_other, by=decider, at=clock.now(), **FULL_GRANT)
    assert told.value.decision == first
    assert (Decision.objects.count(), Letter.objects.count()) == (1, 1)


def test_approve__is_refused_once_she_took_the_application_back(application, decider):
    as_on_screen = again(application)
    application.withdraw()
    application.save()
    with pytest.raises(NotToBeDecided):
        approve(as_on_screen, by=decider, at=clock.now(), **FULL_GRANT)


def test_approve__lets_a_failure_in_the_middle_leave_no_trace(application, decider, monkeypatch):
    def fail(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr("applications.letters.register.jobs.enqueue", fail)
    with pytest.raises(RuntimeError):
        approve(application, by=decider, at=clock.now(), **FULL_GRANT)

    assert again(application).status == Application.Status.RECOMMENDED
    assert not Decision.objects.exists()
    assert not Entitlement.objects.exists()
    assert not NumberSeries.objects.filter(series="decision").exists()


def test_approve__accepts_the_certificates_of_an_exempt_class(kodaira, nurse, decider):
    application = heard(kodaira, nurse, household_class="tax_exempt", members=2)
    certificate(application, "tax_exemption_certificate", pages=2)

    approve(application, by=decider, at=clock.now(), **{**FULL_GRANT, "class_code": "tax_exempt"})

    assert HouseholdClass.objects.get().proof == "tax_exemption_certificate"
    assert {row["copayment"] for row in Letter.objects.get().snapshot["grants"]} == {"0円", ""}


def test_approve__at_the_general_price_leaves_the_named_class_waiting_for_its_proof(kodaira, nurse, decider):
    application = heard(kodaira, nurse, household_class="tax_exempt")
    approve(application, by=decider, at=clock.now(), **FULL_GRANT)
    assert [(row.code, row.proof) for row in HouseholdClass.objects.all()] == [("tax_exempt", "")]


def test_approve__runs_inside_the_tenant_scope_of_a_request(application, decider, kodaira):
    with scope(municipality=kodaira.pk, citizen=None, facility=None):
        assert approve(application, by=decider, at=clock.now(), **FULL_GRANT).pk


def test_approve__counts_the_fiscal_year_by_the_day_in_tokyo(application, decider, clock_at):
    clock_at.move_to("2026-04-01T00:00:00+09:00")  # 15:00 UTC on March 31
    approve(application, by=decider, at=clock.now(), **FULL_GRANT)
    assert Letter.objects.get().fiscal_year == 2026
