"""A new version of the programme: stored prices follow it, once, and nothing else of a booking moves."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from applications.models import Pool
from applications.public import Entitlement, entitlement_changed
from eligibility.public import Municipality, ProgrammeVersion, publish_draft, version_added, version_on
from eligibility.services.loading import load_programmes
from facilities.models import Booking, Offering
from facilities.selectors.uses import deadline_of
from facilities.services.repricing import REPRICE_BOOKINGS, reprice_bookings
from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs import LeaseLost, runner
from postpartum_portal.shared.models import Event, Job, Mail
from postpartum_portal.shared.tenancy import tenant
from tests.eligibility.drafted import CHEAPER, RULES, replayed
from tests.facilities.conftest import Ask
from tests.facilities.services.test_requoting import granted, prices, visits

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.usefixtures("all_tenants")]

APRIL = dt.date(2026, 4, 1)
OLD, NEW = 10_000, 9_000
EARLIER = RULES.replace("days_before: 1", "days_before: 2", 1)
"""Another deadline for stays, at the same price."""
NO_DAYS = RULES.replace("day_service", "day_long").replace("amount: 2000", "amount: 3000")
"""What was booked as a day use is not offered any more."""


def publish(kodaira: Municipality, nurse: Any, decider: Any, text: str = CHEAPER) -> ProgrammeVersion:
    draft = replayed(kodaira, nurse, text)
    return publish_draft(draft, effective_from=APRIL, by=decider, at=clock.now())


def run(version: ProgrammeVersion) -> None:
    """As a worker does; once more where it was done already."""
    job = Job.objects.get(kind=REPRICE_BOOKINGS, subject_id=version.pk)
    Job.objects.filter(pk=job.pk).update(status=Job.Status.QUEUED, done_at=None, cursor=0)
    assert runner.run(job.pk)
    assert Job.objects.get(pk=job.pk).status == Job.Status.DONE


def price(booking: Booking) -> Any:
    return Booking.objects.get(pk=booking.pk).quote["total"]


def mails() -> list[str]:
    return [mail.text for mail in Mail.objects.filter(kind="bookings_repriced")]


@pytest.fixture
def march(ask: Ask) -> Booking:
    """Two nights of March, under the old version."""
    return ask()


@pytest.fixture
def april(ask: Ask, march: Booking) -> Booking:
    """Two nights of April."""
    return ask(first_day=dt.date(2026, 4, 8), last_day=dt.date(2026, 4, 10))


def test_publish__lets_the_price_of_a_day_under_it_follow_once(
    kodaira: Municipality, nurse: Any, decider: Any, march: Booking, april: Booking, entitlement: Entitlement
) -> None:
    units = list(Pool.objects.order_by("pk").values_list("code", "used"))

    version = publish(kodaira, nurse, decider)
    assert price(april) == OLD
    for _ in range(2):
        run(version)

    assert (price(march), price(april)) == (OLD, NEW)
    assert list(Pool.objects.order_by("pk").values_list("code", "used")) == units
    assert Event.objects.get(verb="booking.repriced").subject_id == april.pk
    assert len(mails()) == 1
    assert Job.objects.filter(kind=REPRICE_BOOKINGS).count() == 1
    assert Booking.objects.get(pk=april.pk).quote["version"] == version.pk


def test_mail__says_from_when_and_what_changes(kodaira: Municipality, nurse: Any, decider: Any, april: Booking) -> None:
    run(publish(kodaira, nurse, decider))

    (mail,) = Mail.objects.filter(kind="bookings_repriced")

    assert mail.subject == "予約の料金が変わります"
    assert mail.text.splitlines() == [
        "小平市の産後ケアの新しいきまり（4月1日(水)から）により、次のとおり変わります。予約はそのまま残っています。",
        "",
        "4月8日の宿泊型は、10,000円から9,000円になります。",
        "",
        "内容はログインしてマイページでごらんください。",
        "http://localhost:8000/kodaira/my/bookings/",
        "",
        "小平市 産後ケア",
    ]


def test_publish__tells_a_deadline_that_moved_though_the_price_did_not(
    kodaira: Municipality, nurse: Any, decider: Any, april: Booking
) -> None:
    version = publish(kodaira, nurse, decider, EARLIER)
    for _ in range(2):
        run(version)

    (mail,) = Mail.objects.filter(kind="bookings_repriced")
    assert mail.subject == "予約の取り消しの期限が変わります"
    assert "取り消しの期限\n4月8日の宿泊型: 4月6日(月) 16:00 より前\n" in mail.text
    assert price(april) == OLD
    assert not Event.objects.filter(verb="booking.repriced").exists()
    assert deadline_of(april).wording == "4月6日(月) 16:00 より前"


def test_publish__keeps_the_terms_of_a_service_that_it_gives_up(
    kodaira: Municipality, nurse: Any, decider: Any, ask: Ask, day_use: Offering
) -> None:
    booking = ask(offering=day_use, first_day=dt.date(2026, 4, 8), last_day=dt.date(2026, 4, 8))
    kept = booking.quote

    run(publish(kodaira, nurse, decider, NO_DAYS))

    assert Booking.objects.get(pk=booking.pk).quote == kept
    assert deadline_of(booking).wording == "4月7日(火) 16:00 より前"
    assert mails() == []


def test_publish__leaves_closed_bookings_and_those_before_it(
    kodaira: Municipality, nurse: Any, decider: Any, march: Booking, april: Booking
) -> None:
    Booking.objects.filter(pk=april.pk).update(status=Booking.Status.DECLINED, decline_reason="満室です")

    publish(kodaira, nurse, decider)

    assert not Job.objects.filter(kind=REPRICE_BOOKINGS).exists()
    assert (price(march), price(april)) == (OLD, OLD)


def test_load__of_one_more_file__asks_for_new_prices(kodaira: Municipality, april: Booking, tmp_path: Path) -> None:
    dated = CHEAPER.replace("  published: 2024-08-23", "  published: 2026-02-01\n  effective_from: 2026-04-01")
    (tmp_path / "132110-kodaira-2026-04-01.yaml").write_text(dated)

    for _ in range(2):
        load_programmes(tmp_path, at=clock.now())
    run(ProgrammeVersion.objects.get(municipality=kodaira, effective_from=APRIL))

    assert price(april) == NEW
    assert len(mails()) == 1


def test_reprice__after_the_lease_was_lost__writes_nothing(
    kodaira: Municipality, nurse: Any, decider: Any, april: Booking
) -> None:
    version = publish(kodaira, nurse, decider)
    job = Job.objects.get(kind=REPRICE_BOOKINGS)
    lease = runner.claim(job.pk, now=clock.now())
    assert lease is not None
    Job.objects.filter(pk=job.pk).update(token=lease.token + 1)

    with pytest.raises(LeaseLost), tenant(municipality=version.municipality_id):
        reprice_bookings(lease)

    assert price(april) == OLD
    assert mails() == []


def test_publish__where_the_first_uses_cost_less__prices_the_family_together(
    kawasaki: Municipality, clock_at: Any
) -> None:
    """Under the new version three uses are reduced, not five; what lies before it keeps its turn."""
    clock_at.move_to("2026-06-01T10:00:00+09:00")
    family = granted(kawasaki)
    visits(family, 5)

    run(three_reduced(kawasaki))

    assert prices(family) == [2500, 2500, 2500, 5000, 5000]
    assert len(mails()) == 1


def test_publish__with_more_families_than_a_job_has_time_for__goes_on_with_the_next(
    kawasaki: Municipality, clock_at: Any, settings: Any
) -> None:
    settings.JOB_PAUSES_AFTER_SECONDS = 0
    clock_at.move_to("2026-06-01T10:00:00+09:00")
    families = [granted(kawasaki), granted(kawasaki)]
    for family in families:
        visits(family, 5)
    version = three_reduced(kawasaki)
    job = Job.objects.get(kind=REPRICE_BOOKINGS, subject_id=version.pk)

    told = []
    while runner.run(job.pk):
        told.append((len(mails()), Job.objects.get(pk=job.pk).status))

    assert told == [(1, "queued"), (2, "queued"), (2, "done")]
    assert [prices(family) for family in families] == [[2500, 2500, 2500, 5000, 5000]] * 2


def three_reduced(kawasaki: Municipality) -> ProgrammeVersion:
    """A version from 3 July under which the first three uses are reduced, not five."""
    text = version_on(kawasaki, clock.today()).text.partition("\nexamples:")[0] + "\n"
    version = ProgrammeVersion.objects.create(
        municipality=kawasaki,
        text=text.replace("number: 5", "number: 3"),
        sha256="f" * 64,
        file_name="141305-kawasaki-2026-07-03.yaml",
        effective_from=dt.date(2026, 7, 3),
        loaded_at=clock.now(),
    )
    version_added.send(sender=ProgrammeVersion, version=version, at=clock.now())
    return version


def test_entitlement__that_changes_lets_prices_follow_once(
    march: Booking, april: Booking, entitlement: Entitlement, mother: Any
) -> None:
    """Whatever a price hangs on: here one that was kept otherwise."""
    Booking.objects.filter(pk=april.pk).update(quote={**april.quote, "total": NEW})
    for _ in range(2):
        entitlement_changed.send(sender=Entitlement, entitlement=entitlement, by=mother, at=clock.now())

    assert (price(march), price(april)) == (OLD, OLD)
    (mail,) = mails()
    assert mail.startswith("届け出や決定により、次のとおり変わります。")
    assert Event.objects.get(verb="booking.repriced").subject_id == april.pk
