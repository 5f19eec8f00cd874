"""Where somebody works."""

from collections.abc import Iterable

from facilities.models import Facility, StaffMembership
from postpartum_portal.accounts.models import User


def workplaces_of(user: User) -> list[Facility]:
    """The facilities whose staff `user` is; none for everybody else."""
    return list(Facility.objects.filter(staff__user=user))


def workplaces_of_all(user_ids: Iterable[int]) -> dict[int, list[Facility]]:
    """User id → the facilities they work at now; one query for all."""
    found: dict[int, list[Facility]] = {}
    for row in StaffMembership.objects.filter(user_id__in=user_ids).select_related("facility").order_by("pk"):
        found.setdefault(row.user_id, []).append(row.facility)
    return found
