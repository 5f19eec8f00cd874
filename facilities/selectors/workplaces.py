"""Where somebody works."""

from facilities.models import Facility
from postpartum_portal.accounts.models import User


def workplaces_of(user: User) -> list[Facility]:
    """The facilities whose staff `user` is; none for everybody else."""
    return list(Facility.objects.filter(staff__user=user))
