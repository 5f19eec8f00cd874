"""A refusal: a reason that names facts, and its letter."""

import pytest
from django.core.exceptions import PermissionDenied

from applications.letters.reasons import draft_reason
from applications.models import Application, Entitlement, Letter
from applications.selectors.facts import assessment_of
from applications.services.deciding import AlreadyDecided, approve, refuse
from applications.services.preparing import ReasonTooThin, prepare_refusal
from postpartum_portal.shared import clock
from tests import factories
from tests.cases import FULL_GRANT, again, heard
from tests.walks.person import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]
RULE = "小平市に住民登録がある、産後4か月になる前日までのお母さんとお子さん"
REASON = f"小平市に住民登録がありません。「{RULE}」のきまりに当たりません。"


@pytest.fixture
def application(kodaira, nurse):
    """She moved away: the register says that she does not live here."""
    return heard(kodaira, nurse, recommendation="refuse", hearing={"resident": False})


@pytest.fixture
def found(application):
    return assessment_of(application, on=clock.today())


def test_draft_reason__says_the_fact_first_and_then_the_rule(found):
    reason = draft_reason(found)
    assert reason.index("小平市に住民登録がありません。") < reason.index(RULE)


def test_draft_reason__has_a_paragraph_for_each_ground(kodaira, nurse):
    twice = heard(kodaira, nurse, hearing={"resident": False, "fever_or_infection": True})
    paragraphs = draft_reason(assessment_of(twice, on=clock.today())).splitlines()
    assert len(paragraphs) == 2
    assert "感染症のおそれがあります" in paragraphs[1]


def test_draft_reason__is_empty_where_nothing_stands_against_her(kodaira, nurse):
    assert draft_reason(assessment_of(heard(kodaira, nurse), on=clock.today())) == ""


def test_refuse__writes_a_letter_with_the_reason_and_grants_nothing(application, found, decider):
    reason = draft_reason(found)
    decision = refuse(application, by=decider, at=clock.now(), reason=reason)

    letter = Letter.objects.get()
    assert (decision.outcome, decision.reason) == ("refused", reason)
    assert letter.kind == Letter.Kind.REFUSAL
    assert letter.snapshot["reasons"] == [reason]
    assert letter.snapshot["grants"] == []
    assert not Entitlement.objects.exists()


def test_refuse__takes_its_number_from_the_same_series_as_approvals(kodaira, nurse, decider, application):
    approve(heard(kodaira, nurse), by=decider, at=clock.now(), looked=True, **FULL_GRANT)
    refuse(application, by=decider, at=clock.now(), reason=REASON)
    assert sorted(Letter.objects.values_list("number", flat=True)) == [1, 2]


def test_refuse__with_a_thin_reason_changes_nothing(application, decider):
    """Her own name may stand in it, another mother's may not."""
    factories.HouseholdFactory(municipality=application.municipality, name="髙橋　﨑子")
    with pytest.raises(ReasonTooThin, match="「髙橋　﨑子」は、ほかの方の名前"):
        refuse(application, by=decider, at=clock.now(), reason=f"髙橋 﨑子さんと同じです。{REASON}")
    assert again(application).status == Application.Status.RECOMMENDED
    assert not Letter.objects.exists()


def test_refuse__is_refused_to_whoever_may_not_decide(application, nurse):
    with pytest.raises(PermissionDenied):
        refuse(application, by=nurse, at=clock.now(), reason=REASON)


def test_refuse__after_an_approval_tells_who_approved(application, decider):
    as_on_screen = again(application)
    approve(application, by=decider, at=clock.now(), **FULL_GRANT)
    with pytest.raises(AlreadyDecided) as told:
        refuse(as_on_screen, by=decider, at=clock.now(), reason=REASON)
    assert (told.value.decision.by, told.value.decision.outcome) == (decider, "approved")


def test_preview__is_the_letter_that_goes_out_but_for_its_number(application, decider):
    reason = REASON
    seen = prepare_refusal(application, by=decider, at=clock.now(), reason=reason).as_snapshot()
    refuse(application, by=decider, at=clock.now(), reason=reason)
    sent = Letter.objects.get().snapshot
    assert {key for key in sent if sent[key] != _plain(seen[key])} == {"number"}


def _plain(value):
    """As JSON keeps it."""
    return list(map(_plain, value)) if isinstance(value, tuple) else _dict(value)


def _dict(value):
    return {key: _plain(item) for key, item in value.items()} if isinstance(value, dict) else value


def test_whoever_was_refused__reads_how_to_contest_it_and_may_apply_anew(application, found, decider):
    refuse(application, by=decider, at=clock.now(), reason=draft_reason(found))
    assert "審査請求をすることができます" in Letter.objects.get().snapshot["appeal"][0]

    mother = Person(application.citizen)
    mother.opens(f"/kodaira/my/applications/{application.number}/")
    mother.follows("もういちど申請する")
    assert "/kodaira/apply/" in mother.address
    mother.sees("あなたについて")
