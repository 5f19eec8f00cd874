"""Care as it is written down: read by its facility, handed over to the family's centre, and to nobody else."""

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django_scopes import scopes_disabled

from applications.models import Application, Birth
from eligibility.public import Municipality
from facilities.models import Booking, CareRecord, Facility
from facilities.services.care import CareWords, NotHere, write_care
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken
from postpartum_portal.shared.models import Event
from tests import factories
from tests.facilities.staff.conftest import FRIDAY, WEDNESDAY, Book

pytestmark = pytest.mark.django_db

MORNING = dt.datetime(2026, 3, 11, 10, 5, tzinfo=clock.TOKYO)
OWN, TOLD = "眠れていないとのこと", "来週いちど電話をお願いします"


@pytest.fixture
def arrived(desk: Client, book: Book, clock_at: Any) -> Booking:
    booking = book(name="宿泊 さん")
    clock_at.move_to(MORNING)
    desk.post(f"/facility/bookings/{booking.number}/arrived/")
    return booking


@pytest.fixture
def case(arrived: Booking) -> Application:
    """Her application, by which the centre finds her."""
    with scopes_disabled():
        return factories.ApplicationFactory(
            municipality=arrived.municipality, birth=arrived.entitlement.birth, status=Application.Status.APPROVED
        )


def write(desk: Client, booking: Booking, **typed: str) -> Any:
    where = f"/facility/bookings/{booking.number}/care/"
    seen = desk.get(where).context["form"]["seen"].value()
    return desk.post(where, {"seen": seen, **typed})


def test_care__is_put_right_by_a_version_that_keeps_the_one_before(desk: Client, arrived: Booking) -> None:
    write(desk, arrived, mother="おだやか", check_breathing="１１：００ 10:30")
    write(desk, arrived, mother="すこし疲れぎみ", check_breathing="10:30 11:00", now="breathing")

    with scopes_disabled():
        rows = list(CareRecord.objects.order_by("version"))
    assert [(row.version, row.mother) for row in rows] == [(1, "おだやか"), (2, "すこし疲れぎみ")]
    assert [row.checks for row in rows] == [
        {"breathing": ["10:30", "11:00"]},
        {"breathing": ["10:05", "10:30", "11:00"]},
    ]
    page = desk.get(f"/facility/bookings/{arrived.number}/care/").content.decode()
    assert "おだやか" in page
    assert "すこし疲れぎみ" in page


def test_care__sent_twice_is_once_and_over_a_colleague_is_not_at_all(arrived: Booking, receptionist: Any) -> None:
    with scopes_disabled():
        arrived = Booking.objects.select_related("entitlement__birth").get(pk=arrived.pk)
        said = CareWords(mother="おだやか")
        for _ in range(2):
            write_care(arrived, WEDNESDAY, said, seen=0, by=receptionist, at=MORNING)

        with pytest.raises(Overtaken), transaction.atomic():
            write_care(arrived, WEDNESDAY, CareWords(mother="別"), seen=0, by=receptionist, at=MORNING)
        with pytest.raises(NotHere):
            write_care(arrived, FRIDAY, said, seen=0, by=receptionist, at=MORNING)

        assert CareRecord.objects.count() == 1


def test_care__after_a_loss__has_no_field_and_keeps_no_word_of_a_child(desk: Client, arrived: Booking) -> None:
    with scopes_disabled():
        Birth.objects.filter(pk=arrived.entitlement.birth_id).update(
            outcome=Birth.Outcome.LOST, born_on=None, ended_on=dt.date(2026, 3, 1)
        )

    page = desk.get(f"/facility/bookings/{arrived.number}/care/").content.decode()
    write(desk, arrived, mother="ゆっくり休めた", child="だめ", check_breathing="10:30")

    assert not [word for word in ("お子さん", "赤ちゃん", "仰向け", "呼吸") if word in page]
    with scopes_disabled():
        record = CareRecord.objects.get()
    assert (record.mother, record.child, record.checks) == ("ゆっくり休めた", "", {})


def test_handover__is_read_by_her_centre_with_its_record_and_marked_as_seen(
    desk: Client, arrived: Booking, case: Application, nurse: Any
) -> None:
    centre = Client()
    centre.force_login(nurse)
    write(desk, arrived, mother=OWN)
    where = f"/kodaira/centre/cases/{case.number}/"
    assert OWN not in centre.get(where).content.decode(), "what is not handed over stays at the facility"
    write(desk, arrived, mother=OWN, handover=TOLD, asks_call="on")

    page = centre.get(where)

    assert OWN in page.content.decode()
    assert TOLD in page.content.decode()
    assert ("施設からの引き継ぎを見て、電話する", "handovers") in page.context["next_steps"]
    assert TOLD not in (listed := centre.get("/kodaira/centre/").content.decode())
    assert "電話してほしい" in listed
    (told,) = page.context["handovers"]
    centre.post(f"{where}handovers/{told.record.pk}/seen/")
    assert not [told for told in centre.get(where).context["handovers"] if told.waits]
    with scopes_disabled():
        verbs = Event.objects.filter(subject_kind="carerecord", actor_id=nurse.pk).values_list("verb", flat=True)
        assert sorted(verbs) == ["care.read", "care.seen", "list.read"]


def test_handover__put_right_after_it_was_seen__waits_again_only_if_it_says_something_else(
    desk: Client, arrived: Booking, case: Application, nurse: Any
) -> None:
    centre = Client()
    centre.force_login(nurse)
    write(desk, arrived, handover=TOLD)
    where = f"/kodaira/centre/cases/{case.number}/"
    (told,) = centre.get(where).context["handovers"]
    centre.post(f"{where}handovers/{told.record.pk}/seen/")

    waits = []
    for words in ({"mother": "追記", "handover": TOLD}, {"handover": f"{TOLD}。急ぎます"}):
        write(desk, arrived, **words)
        (told,) = centre.get(where).context["handovers"]
        waits.append(told.waits)

    assert waits == [False, True]


def test_care__is_nobody_elses(desk: Client, arrived: Booking, case: Application, kumagaya: Municipality) -> None:
    write(desk, arrived, mother=OWN, handover=TOLD)
    with scopes_disabled():
        record = CareRecord.objects.get()
    neighbour = Facility.objects.get(name__contains="中野")
    others = {
        "neighbour": factories.StaffMembershipFactory(facility=neighbour).user,
        "another centre": factories.MembershipFactory(municipality=kumagaya).user,
        "herself": arrived.citizen,
    }
    for who, user in others.items():
        browser = Client()
        browser.force_login(user)
        assert browser.get(f"/facility/bookings/{arrived.number}/care/").status_code == 404, who
        seen = browser.post(f"/kodaira/centre/cases/{case.number}/handovers/{record.pk}/seen/")
        assert seen.status_code == 404, who
