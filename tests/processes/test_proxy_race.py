"""The mother agrees on her page while the centre takes her yes down by phone: one consent, one application.

The control reads the row without holding it, and the second of the two fails.
"""

from collections import Counter
from collections.abc import Callable
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from applications.models import Application, Proxy
from applications.services import consenting, proxies
from eligibility.public import Municipality
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken
from postpartum_portal.shared.models import Event, Mail
from tests import factories
from tests.applications.proxies.conftest import told
from tests.cases import handed_in
from tests.processes.racing import race

pytestmark = [pytest.mark.processes, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]

ROUNDS = 3


def on_two_screens(town: Municipality, nurse: Any) -> list[Callable[[], Proxy]]:
    """What somebody has handed over for a mother, before her and before the nurse who phones her."""
    mother, at = factories.UserFactory(), clock.now()
    begun = proxies.begin(town, told(mother_email=mother.email), by=factories.UserFactory(), at=at)
    Application.objects.filter(proxy=begun).update(answers=handed_in(town).answers)
    proxies.hand_over(begun, by=begun.writer, at=at)
    return [partial(consenting.consent, Proxy.objects.get(pk=begun.pk), by=who, at=at) for who in (mother, nurse)]


def test_two_consents_at_once__are_one(town: Municipality, nurse: Any) -> None:
    for _ in range(ROUNDS):
        screens = on_two_screens(town, nurse)

        answers = race(screens, municipality=town.pk)

        assert Counter(map(type, answers)) == {Proxy: 2}, answers
        proxy = Proxy.objects.latest("pk")
        assert (proxy.status, proxy.answered_how == "phone") == ("consented", proxy.answered_by == nurse)
        assert Event.objects.filter(verb="proxy.consented", subject_id=proxy.pk).count() == 1
        assert Application.objects.filter(citizen=proxy.citizen).exclude(number="").count() == 1
        assert proxy.citizen
        assert Mail.objects.filter(kind="application_received", to=proxy.citizen.email).count() == 1


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time")
def test_control__a_row_that_nobody_holds__fails_the_second(
    town: Municipality, nurse: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = Barrier(2, timeout=10)

    def look(proxy: Proxy) -> Proxy:
        row = Proxy.objects.select_related("municipality", "citizen", "application").get(pk=proxy.pk)
        looked.wait()
        return row

    screens = on_two_screens(town, nurse)
    monkeypatch.setattr(consenting, "held", look)

    assert Counter(map(type, race(screens, municipality=town.pk))) == {Proxy: 1, Overtaken: 1}
