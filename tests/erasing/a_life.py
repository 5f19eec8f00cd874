"""One mother with a row of every kind that is about her, all of it over, and her files where the portal keeps them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django_scopes import scopes_disabled

from applications.models import (
    AccountOffer,
    AddressOpening,
    Amendment,
    Application,
    ApprovalImport,
    CarriedOver,
    CaseNote,
    ChangeNotice,
    Correction,
    Coupon,
    CouponReturn,
    Document,
    Entitlement,
    Grant,
    HearingEntry,
    Household,
    ImportedApproval,
    LedgerEntry,
    Letter,
    Loss,
    Message,
    OfficialCheck,
    PhoneCall,
    PrintedLetter,
    PrintRun,
    Proxy,
    Rectification,
    Revocation,
    WindowNotice,
)
from applications.services.deciding import approve
from eligibility.public import Municipality
from facilities.models import (
    Booking,
    CareRecord,
    Facility,
    FeeWaiver,
    MonthLine,
    MonthReport,
    Move,
    OutcomeDecision,
    Payment,
    Preparation,
    Sounding,
    Waiting,
    Wish,
)
from postpartum_portal.shared import clock
from postpartum_portal.shared.storage import save_whole
from tests import factories
from tests.cases import FULL_GRANT, heard

BORN = {"birth__expected": False, "birth__born_on": dt.date(2026, 1, 15), "birth__due_date": dt.date(2026, 1, 20)}
FIRST, LAST = dt.date(2026, 3, 11), dt.date(2026, 3, 13)


@dataclass(frozen=True)
class Life:
    town: Municipality
    mother: Any
    household: Household
    application: Application
    entitlement: Entitlement
    booking: Booking
    report: MonthReport
    staff: Any
    decider: Any


def a_life(town: Municipality, clinic: Facility, **exceptions: Any) -> Life:
    """Approved, used once, claimed and paid; with one row at least of every table that a rule erases."""
    with scopes_disabled():
        staff = factories.MembershipFactory(municipality=town).user
        decider = factories.MembershipFactory(municipality=town, role="decider").user
        decided = heard(town, staff, **{**BORN, **exceptions})
        approve(decided, by=decider, at=clock.now(), looked=True, **FULL_GRANT)
        application: Any = Application.objects.select_related("birth__household__citizen").get(pk=decided.pk)
        entitlement = Entitlement.objects.get(birth=application.birth)
        who = {"municipality": town, "citizen": application.citizen}
        now = clock.now()
        _at_the_centre(application, who, staff, decider, now)
        _on_letters(application, who, staff, decider, now)
        booking, report = _at_the_clinic(entitlement, clinic, who, staff, now)
        household = application.birth.household
        return Life(town, household.citizen, household, application, entitlement, booking, report, staff, decider)


def _at_the_centre(application: Any, who: Any, staff: Any, decider: Any, now: dt.datetime) -> None:
    household, birth = application.birth.household, application.birth
    entitlement = Entitlement.objects.get(birth=birth)
    about = {**who, "application": application}
    home = {**who, "household": household}
    PhoneCall.objects.create(**about, by=staff, reached=True, note="x")
    HearingEntry.objects.create(**who, hearing=application.hearing, code="note", answer="x", page="x", by=staff)
    CaseNote.objects.create(**about, text="x", by=staff, struck_at=now, struck_by=staff, struck_reason="x")
    OfficialCheck.objects.create(
        **who, household=household, kind="residence", result="differs", seen="x", by=staff, at=now
    )
    hers = {"text": "x", "from_centre": False, "by": household.citizen, "form_token": f"m{household.pk}"}
    Message.objects.create(**home, **hers, at=now, settled_at=now)
    Correction.objects.create(
        **about,
        number=1,
        marks={},
        message="x",
        returned_from="submitted",
        asked_at=now,
        asked_by=staff,
        answered_at=now,
    )
    Rectification.objects.create(**about, changes={"name": {}}, reason="x", by=staff)
    ChangeNotice.objects.create(
        **home, kind="name", before={}, after={}, effective_on=FIRST, by=staff, form_token=f"c{household.pk}"
    )
    AccountOffer.objects.create(**home, email="x@example.jp", checked="x", offered_by=staff, closed_at=now)
    AddressOpening.objects.create(
        **who, household=household, purpose="x", last_day=FIRST, asked_by=staff, closed_at=now
    )
    Loss.objects.create(**who, birth=birth, outcome_before="born", wants_call=False, by=staff, taken_back_at=now)
    Coupon.objects.create(**who, entitlement=entitlement, code=f"9{application.pk:011}", issued_at=now)
    CouponReturn.objects.create(
        **who, entitlement=entitlement, returned_on=FIRST, gone_from=LAST, number=1, bearer="post", by=staff, at=now
    )
    CarriedOver.objects.create(
        **who,
        entitlement=entitlement,
        reason="other",
        note="x",
        used_by=FIRST,
        by=staff,
        at=now,
        units={},
        reductions={},
    )
    Proxy.objects.create(
        **about,
        writer=factories.UserFactory(),
        relation="partner",
        name="x",
        phone="x",
        mother_name="x",
        mother_email="x@example.jp",
        status="consented",
        answered_at=now,
        answered_how="page",
        handed_over_at=now,
        entered_at=now,
    )
    source = ApprovalImport.objects.create(
        municipality=who["municipality"],
        sha256=f"x{application.pk}",
        content=b"",
        rows=1,
        checked_at=now,
        by=decider,
        imported_at=now,
    )
    ImportedApproval.objects.create(**about, source=source, line=1, old_number="x", email="x@example.jp")
    _document(about, now)


def _document(about: Any, now: dt.datetime) -> None:
    paper = Document.objects.create(
        **about,
        kind="tax_certificate",
        token=f"life{about['application'].pk}",
        original_name="x.pdf",
        content_type="application/pdf",
        size=1,
        sha256="0" * 64,
        uploaded_at=now,
        status="refused",
        refusal="x",
    )
    save_whole(paper.page_path(1), b"x")
    save_whole(paper.original_path, b"x")


def _on_letters(application: Any, who: Any, staff: Any, decider: Any, now: dt.datetime) -> None:
    decision, household = application.decision, application.birth.household
    letter = Letter.objects.get(subject_id=application.pk, subject_kind="application")
    name = save_whole(f"letters/{letter.municipality_id}/life{letter.pk}.pdf", b"x")
    Letter.objects.filter(pk=letter.pk).update(
        status="issued", storage_name=name, sha256="x", issued_at=now, household=household
    )
    run = PrintRun.objects.create(municipality=who["municipality"], asked_by=staff, deleted_at=now)
    PrintedLetter.objects.create(**who, run=run, letter=letter, problem="x")
    amendment = Amendment.objects.create(
        **who, decision=decision, issued_at=now, by=decider, stands={}, reason="x", granted={"limits": {}}
    )
    assert Grant.objects.filter(decision=decision).exists()
    assert amendment.pk
    Revocation.objects.create(**who, decision=decision, reason="x", effective_on=LAST, revoked_at=now, by=decider)
    Application.objects.filter(pk=application.pk).update(status="revoked")


def _at_the_clinic(
    entitlement: Entitlement, clinic: Facility, who: Any, staff: Any, now: dt.datetime
) -> tuple[Booking, MonthReport]:
    family = {**who, "entitlement": entitlement}
    wish = Wish.objects.create(
        **family, form_token=f"w{entitlement.pk}", service="short_stay", words="x", note="x", allergies="x",
        status="not_possible", closed_at=now, reason="x", vaccination_days=["2026-03-01"],
    )  # fmt: skip
    booking = factories.BookingFactory(
        municipality=who["municipality"],
        entitlement=entitlement,
        citizen=who["citizen"],
        facility=clinic,
        status="attended",
        units={},
        quote={"class": "general", "total": 9000, "public": 0, "lines": []},
        note="x",
        allergies="x",
        decline_reason="x",
        attended_at=now,
        unwell_at=now,
    )
    use = {**who, "facility": clinic, "booking": booking}
    CareRecord.objects.create(
        **use, day=FIRST, version=1, mother="x", child="x", care="x", checks={}, handover="x", by=staff, at=now
    )
    Move.objects.create(
        **use, number=f"{booking.number}-1", form_token=f"v{booking.pk}", old_first_day=FIRST, old_last_day=LAST,
        first_day=FIRST, last_day=LAST, status="declined", units={}, taken={}, consequence={"total": 0, "lines": []},
        contact_at=now, asked_at=now, asked_by=staff, closed_at=now, decline_reason="x",
    )  # fmt: skip
    Payment.objects.create(
        **use, kind="use", label="x", amount=9000, paid_at=now, by=staff, receipt=f"r{booking.pk}",
        form_token=f"p{booking.pk}", voided_at=now, voided_by=staff, void_reason="x",
    )  # fmt: skip
    FeeWaiver.objects.create(**use, reason="x", by=staff, at=now)
    OutcomeDecision.objects.create(**use, number=1, counts=False, reason="x", by=staff, by_facility=False, at=now)
    Waiting.objects.create(
        **family, facility=clinic, form_token=f"q{entitlement.pk}", service="short_stay", place="room",
        first_day=FIRST, last_day=LAST, note="x", allergies="x", status="over",
    )  # fmt: skip
    Sounding.objects.create(
        **who, facility=clinic, wish=wish, form_token=f"s{wish.pk}", first_days=[], allergies="x", note="x",
        status="declined", asked_at=now, asked_by=staff, answer_by=now, reply="x", closed_at=now,
    )  # fmt: skip
    Preparation.objects.create(
        **family, facility=clinic, wish=wish, form_token=f"k{wish.pk}", service="short_stay", day=FIRST,
        arrival=dt.time(10), status="done", agreed="x", made_at=now, made_by=staff, closed_at=now,
    )  # fmt: skip
    pool = entitlement.pools.order_by("pk")[0]
    LedgerEntry.objects.create(**who, pool=pool, move="take", units=0, booking_number=booking.number, at=now)
    return booking, _claimed(booking, clinic, who, now)


def _claimed(booking: Booking, clinic: Facility, who: Any, now: dt.datetime) -> MonthReport:
    town = who["municipality"]
    number = MonthReport.objects.count() + 1
    report = MonthReport.objects.create(
        municipality=town, facility=clinic, month=dt.date(2026, 3, 1) if number == 1 else dt.date(2026, 4, 1),
        number=number, status="paid", price=1, collected=0, public_share=1, submitted_at=now, accepted_at=now,
        paid_at=now, paid_on=dt.date(2026, 4, 20), snapshot={}, answer="x", return_reason="x",
        report_file=save_whole(f"months/{town.pk}/life{number}-r.pdf", b"x"),
        claim_file=save_whole(f"months/{town.pk}/life{number}-c.pdf", b"x"),
    )  # fmt: skip
    MonthLine.objects.create(
        report=report, municipality=town, facility=clinic, booking=booking, order=1, kind="use", service="short_stay",
        label="宿泊型", guest="x", first_day=FIRST, last_day=LAST, units_text="2泊3日", price=1, collected=0,
        public_share=1, note="x",
    )  # fmt: skip
    return report


def unsent_things(life: Life) -> None:
    """A draft with a paper, and a wish to be told: what no office keeps."""
    with scopes_disabled():
        who = {"municipality": life.town, "citizen": life.mother}
        draft = Application.objects.create(**who, answers={"person": {"clean": {"name": "x"}}})
        WindowNotice.objects.create(**who, due_date=FIRST, tell_on=FIRST, asked_at=clock.now())
        paper = Document.objects.create(
            **who, application=draft, kind="tax_certificate", token=f"draft{draft.pk}", original_name="x.jpg",
            content_type="image/jpeg", size=1, sha256="0" * 64,
        )  # fmt: skip
        save_whole(paper.page_path(1), b"x")
