"""Who may be in charge of an application: the staff of a municipality's centre that works on cases."""

from django.db.models import QuerySet

from eligibility.public import Municipality
from postpartum_portal.accounts.models import Membership, User

WORKING = (Membership.Role.CENTRE, Membership.Role.DECIDER)  # an auditor changes nothing


def colleagues(municipality: Municipality) -> QuerySet[User]:
    """By name; whoever has left is not among them."""
    there = User.objects.filter(memberships__municipality=municipality, memberships__role__in=WORKING, is_active=True)
    return there.order_by("display_name", "pk")
