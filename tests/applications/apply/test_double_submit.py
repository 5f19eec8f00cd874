"""Two taps at the very same moment, each in a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django_scopes import scopes_disabled

from applications.models import Application
from applications.steps import Step
from postpartum_portal.shared.models import Mail

from .conftest import Applicant

TAPS = 6

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="an embedded test database has one connection"),
]


def _at_once(deed: Callable[[Applicant], Any], applicant: Applicant) -> list[Any]:
    """Do the same in as many browsers as taps, all waiting for each other first."""
    together = Barrier(TAPS)

    def tap(browser: Applicant) -> Any:
        together.wait()
        try:
            return deed(browser)
        finally:
            connection.close()

    browsers = [Applicant(applicant.user, applicant.slug) for _ in range(TAPS)]
    with ThreadPoolExecutor(TAPS) as pool:
        return list(pool.map(tap, browsers))


def test_submitting_twice_at_once__makes_one_application_and_both_answers_lead_to_it(applicant: Applicant) -> None:
    applicant.fill_in()
    pk = applicant.application.pk

    answers = _at_once(lambda one: one.client.post(one.url("review"), {"application": pk}).url, applicant)

    assert set(answers) == {applicant.url("done", number="R7-0001")}
    with scopes_disabled():
        assert Application.objects.count() == 1
    assert Mail.objects.count() == 1


def test_first_saves_at_once__find_the_same_draft(applicant: Applicant) -> None:
    answers = _at_once(lambda one: one.post(Step.PERSON).status_code, applicant)

    assert set(answers) == {302}
    with scopes_disabled():
        assert Application.objects.count() == 1
