"""Publishing a draft: by a second person, from a day that has not passed, once."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django_fsm import TransitionNotAllowed

from eligibility.models import ProgrammeDraft
from eligibility.public import (
    AlreadyThere,
    DayNotPossible,
    Municipality,
    ProgrammeVersion,
    ReplayIsOld,
    SameHands,
    earliest_day,
    programme_on,
    publish_draft,
    version_on,
)
from eligibility.services.contacts import follow_programmes
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken
from postpartum_portal.shared.models import Event
from tests import factories
from tests.eligibility.drafted import CHEAPER, NAME, again, replayed, uploaded

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]
TODAY = dt.date(2026, 3, 5)
APRIL = dt.date(2026, 4, 1)
DATED = CHEAPER.replace("  published: 2024-08-23", "  published: 2026-02-01\n  effective_from: 2026-04-01")


def publish(draft: ProgrammeDraft, by: Any, day: dt.date = TODAY) -> ProgrammeVersion:
    return publish_draft(draft, effective_from=day, by=by, at=clock.now())


def price_of_a_night(municipality: Municipality, on: dt.date) -> int:
    amount = programme_on(municipality, on).terms.service("short_stay").price.amount
    assert isinstance(amount, int)
    return amount


def test_publish__lets_the_draft_hold_from_the_day_chosen(kodaira: Municipality, nurse: Any, decider: Any) -> None:
    draft = replayed(kodaira, nurse)
    version = publish(draft, decider, APRIL)
    assert (version.file_name, version.text, version.effective_from) == (NAME, CHEAPER, APRIL)
    assert price_of_a_night(kodaira, dt.date(2026, 3, 31)) == 5_000
    assert price_of_a_night(kodaira, APRIL) == 4_500
    found = again(draft)
    assert (found.status, found.version, found.published_by_id) == ("published", version, decider.pk)
    event = Event.objects.get(verb="programme.published")
    assert (event.actor_id, event.data) == (decider.pk, {"version": version.pk, "since": "2026-04-01"})


def test_publish__today_is_early_enough(kodaira: Municipality, nurse: Any, decider: Any) -> None:
    version = publish(replayed(kodaira, nurse), decider, TODAY)
    assert version_on(kodaira, TODAY) == version


def test_publish__is_not_for_whoever_uploaded_it(kodaira: Municipality, decider: Any) -> None:
    draft = replayed(kodaira, decider)
    with pytest.raises(SameHands):
        publish(draft, decider)
    with pytest.raises(IntegrityError, match="draft_is_published_by_a_second_person"), transaction.atomic():
        ProgrammeDraft.objects.filter(pk=draft.pk).update(
            status="published", published_by=decider, published_at=clock.now(), effective_from=TODAY
        )


def test_publish__is_for_deciders_of_this_municipality(kodaira: Municipality, nurse: Any) -> None:
    draft = replayed(kodaira, nurse)
    elsewhere = Municipality.objects.create(code="999998", slug="mihon", name="見本市", office={})
    stranger = factories.MembershipFactory(municipality=elsewhere, role="decider").user
    other_nurse = factories.MembershipFactory(municipality=kodaira, role="centre").user
    for person in (stranger, other_nurse):
        with pytest.raises(PermissionDenied):
            publish(draft, person)


@pytest.mark.parametrize("day", [dt.date(2026, 3, 4), dt.date(2025, 4, 1)])
def test_publish__not_from_a_day_that_has_passed(kodaira: Municipality, nurse: Any, decider: Any, day: dt.date) -> None:
    with pytest.raises(DayNotPossible, match="令和8年3月5日からの日"):
        publish(replayed(kodaira, nurse), decider, day)


def test_publish__not_before_the_day_that_the_file_names(kodaira: Municipality, nurse: Any, decider: Any) -> None:
    draft = replayed(kodaira, nurse, DATED)
    assert earliest_day(draft, on=TODAY) == APRIL
    with pytest.raises(DayNotPossible, match="令和8年4月1日からの日"):
        publish(draft, decider, dt.date(2026, 3, 31))
    assert publish(draft, decider, dt.date(2026, 4, 15)).effective_from == dt.date(2026, 4, 15)


@pytest.mark.parametrize(
    ("day", "possible"), [(dt.date(2028, 3, 5), True), (dt.date(2028, 3, 6), False), (dt.date(2062, 4, 1), False)]
)
def test_publish__not_further_ahead_than_two_years(
    kodaira: Municipality, nurse: Any, decider: Any, day: dt.date, possible: bool
) -> None:
    draft = replayed(kodaira, nurse)
    if possible:
        assert publish(draft, decider, day).effective_from == day
        return
    with pytest.raises(DayNotPossible, match="令和10年3月5日より先の日からは始められません。年を確かめてください。"):
        publish(draft, decider, day)


def test_publish__how_far_ahead_is_a_setting(kodaira: Municipality, nurse: Any, decider: Any, settings: Any) -> None:
    settings.PUBLISH_AHEAD_DAYS = 30
    with pytest.raises(DayNotPossible, match="令和8年4月4日より先"):
        publish(replayed(kodaira, nurse), decider, dt.date(2026, 4, 5))


def test_publish__waits_for_check_and_replay(kodaira: Municipality, nurse: Any, decider: Any) -> None:
    draft = uploaded(kodaira, nurse)
    with pytest.raises(ReplayIsOld):
        publish(draft, decider)
    ProgrammeDraft.objects.filter(pk=draft.pk).update(compared_with=version_on(kodaira, TODAY))
    with pytest.raises(TransitionNotAllowed):
        publish(again(draft), decider)


def test_publish__wants_the_replay_against_what_is_in_force(kodaira: Municipality, nurse: Any, decider: Any) -> None:
    first, second = replayed(kodaira, nurse), replayed(kodaira, nurse, f"# 別の案\n{CHEAPER}")
    publish(first, decider)
    with pytest.raises(ReplayIsOld):
        publish(second, decider)


def test_publish__the_same_text_twice_is_refused(kodaira: Municipality, nurse: Any, decider: Any) -> None:
    first, second = replayed(kodaira, nurse), replayed(kodaira, nurse)
    publish(first, decider, APRIL)
    with pytest.raises(AlreadyThere):
        publish(second, decider, APRIL)


def test_publish__of_two_at_once_lets_one_pass(kodaira: Municipality, nurse: Any, decider: Any) -> None:
    draft = replayed(kodaira, nurse)
    other_screen = again(draft)
    ProgrammeDraft.objects.filter(pk=draft.pk).update(status="discarded")
    with pytest.raises(Overtaken):
        publish(other_screen, decider)
    assert ProgrammeVersion.objects.filter(municipality=kodaira).count() == 1


def test_publish__moves_the_office_on_its_first_day(
    kodaira: Municipality, nurse: Any, decider: Any, clock_at: Any
) -> None:
    text = CHEAPER.replace("phone: 042-346-3701", "phone: 042-346-9999")
    publish(replayed(kodaira, nurse, text), decider, APRIL)
    assert _phone(kodaira) == "042-346-3701"
    follow_programmes(clock.now())
    assert _phone(kodaira) == "042-346-3701"
    clock_at.move_to("2026-04-01T00:05:00+09:00")
    follow_programmes(clock.now())
    assert _phone(kodaira) == "042-346-9999"


def test_publish__from_today_moves_the_office_at_once(kodaira: Municipality, nurse: Any, decider: Any) -> None:
    text = CHEAPER.replace("phone: 042-346-3701", "phone: 042-346-9999")
    publish(replayed(kodaira, nurse, text), decider)
    assert _phone(kodaira) == "042-346-9999"


def _phone(municipality: Municipality) -> str:
    return str(Municipality.objects.get(pk=municipality.pk).office["phone"])
