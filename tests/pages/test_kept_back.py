"""L5: an address under protection (支援措置) is on no page of a centre or a facility until two people open it."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from applications.letters import issue
from applications.models import AddressOpening, ChangeNotice, Letter
from applications.public import address_for, entitlement_of, visit_address_for
from applications.selectors.protection import HIDDEN
from applications.services.deciding import approve
from applications.services.protecting import (
    OpeningOver,
    TermWrong,
    ask_for_address,
    close_address,
    confirm_address,
    lift_protection,
    protect,
)
from facilities.services.answering import confirm
from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs import tasks
from postpartum_portal.shared.models import Event
from postpartum_portal.shared.pdf import RenderedLetter
from tests import factories
from tests.cases import FULL_GRANT, heard
from tests.clients import signed_in
from tests.facilities.arranging import arranged, supporters, wished

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants", "media")]
ADDRESS, POSTCODE = "小平市秘密町7-77", "187-7777"
OFFICE, VISIT = AddressOpening.Audience.OFFICE, AddressOpening.Audience.VISIT
TODAY = dt.date(2026, 3, 5)
SOME = 4
"""Pages of a walk that differ in figures alone: of days, months, cases."""
HER = {"household__address": ADDRESS, "household__postcode": POSTCODE}


@pytest.fixture
def cases(kodaira: Any, nurse: Any, decider: Any, mother: Any, monkeypatch: Any) -> list[Any]:
    """One that waits for its decision, with an address that was reported; one that was approved, on paper."""
    monkeypatch.setattr(issue, "render", lambda content: RenderedLetter(str(content).encode(), (), 1))
    open_one = heard(kodaira, nurse, household__citizen=mother, **HER)
    approved = heard(kodaira, nurse, household__citizen=None, **HER)
    approve(approved, by=decider, at=clock.now(), looked=True, **FULL_GRANT)
    tasks.sweep()
    there = {"postcode": POSTCODE, "address": ADDRESS, "office": ""}
    ChangeNotice.objects.create(
        municipality=kodaira,
        citizen=mother,
        household=open_one.birth.household,
        kind=ChangeNotice.Kind.ADDRESS,
        before=there,
        after=there,
        effective_on=TODAY,
        reported_at=clock.now(),
        by=mother,
    )
    for application in (open_one, approved):
        protect(application.birth.household, reason="他市から転送", until=TODAY, by=nurse, at=clock.now())
        application.birth.household.refresh_from_db()
    return [open_one, approved]


def pages(client: Client, start: str, *, most: int = 70) -> Iterator[tuple[str, str]]:
    """Each page below `start` that links lead to, with its code; a redirect's page counts as the one it leads to.

    Of pages that differ in figures alone, only `SOME`.
    """
    waiting, seen, alike = [start], {start}, Counter[str]()
    while waiting and len(seen) <= most:
        path = waiting.pop()
        answer = client.get(path, follow=True)
        if answer.streaming or not answer["Content-Type"].startswith(("text/", "application/pdf")):
            continue
        code = answer.content.decode(errors="replace")
        yield path, code
        for link in re.findall(r'href="(/[^"#?]*)', code):
            kind = re.sub(r"\d+", "#", link)
            if link.startswith(start) and link not in seen and alike[kind] < SOME:
                alike[kind] += 1
                seen.add(link)
                waiting.append(link)


def leaking(client: Client, start: str, **few: int) -> list[str]:
    return [path for path, code in pages(client, start, **few) if "秘密町" in code or POSTCODE in code]


def test_no_page_of_the_centre__shows_it_to_anybody_alone(cases: Any, kodaira: Any, nurse: Any, decider: Any) -> None:
    household = cases[1].birth.household
    ask_for_address(household, purpose="郵送", audience=OFFICE, by=nurse, at=clock.now())  # nobody has confirmed yet
    shown = dict(pages(signed_in(decider), "/kodaira/centre/"))
    assert len(shown) > 15, sorted(shown)
    assert HIDDEN in shown[f"/kodaira/centre/cases/{cases[0].number}/"]
    assert not [path for path, code in shown.items() if "秘密町" in code or POSTCODE in code]
    preview = {**{f"limit_{pool}": str(units) for pool, units in FULL_GRANT["limits"].items()}, "preview": "1"}
    answer = signed_in(decider).post(f"/kodaira/centre/cases/{cases[0].number}/decide/", preview)
    assert "秘密町" not in answer.content.decode()

    lift_protection(cases[0].birth.household, by=decider, at=clock.now())
    assert leaking(signed_in(decider), f"/kodaira/centre/cases/{cases[0].number}/", most=1), "the control"


def test_the_letter__is_opened_by_the_two_and_by_nobody_else(
    cases: Any, kodaira: Any, nurse: Any, decider: Any
) -> None:
    household, letter = cases[1].birth.household, Letter.objects.get()
    path = f"/kodaira/centre/letters/{letter.pk}/"
    entry = f"{path}entry/"
    assert signed_in(nurse).get(path).status_code == 302
    kept_back = signed_in(nurse).get(entry).content.decode()
    assert f'href="{path}"' not in kept_back
    assert "手紙には住所があるので、もう1人の職員が確かめるまで" in kept_back
    assert f'href="/kodaira/centre/cases/{cases[1].number}/protection/"' in kept_back
    opening = ask_for_address(household, purpose="郵送", audience=OFFICE, by=nurse, at=clock.now())
    confirm_address(opening, by=decider, at=clock.now())

    third = factories.MembershipFactory(municipality=kodaira).user
    assert [signed_in(person).get(path).status_code for person in (nurse, decider, third)] == [200, 200, 302]
    assert f'href="{path}"' in signed_in(nurse).get(entry).content.decode()
    page = f"/kodaira/centre/cases/{cases[1].number}/protection/"
    assert ADDRESS in signed_in(nurse).get(page).content.decode()
    assert ADDRESS not in signed_in(third).get(page).content.decode()
    assert Event.objects.filter(verb="address.read", actor_id=nurse.pk).exists()

    close_address(opening, by=decider, at=clock.now())
    assert signed_in(nurse).get(path).status_code == 302


def test_one_person__never_opens_it_alone(cases: Any, nurse: Any, decider: Any) -> None:
    household = cases[1].birth.household
    opening = ask_for_address(household, purpose="郵送", audience=OFFICE, by=nurse, at=clock.now())
    with pytest.raises(PermissionDenied):
        confirm_address(opening, by=nurse, at=clock.now())
    opening.confirmed_by, opening.confirmed_at = nurse, clock.now()
    with pytest.raises(IntegrityError, match=r"two_people_open_an_address"), transaction.atomic():
        opening.save()
    confirm_address(AddressOpening.objects.get(), by=decider, at=clock.now())
    with pytest.raises(OpeningOver):
        confirm_address(AddressOpening.objects.get(), by=decider, at=clock.now())


def test_an_opening__ends_with_its_day_and_the_protection_does_not(
    cases: Any, nurse: Any, decider: Any, clock_at: Any
) -> None:
    household = cases[1].birth.household
    opening = ask_for_address(household, purpose="郵送", audience=OFFICE, by=nurse, at=clock.now())
    confirm_address(opening, by=decider, at=clock.now())
    assert address_for(household, nurse, at=clock.now()) == f"〒{POSTCODE} {ADDRESS}"
    clock_at.move_to("2026-03-06T00:00:00+09:00")  # the term of the protection has passed as well
    assert address_for(household, nurse, at=clock.now()) == HIDDEN
    with pytest.raises(PermissionDenied):
        lift_protection(household, by=nurse, at=clock.now())
    lift_protection(household, by=decider, at=clock.now())
    household.refresh_from_db()
    assert address_for(household, nurse, at=clock.now()) == f"〒{POSTCODE} {ADDRESS}"


def test_a_term__is_a_year_at_most(cases: Any, nurse: Any) -> None:
    household = cases[0].birth.household
    protect(household, reason="延長", until=dt.date(2027, 3, 4), by=nurse, at=clock.now())
    for until in (dt.date(2027, 3, 5), dt.date(2026, 3, 4)):
        with pytest.raises(TermWrong):
            protect(household, reason="延長", until=until, by=nurse, at=clock.now())


def test_she__sees_her_own(cases: Any, mother: Any) -> None:
    household = cases[0].birth.household
    assert address_for(household, mother, at=clock.now()) == f"〒{POSTCODE} {ADDRESS}"
    assert ADDRESS in signed_in(mother).get(f"/kodaira/my/applications/{cases[0].number}/").content.decode()


def test_a_visitor__learns_it_only_while_it_is_opened_for_visits(
    kodaira: Any, mother: Any, nurse: Any, decider: Any
) -> None:
    factories.EntitlementFactory(
        municipality=kodaira,
        birth__household__citizen=mother,
        birth__household__address=ADDRESS,
        birth__household__postcode=POSTCODE,
    )
    entitlement = entitlement_of(mother, kodaira)
    assert entitlement
    household = entitlement.birth.household
    protect(household, reason="他市から転送", until=TODAY, by=nurse, at=clock.now())
    household.refresh_from_db()
    booking = arranged(wished(entitlement), supporters(kodaira), by=nurse)
    supporter = factories.StaffMembershipFactory(facility=supporters(kodaira).facility).user
    confirm(booking, by=supporter, at=clock.now())
    assert len(dict(pages(signed_in(supporter), "/facility/"))) > 3
    assert not leaking(signed_in(supporter), "/facility/")

    days: dict[str, Any] = {"purpose": "3月11日の訪問", "audience": VISIT, "last_day": dt.date(2026, 3, 11)}
    confirm_address(ask_for_address(household, **days, by=nurse, at=clock.now()), by=decider, at=clock.now())
    assert visit_address_for(household, at=clock.now()) == ADDRESS
    assert leaking(signed_in(supporter), "/facility/")
