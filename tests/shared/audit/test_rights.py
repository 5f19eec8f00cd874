"""D4: what is kept cannot be changed by a slip in the code, nor on PostgreSQL by the portal's own role at all.

The controls do the same as the owner, or to a row that is not kept: there it goes through.
"""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django_scopes import scopes_disabled
from psycopg.errors import InsufficientPrivilege

from applications.models import LedgerEntry, Letter, NumberSeries
from eligibility.models import MunicipalAmount, SettingChange
from facilities.models import ContractPrice, OfferingAmount
from postpartum_portal.shared import clock
from postpartum_portal.shared.kept import AppendOnly, KeptRow
from postpartum_portal.shared.models import Event, EventSeal, Mail
from tests.plugins.rights import as_owner

KEPT = {
    Event,
    EventSeal,
    LedgerEntry,
    Letter,
    NumberSeries,
    SettingChange,
    MunicipalAmount,
    OfferingAmount,
    ContractPrice,
}
ROLE, PASSWORD = "test_portal_alone", "only-for-this-test"


def kept_models() -> list[type[KeptRow]]:
    return [model for model in apps.get_models() if issubclass(model, KeptRow)]


def event() -> Event:
    return Event.objects.create(at=clock.now(), verb="case.read", subject_kind="application", subject_id=1)


def test_what_is_kept__is_known() -> None:
    assert set(kept_models()) == KEPT


@pytest.mark.django_db
@pytest.mark.both_databases
@pytest.mark.parametrize("model", kept_models(), ids=lambda model: model.__name__)
def test_kept_rows__refuse_every_bulk_way_round(model: Any) -> None:
    """Of each model the fields that may not change, and each way that a queryset knows."""
    fields = [field for field in model._meta.concrete_fields if field.name not in model.may_change]
    with scopes_disabled():
        for field in fields:
            with pytest.raises(AppendOnly):
                model.objects.update(**{field.name: None})
            with pytest.raises(AppendOnly):
                model.objects.filter(pk=1).bulk_update([model(pk=1)], [field.name])
        with pytest.raises(AppendOnly):
            model.objects.filter(pk=1).delete()
        with pytest.raises(AppendOnly):
            model.objects.filter(pk=1)._raw_delete("default")
        with pytest.raises(AppendOnly):
            model.objects.bulk_create([model()], update_conflicts=True, update_fields=["pk"], unique_fields=["pk"])
        with pytest.raises(AppendOnly):
            model(pk=1).save()
        with pytest.raises(AppendOnly):
            model(pk=1).save(update_fields=[fields[1].name])
        with pytest.raises(AppendOnly):
            model(pk=1).delete()


@pytest.mark.django_db
@pytest.mark.both_databases
def test_control__what_may_change_does_and_a_row_that_is_not_kept_goes() -> None:
    with scopes_disabled():
        for model in kept_models():
            for name in model.may_change:
                field: Any = model._meta.get_field(name)
                assert model.objects.none().update(**{name: field.get_default()}) == 0
    assert Mail.objects.update(subject="") == 0
    assert Mail.objects.filter(pk=1).delete() == (0, {})


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite knows no roles")
@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE shared_event SET actor_id = 2",
        "DELETE FROM shared_event",
        "TRUNCATE shared_event",
        "UPDATE shared_eventseal SET digest = ''",
        "DELETE FROM shared_eventseal",
        "UPDATE applications_ledgerentry SET units = 0",
        "DELETE FROM applications_ledgerentry",
        "UPDATE applications_letter SET number = 1",
        "DELETE FROM applications_letter",
        "DELETE FROM applications_numberseries",
        "UPDATE eligibility_settingchange SET reason = ''",
        "TRUNCATE shared_mail",
        "ALTER TABLE shared_event ADD COLUMN more int",
        "DROP TABLE shared_event",
        "CREATE TABLE more (id int)",
        "CREATE TRIGGER t BEFORE INSERT ON shared_event EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "ALTER TABLE shared_event DISABLE TRIGGER ALL",
    ],
)
def test_portals_role__is_refused_by_the_database(deed: str) -> None:
    event()
    with pytest.raises(Exception) as refusal, transaction.atomic(), connection.cursor() as cursor:  # noqa: PT011
        cursor.execute(deed)
    assert isinstance(refusal.value.__cause__, InsufficientPrivilege)

    with as_owner(), connection.cursor() as cursor:
        if "suppress" not in deed:  # the owner would be told that this is no function for it
            cursor.execute(deed)


@pytest.fixture
def alone() -> Iterator[psycopg.Connection[Any]]:
    """A connection of its own that signed in as the role, as web and worker do in production."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite knows no roles")
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f'DROP ROLE IF EXISTS "{ROLE}"; CREATE ROLE "{ROLE}" LOGIN PASSWORD \'{PASSWORD}\'')
        call_command("grant_rights", to=ROLE, stdout=StringIO())
    settings = connection.settings_dict
    signed_in = psycopg.connect(
        host=settings["HOST"], port=settings["PORT"], dbname=settings["NAME"], user=ROLE, password=PASSWORD
    )
    yield signed_in
    signed_in.close()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f'DROP OWNED BY "{ROLE}"; DROP ROLE "{ROLE}"')


INSERT = """
INSERT INTO shared_event (at, verb, subject_kind, subject_id, data) VALUES (now(), 'case.read', 'application', 1, '{}')
"""


@pytest.mark.django_db(transaction=True)
def test_role_that_signs_in_itself__writes_events_and_cannot_take_them_back(alone: psycopg.Connection[Any]) -> None:
    alone.execute(INSERT)
    alone.commit()
    for deed in (
        "UPDATE shared_event SET verb = ''",
        "DELETE FROM shared_event",
        "SET ROLE NONE; TRUNCATE shared_event",
    ):
        with pytest.raises(InsufficientPrivilege):
            alone.execute(deed)
        alone.rollback()
    assert Event.objects.count() == 1

    with as_owner():
        assert Event._base_manager.all().delete()[0] == 1, "the control: the owner can"


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite knows no roles")
def test_grant__to_the_owner_itself__says_that_it_would_bind_nothing() -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (owner,) = cursor.fetchone()
        with pytest.raises(CommandError, match="no right binds it"):
            call_command("grant_rights", to=owner)
