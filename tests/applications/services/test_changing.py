"""変更届: what a family reports holds at once, is kept as before and after, and is seen by the centre once."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django_fsm import TransitionNotAllowed

from applications.letters import compose
from applications.models import Amendment, Application, Birth, ChangeNotice, Correction, Household, HouseholdClass
from applications.public import NothingChanged, approve, changes_to_see, report_change
from applications.selectors.certificates import wanted_of
from applications.selectors.handed_in import handed_in as handed_in_with
from applications.selectors.proofs import proof_of
from applications.services.amending import prepare_amendment
from applications.services.changing import MovedAlready, see_change
from applications.services.households import write_birth
from eligibility.public import Municipality
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event, Mail
from tests import factories
from tests.cases import again, full_grant, handed_in, heard

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.usefixtures("all_tenants")]

Kind = ChangeNotice.Kind
DEC = dt.date(2026, 3, 20)


@pytest.fixture
def application(kodaira: Municipality) -> Application:
    """Handed in on 3月5日, not decided."""
    found: Application = handed_in(kodaira)
    return found


def report(application: Application, kind: Kind, after: dict[str, Any], **more: Any) -> ChangeNotice:
    assert application.birth
    usual = {"effective_on": clock.today(), "form_token": f"token-{ChangeNotice.objects.count()}"}
    acting = {"by": application.citizen, "at": clock.now()}
    return report_change(application.birth.household, kind, after, **{**usual, **acting, **more})


def moves(application: Application, day: dt.date | None) -> ChangeNotice:
    return report(application, Kind.MOVING_AWAY, {"moves_out_on": day.isoformat() if day else None})


def test_report__changes_the_household_and_keeps_both(application: Application) -> None:
    after = {"postcode": "187-0001", "address": "小平市大沼町9-9"}

    notice = report(application, Kind.ADDRESS, after)

    household = Household.objects.get()
    assert (household.postcode, household.address) == ("187-0001", "小平市大沼町9-9")
    assert (notice.before["address"], notice.after["address"]) == ("小平市学園東町1-2-3", "小平市大沼町9-9")
    assert (notice.status, notice.reported_at) == ("filed", clock.now())


def test_report__is_told_without_a_value(application: Application) -> None:
    notice = report(application, Kind.PHONE, {"phone": "090-9999-0000"})

    mail, event = Mail.objects.get(kind="change_received"), Event.objects.get(verb="change.reported")
    assert "9999" not in mail.subject + mail.text + str(event.data)
    assert (event.subject_id, event.data) == (notice.pk, {"kind": "phone"})
    assert "/kodaira/my/changes/" in mail.text


def test_report__sent_twice_is_one_notice(application: Application) -> None:
    twice = [report(application, Kind.PHONE, {"phone": "090-9999-0000"}, form_token="same") for _ in range(2)]
    assert twice[0] == twice[1]
    assert Mail.objects.filter(kind="change_received").count() == 1
    with pytest.raises(NothingChanged):
        report(application, Kind.PHONE, {"phone": "090-9999-0000"})


def test_report__is_hers_alone(application: Application, nurse: Any) -> None:
    for somebody in (nurse, factories.UserFactory()):
        with pytest.raises(PermissionDenied):
            report(application, Kind.PHONE, {"phone": "090-9999-0000"}, by=somebody)


def refusal() -> str:
    application = Application.objects.select_related("municipality", "birth__household").get()
    said = compose.refusal(application, number="1", on=clock.today(), wished=["short_stay"], reason="")
    return str(said.as_snapshot())


def test_letters__to_come_bear_the_new_name_and_those_that_went_out_do_not(application: Application) -> None:
    sent = refusal()
    report(application, Kind.NAME, {"name": "山田 美咲", "kana": "やまだ みさき"})

    assert "山田" in refusal()
    assert "髙橋" in sent


def test_application__not_decided_yet_says_the_new(application: Application) -> None:
    report(application, Kind.PHONE, {"phone": "090-9999-0000"})
    report(application, Kind.HOUSEHOLD_CLASS, {"household_class": "tax_exempt"})

    row = Application.objects.select_related("programme_version").get(pk=application.pk)
    assert row.answers["person"]["clean"]["phone"] == "090-9999-0000"
    assert row.answers["person"]["clean"]["name"] == "髙橋 美咲"
    proof = proof_of(row, handed_in_with(row).terms, on=clock.today())
    assert proof
    assert proof.label == "世帯全員分の非課税証明書"


def test_class__holds_from_its_day_and_ends_the_one_before(application: Application) -> None:
    report(application, Kind.HOUSEHOLD_CLASS, {"household_class": "tax_exempt"}, effective_on=DEC)

    rows = list(HouseholdClass.objects.values_list("code", "starts_on", "ends_on"))
    assert rows == [("general", clock.today(), DEC - dt.timedelta(days=1)), ("tax_exempt", DEC, None)]


def test_class__after_the_approval_asks_for_its_certificate(kodaira: Municipality) -> None:
    approved = handed_in(kodaira, status="approved")
    factories.EntitlementFactory(municipality=kodaira, birth=approved.birth, citizen=approved.citizen)
    report(approved, Kind.HOUSEHOLD_CLASS, {"household_class": "tax_exempt"})

    (wanted,) = wanted_of(approved.citizen, kodaira, on=clock.today())
    assert wanted.proof.label == "世帯全員分の非課税証明書"


def test_move__stands_on_every_birth_and_is_taken_back_while_it_lies_ahead(
    application: Application, clock_at: Any
) -> None:
    moves(application, DEC)
    assert Birth.objects.get().moves_out_on == DEC

    clock_at.move_to("2026-03-20T23:00:00+09:00")
    back = moves(application, None)

    assert Birth.objects.get().moves_out_on is None
    assert (back.before, back.after) == ({"moves_out_on": "2026-03-20"}, {"moves_out_on": None})


def test_move__asks_a_decider_to_amend_the_approval_as_long_as_it_stands(
    kodaira: Municipality, nurse: Any, decider: Any
) -> None:
    application = heard(kodaira, nurse)
    approve(application, by=decider, at=clock.now(), **full_grant(kodaira))
    moves(again(application), dt.date(2026, 6, 30))

    amendment = prepare_amendment(Amendment.objects.get(), by=decider, at=clock.now())
    (change,) = amendment.letter.changes
    assert (change.label, change.after[0]) == ("利用できる期間", "予定日に生まれた場合は、令和8年6月30日まで")

    moves(again(application), None)
    assert not Amendment.objects.exists()


def test_move__that_lies_behind_is_not_taken_back(application: Application, clock_at: Any) -> None:
    moves(application, DEC)
    clock_at.move_to("2026-03-21T00:00:00+09:00")
    with pytest.raises(MovedAlready):
        moves(application, None)


def test_centre__sees_a_notice_once(application: Application, nurse: Any) -> None:
    notice = report(application, Kind.PHONE, {"phone": "090-9999-0000"})
    (waiting,) = changes_to_see()
    assert (waiting.notice, waiting.number) == (notice, application.number)

    see_change(notice, by=nurse, at=clock.now())

    assert not changes_to_see()
    with pytest.raises(TransitionNotAllowed):
        see_change(ChangeNotice.objects.get(), by=nurse, at=clock.now())
    assert application.citizen
    with pytest.raises(PermissionDenied):
        see_change(notice, by=application.citizen, at=clock.now())
    assert Event.objects.filter(verb="change.seen").count() == 1


def test_move__is_over_once_she_applies_here_anew(application: Application, clock_at: Any) -> None:
    moves(application, DEC)
    household = Household.objects.get()

    assert write_birth(household, application, at=clock.now()).moves_out_on == DEC
    clock_at.move_to("2026-03-21T00:00:00+09:00")
    assert write_birth(household, application, at=clock.now()).moves_out_on is None


def test_correction__that_she_has_begun_does_not_bring_back_the_old(application: Application, nurse: Any) -> None:
    said = {"clean": application.answers["person"]["clean"], "typed": {"phone": ["090-0000-0002"], "name": ["髙橋"]}}
    Correction.objects.create(
        municipality=application.municipality,
        citizen=application.citizen,
        application=application,
        number=1,
        marks={"person": ["name"]},
        message="氏名を確かめてください。",
        returned_from="submitted",
        answers={"person": said},
        asked_at=clock.now(),
        asked_by=nurse,
    )
    Application.objects.update(status=Application.Status.RETURNED)

    report(application, Kind.PHONE, {"phone": "090-9999-0000"})

    kept = Correction.objects.get().answers["person"]
    assert kept["clean"]["phone"] == "090-9999-0000"
    assert kept["typed"] == {"phone": ["090-9999-0000"], "name": ["髙橋"]}
