"""A municipality's name and office are those of the programme in force: when a new one begins, they follow."""

import datetime as dt

from eligibility.engine import Office
from eligibility.models import Municipality
from eligibility.programmes import stored_programme
from eligibility.versions import version_in_force
from postpartum_portal.shared import clock, jobs


@jobs.planner
def follow_programmes(at: dt.datetime) -> None:
    """What a version published for a coming day says about the office holds from that day."""
    for municipality in Municipality.objects.order_by("pk"):
        follow_programme(municipality, on=clock.day_of(at))


def follow_programme(municipality: Municipality, *, on: dt.date) -> None:
    version = version_in_force(municipality, on)
    if version is None:
        return
    programme = stored_programme(version.text)  # compiled once per text
    named = {"name": programme.name, "office": contact(programme.terms.offices[0])}
    changed = any(getattr(municipality, field) != value for field, value in named.items())
    if changed and programme.code == municipality.code:
        Municipality.objects.filter(pk=municipality.pk).update(**named)


def contact(office: Office) -> dict[str, str]:
    """What stands in `Municipality.office`."""
    fields = ("name", "section", "postcode", "address", "phone", "fax")
    return {field: getattr(office, field) for field in fields}
