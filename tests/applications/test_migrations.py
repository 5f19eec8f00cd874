"""Rows of before come through a change of shape with what they say."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django_scopes import scopes_disabled

from applications.models import Hearing
from eligibility.public import Municipality
from tests.cases import handed_in

pytestmark = [pytest.mark.soak, pytest.mark.django_db(transaction=True)]

BEFORE, AFTER = "0002_ask_what_each_programme_asks", "0003_hear_what_each_programme_asks"


@pytest.fixture
def migrate() -> Iterator[Callable[[str], Any]]:
    """`migrate(name)`: bring applications there and answer its hearings as they are shaped then."""

    def to(name: str) -> Any:
        executor = MigrationExecutor(connection)
        return executor.migrate([("applications", name)]).apps.get_model("applications", "Hearing").objects

    yield to
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def test_hearings__keep_their_answers_by_code_and_give_them_back(
    kodaira: Municipality, nurse: Any, migrate: Callable[[str], Any]
) -> None:
    application = handed_in(kodaira)
    of = {"municipality_id": kodaira.pk, "citizen_id": application.citizen_id, "application_id": application.pk}
    in_columns = {"resident": True, "lacks_support": False, "needs_medical_care": True, "unwell_or_anxious": None}
    migrate(BEFORE).create(**of, by_id=nurse.pk, **in_columns, told={"needs_medical_care": False})

    migrate(AFTER)
    with scopes_disabled():
        assert Hearing.objects.get().told == {"resident": True, "lacks_support": False, "needs_medical_care": False}

    (row,) = migrate(BEFORE).values(*in_columns, "fever_or_infection")
    assert row == {**in_columns, "needs_medical_care": False, "fever_or_infection": None}
