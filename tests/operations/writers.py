"""People at work while a backup is taken: a process that books, decides, hands papers in and takes some back.

    python -m tests.operations.writers <municipality> <nurse> <decider> <offering>

It ends when its standard input is closed, once each has finished what it was at.
"""

import datetime as dt
import itertools
import os
import sys
import threading
from collections.abc import Callable
from typing import Any

import django

DAYS = 150


def main(municipality: int, nurse: int, decider: int, offering: int) -> None:
    django.setup()
    _number_from(os.getpid() * 10_000)
    stop = threading.Event()
    deeds = [_books(municipality, offering), _decides(municipality, nurse, decider), _hands_in(municipality)]
    threads = [threading.Thread(target=_until, args=(stop, municipality, deed)) for deed in deeds]
    for thread in threads:
        thread.start()
    sys.stdin.read()
    stop.set()
    for thread in threads:
        thread.join()


def _number_from(first: int) -> None:
    """The test itself, and each other process, counts its people from elsewhere."""
    from factory.base import FactoryMetaClass  # noqa: PLC0415 - as the next

    from tests import factories  # noqa: PLC0415 - needs Django

    for made in vars(factories).values():
        if isinstance(made, FactoryMetaClass) and made._meta.model:
            made.reset_sequence(first, force=True)


def _until(stop: threading.Event, municipality: int, deed: Callable[[int], None]) -> None:
    from django.db import connections  # noqa: PLC0415 - needs Django

    from postpartum_portal.shared.tenancy import tenant  # noqa: PLC0415 - needs Django

    with tenant(municipality=municipality):
        for number in itertools.count():
            if stop.is_set():
                break
            deed(number)
    connections.close_all()


def _town(pk: int) -> Any:
    from eligibility.public import Municipality  # noqa: PLC0415 - needs Django

    return Municipality.objects.get(pk=pk)


def _books(municipality: int, offering: int) -> Callable[[int], None]:
    from facilities.models import Offering  # noqa: PLC0415 - needs Django
    from facilities.public import request_booking  # noqa: PLC0415 - needs Django
    from postpartum_portal.shared import clock  # noqa: PLC0415 - needs Django
    from tests.processes.racing import mother_of  # noqa: PLC0415 - needs Django

    def deed(number: int) -> None:
        entitlement: Any = mother_of(_town(municipality))
        first = clock.today() + dt.timedelta(days=5 + number % 60)
        request_booking(
            entitlement,
            Offering.objects.select_related("facility", "contract").get(pk=offering),
            first_day=first,
            last_day=first,
            arrival=dt.time(10),
            note="",
            form_token=f"under-load-{entitlement.pk:08}",
            by=entitlement.citizen,
            at=clock.now(),
        )

    return deed


def _decides(municipality: int, nurse: int, decider: int) -> Callable[[int], None]:
    from applications.models import Letter  # noqa: PLC0415 - needs Django
    from applications.services.deciding import approve  # noqa: PLC0415 - needs Django
    from postpartum_portal.accounts.models import User  # noqa: PLC0415 - needs Django
    from postpartum_portal.shared import clock  # noqa: PLC0415 - needs Django
    from tests import factories  # noqa: PLC0415 - needs Django
    from tests.cases import FULL_GRANT, heard  # noqa: PLC0415 - needs Django
    from tests.operations.conftest import issue  # noqa: PLC0415 - needs Django

    def deed(_: int) -> None:
        hears, decides = User.objects.get(pk=nurse), User.objects.get(pk=decider)
        application = heard(_town(municipality), hears, household__citizen=factories.UserFactory())
        approve(application, by=decides, at=clock.now(), looked=True, **FULL_GRANT)
        issue(Letter.objects.get(subject_kind="application", subject_id=application.pk))

    return deed


def _hands_in(municipality: int) -> Callable[[int], None]:
    """Every third paper is taken back at once: its files go."""
    from applications.services.documents import remove  # noqa: PLC0415 - needs Django
    from postpartum_portal.shared import clock  # noqa: PLC0415 - needs Django
    from tests.operations.conftest import upload  # noqa: PLC0415 - needs Django

    before: list[Any] = []

    def deed(number: int) -> None:
        before.append(upload(_town(municipality), f"paper-{number}"))
        if number % 3 == 2:
            paper = before.pop(0)
            remove(paper, by=paper.citizen, at=clock.now())

    return deed


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
