"""Telling the centre when it would suit her, and taking it back."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django_fsm import TransitionNotAllowed

from applications.models import Grant, Pool
from applications.public import Entitlement
from eligibility.public import Municipality
from facilities.models import Wish
from facilities.services.wishing import WishOpen, WishRefused, withdraw_wish
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event, Mail
from tests import factories
from tests.facilities.arranging import WEDNESDAY, arranged, supporters, wished

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_wish__takes_nothing_and_is_answered_by_mail(entitlement: Entitlement, mother: Any) -> None:
    wish = wished(entitlement, words="平日の午前", vaccination_days=[dt.date(2026, 3, 20)])

    assert (wish.status, wish.wished_days) == (Wish.Status.OPEN, (WEDNESDAY,))
    assert not any(pool.used for pool in Pool.objects.filter(entitlement=entitlement))
    assert Event.objects.get(verb="wish.made").subject_id == wish.pk
    mail = Mail.objects.get(kind="wish_received")
    assert mail.to == mother.email
    assert "こども家庭センターが、希望をもとに日程を調整します。" in mail.text
    assert "予防接種" not in mail.text


def test_wish__sent_twice__is_one_wish(entitlement: Entitlement) -> None:
    assert wished(entitlement, form_token="same") == wished(entitlement, form_token="same")
    assert Mail.objects.filter(kind="wish_received").count() == 1


def test_wish__while_one_for_the_service_is_open__is_refused_and_names_that_one(
    entitlement: Entitlement, mother: Any
) -> None:
    first = wished(entitlement)

    with pytest.raises(WishOpen) as refusal:
        wished(entitlement, first_days=[dt.date(2026, 3, 12)])

    assert refusal.value.wish == first
    assert (Wish.objects.count(), Mail.objects.filter(kind="wish_received").count()) == (1, 1)
    assert wished(entitlement, service="midwife_visit") != first, "one for each service"
    withdraw_wish(first, by=mother, at=clock.now())
    assert wished(entitlement).status == Wish.Status.OPEN


def test_wish__after_the_last_one_was_arranged__is_told(
    entitlement: Entitlement, kodaira: Municipality, nurse: Any
) -> None:
    arranged(wished(entitlement), supporters(kodaira), by=nurse)

    assert wished(entitlement, first_days=[dt.date(2026, 3, 12)]).status == Wish.Status.OPEN


def test_wish__for_another_mother__is_denied(entitlement: Entitlement, nurse: Any) -> None:
    for other in (factories.UserFactory(), nurse):
        with pytest.raises(PermissionDenied):
            wished(entitlement, by=other)


@pytest.mark.parametrize("service", ["short_stay", "midwife_visit", "nonsense"])
def test_wish__for_what_she_books_herself_or_was_not_granted__is_denied(entitlement: Entitlement, service: str) -> None:
    Grant.objects.update(services=["short_stay", "supporter_visit"])

    with pytest.raises(PermissionDenied):
        wished(entitlement, service=service)


@pytest.mark.parametrize("first_days", [[WEDNESDAY], []])
def test_wish__before_the_birth_is_recorded__is_refused_with_the_rule(
    entitlement: Entitlement, first_days: list[dt.date]
) -> None:
    birth = entitlement.birth
    birth.outcome, birth.born_on, birth.due_date = "expected", None, dt.date(2026, 1, 15)
    birth.save()

    with pytest.raises(WishRefused) as refusal:
        wished(entitlement, first_days=first_days, words="いつでも")

    (finding,) = refusal.value.findings
    assert finding.code == "birth_recorded"
    assert finding.source.text == "小平市に住民登録がある、産後4か月になる前日までのお母さんとお子さん"
    assert not Wish.objects.exists()


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        (dt.date(2026, 3, 4), ["not_past"]),
        (dt.date(2026, 5, 15), ["period"]),
        (dt.date(2026, 3, 20), ["vaccination_day"]),
    ],
)
def test_wish__for_a_day_that_the_rules_exclude__says_why(
    entitlement: Entitlement, day: dt.date, codes: list[str]
) -> None:
    with pytest.raises(WishRefused) as refusal:
        wished(entitlement, first_days=[WEDNESDAY, day], vaccination_days=[dt.date(2026, 3, 20)])

    assert [finding.code for finding in refusal.value.findings] == codes


def test_withdraw__closes_the_wish(entitlement: Entitlement, mother: Any) -> None:
    wish = withdraw_wish(wished(entitlement), by=mother, at=clock.now())

    assert (wish.status, wish.closed_at) == (Wish.Status.WITHDRAWN, clock.now())
    with pytest.raises(TransitionNotAllowed):
        withdraw_wish(wish, by=mother, at=clock.now())


def test_withdraw__of_what_is_arranged__comes_too_late(
    entitlement: Entitlement, kodaira: Municipality, mother: Any, nurse: Any
) -> None:
    wish = wished(entitlement)
    arranged(wish, supporters(kodaira), by=nurse)

    with pytest.raises(TransitionNotAllowed):
        withdraw_wish(Wish.objects.get(), by=mother, at=clock.now())


def test_withdraw__by_the_centre__is_denied(entitlement: Entitlement, nurse: Any) -> None:
    with pytest.raises(PermissionDenied):
        withdraw_wish(wished(entitlement), by=nurse, at=clock.now())


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"first_days": []}, "wish_says_when"),
        ({"closed_at": dt.datetime(2026, 3, 5, tzinfo=dt.UTC)}, "wish_has_closed_unless_open"),
        ({"status": "arranged"}, "wish_has_closed_unless_open"),
    ],
)
def test_wish__always_says_when_and_whether_it_is_open(
    entitlement: Entitlement, changes: dict[str, Any], name: str
) -> None:
    wished(entitlement)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Wish.objects.update(**changes)
