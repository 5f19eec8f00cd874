"""A Thursday in June on which every planner and every kind of job has something to do."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django_scopes import scopes_disabled

from applications.models import Application, Letter, PrintRun, WindowNotice
from applications.services.deciding import approve
from applications.services.printing import ask_print
from eligibility.public import Municipality, ProgrammeVersion
from facilities.models import Booking, Facility, Offering, Sounding, Waiting, Wish
from facilities.public import ask_forgetting, confirm, confirm_forgetting, request_booking, set_places
from facilities.services.amounts import enter_amount
from facilities.services.holding import hold_days
from facilities.services.repricing import REPRICE_BOOKINGS
from postpartum_portal.shared import clock, mail
from postpartum_portal.shared.exports import ask
from postpartum_portal.shared.jobs import enqueue, tasks
from postpartum_portal.shared.models import Export, Job, Mail
from postpartum_portal.shared.span import Span
from postpartum_portal.shared.tenancy import tenant
from tests import factories
from tests.cases import full_grant, handed_in, heard
from tests.eligibility.drafted import uploaded
from tests.facilities.waiting import full, waits
from tests.facilities.walking import MAY_CHILD, family, offering, proved, sample_facilities
from tests.processes import doubled_facility

BEFORE = dt.datetime(2026, 6, 3, 10, tzinfo=clock.TOKYO)
THEN = dt.datetime(2026, 6, 11, 10, 30, tzinfo=clock.TOKYO)
YESTERDAY, TODAY, TOMORROW = dt.date(2026, 6, 10), dt.date(2026, 6, 11), dt.date(2026, 6, 12)
FEBRUARY = {"birth__born_on": dt.date(2026, 2, 23), "birth__due_date": dt.date(2026, 2, 23)}
"""A child of Kodaira whose last day of use is near."""


def prepare(published: Callable[[str], Municipality], clock_at: Any) -> None:
    """Write the rows as of `BEFORE`, let what is due by then be done, and turn the clock to `THEN`."""
    clock_at.move_to(BEFORE)
    town = published("kodaira")
    clinic = Facility.objects.get(code="jun-ladies-clinic-kodaira")
    factories.open_places(clinic, limit=3, days=60)
    with tenant(municipality=town.pk):
        over = _line(town, clinic)
        _letter(town)
    while tasks.sweep():
        pass
    with tenant(municipality=town.pk):
        Waiting.objects.filter(pk=over.pk).update(first_day=YESTERDAY, last_day=YESTERDAY)
        _applications(town)
        _bookings(town, clinic)
        _files(town)
        suggested = _asked(town, _stays(clinic), dt.date(2026, 6, 15))
        doubled_facility.prepare(town, clinic, suggested, TODAY)
    _long_ago(town)
    _forgotten(published("kumagaya"))
    _prices(published)
    _others(town)
    clock_at.move_to(THEN)


def _line(town: Municipality, clinic: Facility) -> Waiting:
    """One whose offer will lapse, one who comes next; answers the one whose day will be over."""
    day_use = Offering.objects.select_related("facility", "contract").get(facility=clinic, service="day_service")
    later = dt.date(2026, 6, 19)
    full(day_use, later)
    first, second, third = (_granted(town) for _ in range(3))
    for entitlement in (first, second):
        waits(entitlement, day_use, later)
    over = waits(third, day_use, later)
    set_places(clinic, {day_use.place: 2}, days=[later], by=_at(clinic), at=clock.now())
    return over


def _letter(town: Municipality) -> None:
    nurse, decider = (factories.MembershipFactory(municipality=town, role=role).user for role in ("centre", "decider"))
    application = heard(town, nurse, birth__due_date=dt.date(2026, 7, 20))
    approve(application, by=decider, at=clock.now(), looked=True, **full_grant(town))


def _applications(town: Municipality) -> None:
    """A draft, one that waits, a birth untold, a letter to be made, and a draft of new rules."""
    _letter(town)
    untouched = THEN - dt.timedelta(days=4)
    Application.objects.create(municipality=town, citizen=factories.UserFactory(), saved_at=untouched)
    due = TODAY - dt.timedelta(days=14)
    handed_in(town, birth__due_date=due)
    uploaded(town, factories.MembershipFactory(municipality=town).user)
    opens = {"due_date": dt.date(2026, 7, 1), "tell_on": TODAY, "asked_at": BEFORE}
    WindowNotice.objects.create(municipality=town, citizen=factories.UserFactory(), **opens)


def _bookings(town: Municipality, clinic: Facility) -> None:
    """Tomorrow's, one whose deadline comes, one that nobody answered, one whose price is old, and days for a caller."""
    stay, staff = _stays(clinic), _at(clinic)
    confirm(_asked(town, stay, TOMORROW), by=staff, at=clock.now())
    _asked(town, stay, TODAY)
    _asked(town, stay, dt.date(2026, 6, 20))
    old = _asked(town, stay, dt.date(2026, 6, 17))
    now = ProgrammeVersion.objects.get(pk=old.quote["version"])
    told = {"file_name": "old.yaml", "text": now.text, "sha256": "0" * 64, "effective_from": dt.date(2020, 4, 1)}
    version = ProgrammeVersion.objects.create(municipality=town, **told)
    Booking.objects.filter(pk=old.pk).update(quote={**old.quote, "total": 1, "version": version.pk})
    enqueue(REPRICE_BOOKINGS, now.pk, at=clock.now(), municipality_id=town.pk)
    days = {"first_day": dt.date(2026, 6, 25), "last_day": dt.date(2026, 6, 26)}
    hold_days(stay, **days, arrival=None, form_token="caller", by=staff, at=clock.now())


