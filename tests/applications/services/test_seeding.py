"""`manage.py seed_scale`: invented cases whose pages open like any other, and never among real people by mistake."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from applications.models import Application, Household
from applications.selectors.narrowing import Narrowing
from applications.selectors.worklist import EVERY, Desk
from postpartum_portal.shared import clock
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]


def seed(applications: int, open_ones: int, slug: str = "kodaira") -> str:
    """What the command says."""
    size, said = {"applications": applications, "open_ones": open_ones}, StringIO()
    call_command("seed_scale", municipality=slug, **size, seed=3, stdout=said)
    return said.getvalue()


def test_seed_scale__adds_cases_that_are_listed_found_and_read(kodaira, decider):
    seed(40, 10)
    assert "小平市 has 45 applications, 10 of them open, 7 approved now." in seed(5, 0)
    assert Application.objects.count() == 45
    desk = Desk(now=clock.now())
    assert len(desk.page(Narrowing("open"))) == 10
    assert [entry.application.number for entry in desk.page(Narrowing(EVERY, words="S0-7"))] == ["S0-0007"]
    client = Client()
    client.force_login(decider)
    for status in sorted(set(Application.objects.values_list("status", flat=True))):
        number = Application.objects.filter(status=status).values_list("number", flat=True)[0]
        assert client.get(f"/kodaira/centre/cases/{number}/").status_code == 200, status
    assert client.get("/kodaira/centre/").status_code == 200
    call_command("check_integrity")


def test_seed_scale__gives_the_same_people_for_the_same_seed(kodaira, kumagaya, decider):
    factories.MembershipFactory(municipality=kumagaya, role="decider")
    people = []
    for slug in ("kodaira", "kumagaya"):
        seed(20, 20, slug)
        there = Household.objects.filter(municipality__slug=slug).order_by("pk")
        people.append(list(there.values_list("name", "kana", "phone")))
    assert people[0] == people[1]
    assert len(set(people[0])) == 20


def test_seed_scale__refuses_where_real_people_may_be_and_what_makes_no_sense(kodaira, settings):
    with pytest.raises(CommandError, match="no decider"):
        seed(5, 1)
    with pytest.raises(CommandError, match="no more open ones"):
        seed(5, 6)
    settings.SETTINGS_MODULE = "postpartum_portal.settings.production"
    with pytest.raises(CommandError, match="--yes-i-know"):
        seed(5, 1)
