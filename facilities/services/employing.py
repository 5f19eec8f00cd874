"""Who works at a facility."""

from facilities.models import Facility, StaffMembership
from postpartum_portal.accounts.models import User


def employ(user: User, facility: Facility) -> StaffMembership:
    """Let `user` act for `facility`; from now on the account needs a second factor. A second call changes nothing."""
    membership, created = StaffMembership.objects.get_or_create(user=user, facility=facility)
    if created and not user.second_factor_required:
        user.second_factor_required = True
        user.save(update_fields=["second_factor_required"])
    return membership