def _long_ago(town: Municipality) -> None:
    """A case that is kept no longer, and a draft, a mail and an account that nobody came back to."""
    then = dt.datetime(2024, 5, 7, 10, tzinfo=clock.TOKYO)
    Municipality.objects.filter(pk=town.pk).update(retention={"refusal": 1, "message": 1})
    with scopes_disabled():
        birth = factories.BirthFactory(municipality=town, household__created_at=then, created_at=then)
        factories.ApplicationFactory(municipality=town, birth=birth, status="withdrawn", submitted_at=then)
        Application.objects.create(municipality=town, citizen=factories.UserFactory(), saved_at=then, created_at=then)
    mail.post("account/login_code", "long-ago@example.jp", key="long-ago", at=clock.now(), code="123456")
    Mail.objects.filter(key="long-ago").update(created_at=then, sent_at=then)
    Job.objects.filter(kind="send_mail", subject_id=Mail.objects.get(key="long-ago").pk).update(
        status=Job.Status.DONE, done_at=then, created_at=then
    )
    factories.UserFactory(date_joined=then)


def _forgotten(town: Municipality) -> None:
    """A mother who asked to be forgotten, and whose demand a second decider has just confirmed."""
    first, second = _decider(town), _decider(town)
    with scopes_disabled():
        household = handed_in(town, status="withdrawn", birth__due_date=TODAY).birth.household
        asked = ask_forgetting(household, reason="窓口で頼まれた", by=first, at=clock.now())
        confirm_forgetting(asked, by=second, at=clock.now())


def _prices(published: Callable[[str], Municipality]) -> None:
    """Amounts that come to be known, and a paper that is missing."""
    zushi, okayama, kawasaki = (published(slug) for slug in ("zushi", "okayama", "kawasaki"))
    sample_facilities()
    reduced = family(zushi, **MAY_CHILD)
    proved(reduced, "tax_exempt", proof="reduction_request")
    reduced.books("day_service", "2026-06-18", arrival="09:00:00")
    with tenant(municipality=zushi.pk):
        enter_amount(
            zushi, "reduction.reduced_day", amount=1000, starts_on=TOMORROW, by=_decider(zushi), at=clock.now()
        )
    visited, visit = family(okayama, **MAY_CHILD), offering(okayama, "home_visit")
    visited.books("home_visit", "2026-06-18", provisional="on")
    with tenant(municipality=okayama.pk):
        enter_amount(visit, "home_visit.price", amount=20_000, starts_on=TOMORROW, by=_decider(okayama), at=clock.now())
    handed_in(kawasaki, household_class="tax_exempt", members=1, birth__due_date=dt.date(2026, 7, 20))


def _files(town: Municipality) -> None:
    """A print and a table to be made, and one of each whose time is over."""
    by, long_ago = _decider(town), clock.now() - dt.timedelta(days=3)
    ask_print([letter.pk for letter in Letter.objects.filter(status="issued")], town, by=by, at=clock.now())
    made = {"storage_name": "prints/old.pdf", "sha256": "0" * 64, "made_at": long_ago}
    PrintRun.objects.create(municipality=town, asked_by=by, **made)
    asked: dict[str, Any] = {"municipality_id": town.pk, "role": "decider", "purpose": "月の報告に使う"}
    span = Span(dt.date(2026, 4, 1), TODAY)
    ask("applications", "csv", span=span, by_id=by.pk, at=clock.now(), **asked)
    written = {"written_at": long_ago, "expires_at": clock.now(), "rows": 1, "storage_name": "exports/old.csv"}
    Export.objects.create(sheet="applications", form="csv", asked_by=by, asked_at=long_ago, **asked, **written)


def _others(town: Municipality) -> None:
    """A mail, a session that is over, a name that the programme does not know any more, a question nobody answered."""
    mail.post("account/login_code", "hanako@example.jp", key="code", at=clock.now(), code="123456")
    over = dt.datetime(2026, 1, 1, tzinfo=clock.TOKYO)
    Session.objects.create(session_key="over", session_data=SessionStore().encode({}), expire_date=over)
    Municipality.objects.filter(pk=town.pk).update(name="旧小平")
    with scopes_disabled():
        entitlement = _granted(town)
        whose = {"municipality": town, "citizen": entitlement.citizen}
        said = {"service": "midwife_visit", "first_days": [TODAY.isoformat()], "form_token": "wish"}
        wish = Wish.objects.create(entitlement=entitlement, **whose, **said)
        Sounding.objects.create(
            **whose,
            facility=Facility.objects.order_by("pk")[0],
            wish=wish,
            form_token="sounding",
            first_days=wish.first_days,
            asked_at=BEFORE,
            asked_by=_decider(town),
            answer_by=BEFORE + dt.timedelta(days=2),
        )


def _stays(clinic: Facility) -> Offering:
    offerings = Offering.objects.select_related("facility", "contract", "municipality")
    return offerings.get(facility=clinic, service="short_stay")


def _granted(town: Municipality) -> Any:
    with scopes_disabled():
        made = factories.EntitlementFactory(municipality=town, **FEBRUARY)
        return (
            type(made).objects.select_related("birth", "citizen", "municipality", "programme_version").get(pk=made.pk)
        )


def _asked(town: Municipality, stay: Offering, first: dt.date) -> Booking:
    entitlement = _granted(town)
    span: dict[str, Any] = {"first_day": first, "last_day": first + dt.timedelta(days=1)}
    said: dict[str, Any] = {"arrival": dt.time(10), "note": "", "form_token": f"asked-{first}"}
    return request_booking(entitlement, stay, **span, **said, by=entitlement.citizen, at=clock.now())


def _at(clinic: Facility) -> Any:
    return factories.StaffMembershipFactory(facility=clinic).user


def _decider(town: Municipality) -> Any:
    return factories.MembershipFactory(municipality=town, role="decider").user
