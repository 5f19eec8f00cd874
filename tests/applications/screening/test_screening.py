"""Calls, hearing and recommendation."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from applications.models import Application, Hearing, PhoneCall
from applications.selectors.facts import facts_under_review
from applications.services.assigning import take_on
from applications.services.hearing import save_hearing
from applications.services.screening import HearingIncomplete, NotOpen, recommend, record_call
from eligibility.engine import Proof
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event
from tests import factories
from tests.cases import again, certificate, handed_in, heard

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]
EVERYTHING_SAID = {"consent": True, "resident": True, "fever_or_infection": False, "needs_medical_care": False}


@pytest.fixture
def application(kodaira):
    return handed_in(kodaira)


def test_take_on__puts_her_in_charge(application, nurse):
    take_on(application, by=nurse, at=clock.now())
    assert again(application).assignee == nurse
    assert again(application).status == Application.Status.SUBMITTED


def test_record_call__begins_the_screening_and_puts_the_caller_in_charge(application, nurse):
    promised = clock.now() + dt.timedelta(hours=4)
    record_call(application, by=nurse, at=clock.now(), reached=False, call_back_at=promised, note="留守番電話")

    call = PhoneCall.objects.get()
    assert (call.reached, call.call_back_at, call.note) == (False, promised, "留守番電話")
    assert (again(application).status, again(application).assignee) == ("screening", nurse)


def test_record_call__leaves_whoever_is_in_charge_in_charge(application, nurse, decider):
    take_on(application, by=decider, at=clock.now())
    record_call(application, by=nurse, at=clock.now(), reached=True)
    assert again(application).assignee == decider


def test_record_call__by_two_who_opened_the_same_page_keeps_both_and_the_first_in_charge(application, nurse, decider):
    first, second = again(application), again(application)
    record_call(first, by=nurse, at=clock.now(), reached=False)
    record_call(second, by=decider, at=clock.now(), reached=True)
    assert PhoneCall.objects.count() == 2
    assert again(application).assignee == nurse


def test_record_call__of_what_was_decided_meanwhile_is_refused(application, nurse):
    Application.objects.filter(pk=application.pk).update(status="withdrawn")
    with pytest.raises(NotOpen):
        record_call(application, by=nurse, at=clock.now(), reached=True)


def test_record_call__keeps_words_of_the_call_out_of_the_events(application, nurse):
    record_call(application, by=nurse, at=clock.now(), reached=True, note="授乳がつらい")
    assert "授乳" not in str(Event.objects.get(verb="call.recorded").data)


@pytest.mark.parametrize("status", ["approved", "refused", "withdrawn"])
def test_a_closed_application__takes_no_calls_and_no_answers(kodaira, nurse, status):
    closed = handed_in(kodaira, status=status)
    with pytest.raises(NotOpen):
        record_call(closed, by=nurse, at=clock.now(), reached=True)
    with pytest.raises(NotOpen):
        take_on(closed, by=nurse, at=clock.now())
    with pytest.raises(NotOpen):
        save_hearing(closed, {"consent": True}, by=nurse, at=clock.now())


def test_screening__is_not_for_strangers_auditors_or_her_own_case(application, mother, kodaira, nurse):
    auditor = factories.MembershipFactory(municipality=kodaira, role="auditor").user
    own = handed_in(kodaira, household__citizen=nurse)
    for person, row in ((mother, application), (auditor, application), (nurse, own)):
        with pytest.raises(PermissionDenied):
            save_hearing(row, {"consent": True}, by=person, at=clock.now())


def test_save_hearing__keeps_what_was_said_so_far(application, nurse):
    save_hearing(application, {"consent": True}, by=nurse, at=clock.now())
    save_hearing(application, {"resident": False, "note": "転出の予定"}, by=nurse, at=clock.now())

    hearing = Hearing.objects.get()
    assert (hearing.consent, hearing.note, hearing.told) == (True, "転出の予定", {"resident": False})
    assert again(application).status == Application.Status.SCREENING


def test_save_hearing__of_the_same_answers_is_no_second_event(application, nurse):
    for _ in range(3):
        save_hearing(application, {"consent": True, "note": "夜"}, by=nurse, at=clock.now())
    assert [event.data["fields"] for event in Event.objects.filter(verb="hearing.saved")] == [["consent", "note"]]


def test_facts__are_what_she_wrote_until_she_says_otherwise(application, nurse):
    assert facts_under_review(application, on=clock.today()).told["lacks_support"] is True
    save_hearing(application, {"lacks_support": False}, by=nurse, at=clock.now())
    told = facts_under_review(application, on=clock.today()).told
    assert (told["lacks_support"], told["unwell_or_anxious"]) == (False, True)


def test_facts__are_what_she_wrote_again_when_she_takes_back_what_she_said(application, nurse):
    for said in (False, None):
        save_hearing(application, {"lacks_support": said}, by=nurse, at=clock.now())
    assert facts_under_review(application, on=clock.today()).told["lacks_support"] is True


def test_facts__count_certificates_only_when_all_are_there(kodaira):
    application = handed_in(kodaira, household_class="tax_exempt", members=3)
    certificate(application, "tax_exemption_certificate", pages=2)
    assert facts_under_review(application, on=clock.today()).proofs == frozenset()
    certificate(application, "tax_exemption_certificate")
    assert facts_under_review(application, on=clock.today()).proofs == {
        Proof("tax_exemption_certificate", since=clock.today())
    }


def test_recommend__hands_the_case_to_the_decider(application, nurse):
    save_hearing(application, EVERYTHING_SAID, by=nurse, at=clock.now())
    recommend(application, Hearing.Recommendation.APPROVE, by=nurse, at=clock.now())

    assert again(application).status == Application.Status.RECOMMENDED
    assert Hearing.objects.get().recommendation == "approve"
    assert Event.objects.get(verb="application.recommended").data == {"recommendation": "approve"}


def test_recommend__names_what_was_not_asked(kodaira, nurse):
    unsure = handed_in(kodaira, circumstances={"needs_medical_care": None})
    save_hearing(unsure, {"note": "つながった"}, by=nurse, at=clock.now())
    with pytest.raises(HearingIncomplete) as told:
        recommend(unsure, Hearing.Recommendation.APPROVE, by=nurse, at=clock.now())
    assert told.value.missing == ["本人の同意", "お母さんかお子さんに、医療の介入が必要ですか"]


def test_recommend__may_be_changed_until_it_is_decided(kodaira, nurse):
    application = heard(kodaira, nurse)
    recommend(application, Hearing.Recommendation.REFUSE, by=nurse, at=clock.now())
    assert Hearing.objects.get().recommendation == "refuse"


def test_recommend__is_too_late_after_the_decision(kodaira, nurse):
    application = heard(kodaira, nurse)
    Application.objects.filter(pk=application.pk).update(status="approved")
    with pytest.raises(NotOpen):
        recommend(application, Hearing.Recommendation.REFUSE, by=nurse, at=clock.now())
