"""Who somebody is to a row, as the apps' rules ask it: her own, or of the centre that works on it."""

from typing import Any

import rules

from .models import Membership


@rules.predicate
def is_own(user: Any, row: Any) -> bool:
    """`row` is about this very person."""
    return row.citizen_id is not None and row.citizen_id == user.pk


@rules.predicate
def works_at_its_centre(user: Any, row: Any) -> bool:
    return _has_role(user, row, Membership.Role.CENTRE, Membership.Role.DECIDER)


@rules.predicate
def decides_at_its_centre(user: Any, row: Any) -> bool:
    return _has_role(user, row, Membership.Role.DECIDER)


def _has_role(user: Any, row: Any, *roles: Membership.Role) -> bool:
    return Membership.objects.filter(user_id=user.pk, municipality_id=row.municipality_id, role__in=roles).exists()
