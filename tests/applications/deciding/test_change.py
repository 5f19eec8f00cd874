"""A decider changes an approval: the letter tells before and after, and the pools stand where it says."""

from typing import Any

import pytest

from applications.letters.content import LetterContent
from applications.models import Amendment, Grant, Letter, Pool
from applications.public import record_birth
from applications.selectors.standing import entitlement_of, standing_of
from applications.services import deciding, preparing, regranting, units
from eligibility.public import Municipality
from facilities.services.integrity import check
from postpartum_portal.shared import clock
from tests import cases, factories

from .test_revoke import approved

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]
REASON = "3月2日のお電話で、訪問を希望されないとうかがいました。要綱第3条の種類の中で、変更します。"


def change(application: Any, decider: Any, *, based_on: int | None = None, **exceptions: Any) -> Amendment:
    given = {**cases.full_grant(application.municipality), "reason": REASON, **exceptions}
    return regranting.change_approval(application, by=decider, at=clock.now(), based_on=based_on, **given)


def changes_of(row: Amendment) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    letter = Letter.objects.get(subject_kind="amendment", subject_id=row.pk)
    return {item.label: (item.before, item.after) for item in LetterContent.from_snapshot(letter.snapshot).changes}


def test_a_change__moves_units_services_and_class_with_one_letter(
    kodaira: Municipality, nurse: Any, decider: Any
) -> None:
    application = approved(kodaira, nurse, decider)
    full = cases.full_grant(kodaira)
    services = [code for code in full["services"] if code != "midwife_visit"]
    limits = {code: units for code, units in full["limits"].items() if code != "midwife"}
    row = change(application, decider, services=services, limits={**limits, "supporter": 3}, class_code="tax_exempt")

    told = changes_of(row)
    assert told["助産師による訪問の回数"][1] == ("なし",)
    assert ("3回" in told["家事育児サポーターによる訪問の回数"][1][0], "利用者負担の区分" in told) == (True, True)
    assert [letter.number for letter in Letter.objects.order_by("number")] == [1, 2]
    standing = standing_of(entitlement_of(application.citizen, kodaira))  # type: ignore[arg-type]
    assert "midwife_visit" not in standing.services
    assert standing.balances["supporter"].limit == 3
    assert standing.class_on(clock.today()).code == "tax_exempt"  # type: ignore[union-attr]
    ended, holds = Grant.objects.order_by("pk")
    assert (ended.ends_on, holds.origin, holds.amendment_id) == (clock.today(), "amendment", row.pk)
    assert check() == []


def test_a_change__never_goes_below_what_is_used_and_says_what_that_is(
    kodaira: Municipality, nurse: Any, decider: Any
) -> None:
    application = approved(kodaira, nurse, decider)
    entitlement = entitlement_of(application.citizen, kodaira)
    assert entitlement
    units.take(entitlement, {"supporter": 2}, booking_number="1111-2222-3333", by=decider, at=clock.now())
    limits = cases.full_grant(kodaira)["limits"]
    with pytest.raises(regranting.StillUsed, match="予約 1111-2222-3333の2回"):
        change(application, decider, limits={**limits, "supporter": 1})
    assert Pool.objects.get(code="supporter").limit == limits["supporter"]
    assert not Amendment.objects.exists()


def test_a_change__beyond_the_rule_needs_its_reason_and_one_that_changes_nothing_is_none(
    kodaira: Municipality, nurse: Any, decider: Any
) -> None:
    application = approved(kodaira, nurse, decider)
    limits = cases.full_grant(kodaira)["limits"]
    more = {**limits, "stay_nights": limits["stay_nights"] + 1, "stay": limits["stay"] + 1}
    with pytest.raises(preparing.NotGrantable):
        change(application, decider, limits=more)
    assert change(application, decider, limits=more, extension_reason="双子の上の子の入院のため")
    with pytest.raises(regranting.NothingChanged):
        change(application, decider, limits=more, extension_reason="双子の上の子の入院のため")


@pytest.mark.parametrize("beyond", [{"stay_and_day": 8}, {"midwife": 3}, {"day": 8}, {"supporter": None}])
def test_a_change__is_held_to_the_limits_as_an_approval_is(
    kodaira: Municipality, nurse: Any, decider: Any, beyond: dict[str, int | None]
) -> None:
    """No reason lifts what stands without 原則, nor 原則 beyond its most, and each service has its number.

    A grant of another origin that names no limits (as early ones) lets a pool stay as it was; it allows nothing more.
    """
    application = approved(kodaira, nurse, decider)
    entitlement = entitlement_of(application.citizen, kodaira)
    assert entitlement is not None
    Grant.objects.create(
        municipality=kodaira, citizen=application.citizen, entitlement=entitlement, origin="paper", services=["stay"]
    )
    limits = {**cases.full_grant(kodaira)["limits"], **beyond}
    given = {code: units for code, units in limits.items() if units}
    with pytest.raises(preparing.NotGrantable):
        change(application, decider, limits=given, extension_reason="双子の上の子の入院のため")
    assert not Amendment.objects.exists()


def test_a_change__that_somebody_else_has_not_seen_is_told_who_made_it(
    kodaira: Municipality, nurse: Any, decider: Any
) -> None:
    application = approved(kodaira, nurse, decider)
    limits = cases.full_grant(kodaira)["limits"]
    first = change(application, decider, limits={**limits, "supporter": 3})
    with pytest.raises(regranting.ChangedMeanwhile) as told:
        change(application, decider, limits={**limits, "supporter": 4})
    assert told.value.amendment == first
    assert change(application, decider, limits={**limits, "supporter": 4}, based_on=first.pk)


def test_a_birth__after_a_change_is_compared_with_what_that_letter_said(kawasaki: Municipality) -> None:
    """Twins add what the rules give them to what was willed, and the automatic letter starts from there."""
    nurse = factories.MembershipFactory(municipality=kawasaki, role="centre").user
    decider = factories.MembershipFactory(municipality=kawasaki, role="decider").user
    application = cases.heard(kawasaki, nurse)
    deciding.approve(application, by=decider, at=clock.now(), **cases.full_grant(kawasaki))
    application = cases.again(application)
    (code,) = cases.full_grant(kawasaki)["limits"]
    change(application, decider, limits={code: 5})
    record_birth(application.birth, born_on=clock.today(), children=2, by=application.citizen, at=clock.now())
    assert Amendment.objects.filter(issued_at=None).exists()
    assert Pool.objects.get().limit == 12
