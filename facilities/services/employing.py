"""Who works at a facility, without an invitation: as the demo and tests begin."""

from facilities.models import Facility, StaffMembership
from postpartum_portal.accounts.models import User


def employ(user: User, facility: Facility) -> StaffMembership:
    """Let `user` act for `facility`; from now on the account needs a second factor. A second call changes nothing.

    The first of a facility manages its staff.
    """
    first = not StaffMembership.objects.filter(facility=facility).exists()
    membership, created = StaffMembership.objects.get_or_create(
        user=user, facility=facility, defaults={"manages": first}
    )
    if created and not user.second_factor_required:
        user.second_factor_required = True
        user.save(update_fields=["second_factor_required"])
    return membership
