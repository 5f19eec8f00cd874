"""Who may do what with an application or a birth. Services ask these permissions; the life cycle names them."""

from typing import Any

import rules

from postpartum_portal.accounts.models import Membership
from postpartum_portal.shared.tenancy import CitizenRow


@rules.predicate
def is_own(user: Any, row: CitizenRow) -> bool:
    return row.citizen_id is not None and row.citizen_id == user.pk


@rules.predicate
def works_at_its_centre(user: Any, row: CitizenRow) -> bool:
    return _has_role(user, row, Membership.Role.CENTRE, Membership.Role.DECIDER)


@rules.predicate
def decides_at_its_centre(user: Any, row: CitizenRow) -> bool:
    return _has_role(user, row, Membership.Role.DECIDER)


def _has_role(user: Any, row: CitizenRow, *roles: Membership.Role) -> bool:
    return Membership.objects.filter(user_id=user.pk, municipality_id=row.municipality_id, role__in=roles).exists()


rules.add_perm("applications.submit", is_own)
rules.add_perm("applications.withdraw", is_own)
rules.add_perm("applications.record_birth", is_own | works_at_its_centre)
# Nobody works on an application of her own: mothers who are staff apply here too.
rules.add_perm("applications.screen", works_at_its_centre & ~is_own)
rules.add_perm("applications.decide", decides_at_its_centre & ~is_own)
