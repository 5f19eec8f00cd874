"""Two municipalities with two families and two facilities each, in which every address has an object of its own.

Kodaira and Zushi of the demo, walked through the portal's services, with `furnished` rows for what its people have not
done yet. `seen_from("kodaira")` tells whose is what: own, of another (`beside`: another family or facility of the same
municipality; `there`: of the other one), or absent.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.management import call_command
from django_scopes import scopes_disabled

from eligibility.public import Municipality
from facilities.models import Offering
from facilities.public import load_facility_files
from postpartum_portal.accounts.models import User
from postpartum_portal.pages.demo.loading import load
from postpartum_portal.pages.demo.samples import FOLDER, all_samples
from postpartum_portal.shared import clock
from tests import factories
from tests.access import furnished
from tests.clients import enrolled

NOW = "2026-11-20T09:00:00+09:00"


@dataclass(frozen=True)
class Place:
    """Of one municipality: who is who (email), and at which facility each family has its bookings."""

    mothers: tuple[str, str]
    centre: str
    decider: str
    facilities: tuple[tuple[str, str], tuple[str, str]]
    visitor: str
    visitor_staff: str
    visits: bool = False


TOWNS = {
    "kodaira": Place(
        ("misaki", "nana"),
        "watanabe",
        "tanaka",
        (("jun-ladies-clinic-kodaira", "uketsuke"), ("nakano-clinic", "nakano")),
        "kirara",
        "kirara",
        visits=True,
    ),
    "zushi": Place(
        ("shiori", "nagisa"),
        "oki",
        "hayama",
        (("umikaze-josanin", "umikaze"), ("yamamoto-josanin", "yamamoto")),
        "kamome-josanin",
        "kamome",
    ),
}


@dataclass(frozen=True)
class World:
    """`people`: town → actor → id of the account; `objects`: town → of the first and the second family → by name."""

    people: dict[str, dict[str, int | None]]
    objects: dict[str, tuple[dict[str, Any], dict[str, Any]]]

    def of(self, town: str, whose: str) -> dict[str, Any]:
        """What is `own`, `beside` or `there`, seen from a municipality."""
        other = next(slug for slug in TOWNS if slug != town)
        return {"own": self.objects[town][0], "beside": self.objects[town][1], "there": self.objects[other][0]}[whose]


def build() -> World:
    """Into an empty database with a folder of its own for files, on the day that `NOW` says."""
    call_command("load_programmes", verbosity=0)
    load_facility_files(directory=FOLDER, on=clock.today())
    for samples in all_samples():
        if samples.municipality in TOWNS:
            load(samples, now=clock.now())
    with scopes_disabled():
        made = {slug: _town(Municipality.objects.get(slug=slug), place) for slug, place in TOWNS.items()}
        people = {slug: {**who, "decider elsewhere": None} for slug, (who, _) in made.items()}
        for slug, other in (("kodaira", "zushi"), ("zushi", "kodaira")):
            people[slug]["decider elsewhere"] = made[other][0]["decider"]
        return World(people, {slug: objects for slug, (_, objects) in made.items()})


def _town(town: Municipality, place: Place) -> tuple[dict[str, int | None], Any]:
    nurse, decider = user(place.centre), user(place.decider)
    writer = _without_password()
    objects = []
    for mother, (code, boss) in zip(map(user, place.mothers), place.facilities, strict=True):
        at = Offering.objects.select_related("facility").get(
            facility__code=code, municipality=town, service="day_service"
        )
        hers = furnished.family(mother, town, nurse, writer)
        hers |= furnished.uses(mother, town, at, user(boss), nurse)
        hers["visit"] = furnished.visit(mother, town, place.visitor) if place.visits else hers["booking"]
        hers |= furnished.desk(at, town, user(boss)) | furnished.month(at, town, user(boss), decider)
        objects.append(hers)
    for hers, whose in zip(objects, (nurse, decider), strict=True):
        hers["key"] = furnished.key_of(whose)
    objects[0] |= furnished.centre(town, nurse, decider, objects[0]["household"])
    auditor = enrolled(factories.MembershipFactory(municipality=town, role="auditor").user)
    disabled = enrolled(factories.MembershipFactory(municipality=town, role="decider").user)
    User.objects.filter(pk=disabled.pk).update(is_active=False)
    who: dict[str, Callable[[], User | None]] = {
        "anonymous": lambda: None,
        "mother": lambda: user(place.mothers[0]),
        "another mother": lambda: user(place.mothers[1]),
        "proxy": lambda: writer,
        "centre": lambda: nurse,
        "decider": lambda: decider,
        "auditor": lambda: auditor,
        "facility": lambda: user(place.facilities[0][1]),
        "another facility": lambda: user(place.facilities[1][1]),
        "visitor": lambda: user(place.visitor_staff),
        "operator": _without_password,
        "disabled": lambda: disabled,
    }
    return {name: (found.pk if (found := ask()) else None) for name, ask in who.items()}, tuple(objects)


def _without_password() -> User:
    made: User = factories.UserFactory()
    made.set_unusable_password()
    made.save(update_fields=["password"])
    return made


def user(name: str) -> User:
    return User.objects.get(email=f"{name}@example.jp")
