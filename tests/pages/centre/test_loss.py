"""A loss told by phone is written down on the case, gently, and may be taken back as long as nobody acted on it."""

from typing import Any

import pytest

from applications.models import Birth, Loss
from applications.services.screening import record_call
from eligibility.public import Municipality
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event, Mail
from tests.cases import handed_in
from tests.walks.person import Person

from .desk import Desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]

DAY = {"ended_on_year": "R8", "ended_on_month": "3", "ended_on_day": "2"}


def test_a_loss_told_by_phone__is_written_down_by_the_centre_and_taken_back(kodaira: Municipality, nurse: Any) -> None:
    application = handed_in(kodaira)
    staff, mother, mails = Desk(nurse, application), Person(application.citizen), Mail.objects.count()

    page = staff.told("loss", DAY)
    assert "聞いたことを確かめてから" in page
    assert not Loss.objects.exists()
    page = staff.told("loss", {**DAY, "heard": "on"})
    assert "お知らせを記録しました。" in page
    assert "渡辺さんが記録しました" in page
    assert (Loss.objects.get().by, Mail.objects.count()) == (nurse, mails)
    assert Event.objects.get(verb="birth.lost").actor_id == nurse.pk
    mother.opens("/kodaira/my/loss/")
    mother.sees("お知らせを受け取りました")

    assert "もう記録されています" in staff.told("loss", {**DAY, "heard": "on"})
    staff.send("loss", {"take_back": "1"})
    assert Birth.objects.get().outcome == "expected"
    assert "もう取り消されています" in staff.told("loss", {"take_back": "1"})


def test_a_loss_of_a_mother_without_an_account__is_hers_alone(kodaira: Municipality, nurse: Any) -> None:
    """What is done for another mother without one closes nothing of hers; what is done for her does."""
    hers, another = (handed_in(kodaira, household__citizen=None) for _ in range(2))
    staff = Desk(nurse, hers)
    for expected in ("取り消しました", "手続きが進んだ"):
        staff.told("loss", {**DAY, "heard": "on"})
        record_call(another, by=nurse, at=clock.now(), reached=True)
        if expected == "手続きが進んだ":
            record_call(hers, by=nurse, at=clock.now(), reached=True)
        assert expected in staff.told("loss", {"take_back": "1"})
