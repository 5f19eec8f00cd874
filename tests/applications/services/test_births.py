"""A recorded birth moves periods and limits, and nothing else."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import Model

from applications.models import Birth, Entitlement, Pool
from applications.public import entitlement_changed, record_birth
from applications.services import births
from applications.services.births import BirthNotRecordable
from eligibility import engine
from eligibility.engine import Period
from eligibility.public import Municipality, programme_of
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event
from postpartum_portal.shared.tenancy import tenant
from tests import factories

pytestmark = pytest.mark.django_db

MARCH_3 = dt.date(2026, 3, 3)


@pytest.fixture
def birth(kodaira: Municipality, mother: Any) -> Any:
    """A child awaited on 2026-04-30, with everything granted."""
    entitlement = factories.EntitlementFactory(
        municipality=kodaira, birth__household__citizen=mother, birth__expected=True
    )
    with tenant(municipality=kodaira.pk, citizen=mother.pk):
        yield entitlement.birth


def test_record_birth__shows_each_period_that_moved_with_its_arithmetic(birth: Birth, mother: Any) -> None:
    moved = {item.code: item for item in record_birth(birth, born_on=MARCH_3, children=1, by=mother, at=clock.now())}

    stay = moved["short_stay"]
    assert isinstance(stay.before, Period)
    assert isinstance(stay.after, Period)
    assert (stay.before.last, stay.after.last) == (dt.date(2026, 8, 29), dt.date(2026, 7, 2))
    assert stay.before.provisional
    assert stay.after.arithmetic == "3月3日から4か月 → 7月3日の前日"
    assert Birth.objects.get(pk=birth.pk).born_on == MARCH_3


def test_record_birth__tells_the_apps_above(birth: Birth, mother: Any) -> None:
    heard: list[Model] = []

    def hear(*, entitlement: Entitlement, **_: Any) -> None:
        heard.append(entitlement.birth)

    entitlement_changed.connect(hear)
    record_birth(birth, born_on=MARCH_3, children=1, by=mother, at=clock.now())
    entitlement_changed.disconnect(hear)

    assert heard == [birth]
    assert Event.objects.get(verb="birth.recorded").data == {"corrected": False}


def test_record_birth__again__corrects_the_date(birth: Birth, mother: Any) -> None:
    record_birth(birth, born_on=MARCH_3, children=1, by=mother, at=clock.now())

    moved = record_birth(birth, born_on=dt.date(2026, 3, 2), children=1, by=mother, at=clock.now())

    assert {item.after.last for item in moved if isinstance(item.after, Period)} == {dt.date(2026, 7, 1)}
    assert Event.objects.filter(verb="birth.recorded", data__corrected=True).count() == 1


def test_record_birth__of_twins_in_kodaira__leaves_the_limits(birth: Birth, mother: Any) -> None:
    record_birth(birth, born_on=MARCH_3, children=2, by=mother, at=clock.now())

    assert Pool.objects.get(code="stay_and_day").limit == 7  # counted per birth, not per child


@pytest.mark.parametrize(("used", "limit"), [(0, 7), (12, 12)], ids=["what one child has", "what is used stays"])
def test_record_birth__of_one_child_where_two_were_awaited__lowers_limits_counted_per_child(
    birth: Birth, mother: Any, monkeypatch: pytest.MonkeyPatch, used: int, limit: int
) -> None:
    """Kawasaki counts seven uses for each child; here Kodaira does."""
    _count_per_child(monkeypatch, birth)
    Birth.objects.filter(pk=birth.pk).update(children=2)
    Pool.objects.filter(code="stay_and_day").update(limit=14, used=used)

    record_birth(birth, born_on=MARCH_3, children=1, by=mother, at=clock.now())

    assert Pool.objects.get(code="stay_and_day").limit == limit


def test_record_birth__of_a_day_to_come__is_refused(birth: Birth, mother: Any) -> None:
    with pytest.raises(BirthNotRecordable):
        record_birth(birth, born_on=dt.date(2026, 3, 6), children=1, by=mother, at=clock.now())


def test_record_birth__of_another_mothers_child__is_denied(birth: Birth) -> None:
    with pytest.raises(PermissionDenied):
        record_birth(birth, born_on=MARCH_3, children=1, by=factories.UserFactory(), at=clock.now())


def _count_per_child(monkeypatch: pytest.MonkeyPatch, birth: Birth) -> None:
    programme = programme_of(birth.entitlement.programme_version)
    pools = tuple(replace(pool, per=engine.PoolScope.CHILD) for pool in programme.terms.pools)
    changed = replace(programme, terms=replace(programme.terms, pools=pools))
    monkeypatch.setattr(births, "programme_of", lambda _version: changed)


def test_record_birth__of_twins_gives_the_limits_of_multiples(okayama: Municipality) -> None:
    entitlement = factories.EntitlementFactory(municipality=okayama, birth__expected=True, used={"visit": 1})
    mother = entitlement.citizen
    with tenant(municipality=okayama.pk, citizen=mother.pk):
        record_birth(entitlement.birth, born_on=MARCH_3, children=2, by=mother, at=clock.now())
        assert dict(Pool.objects.values_list("code", "limit")) == {"stay_and_day": 10, "visit": 5}
        record_birth(entitlement.birth, born_on=MARCH_3, children=1, by=mother, at=clock.now())
        assert dict(Pool.objects.values_list("code", "limit")) == {"stay_and_day": 7, "visit": 3}
