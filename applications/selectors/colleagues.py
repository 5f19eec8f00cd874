"""Who may be in charge of an application: the staff of a municipality's centre that works on cases."""

from django.db.models import QuerySet

from eligibility.public import Municipality
from postpartum_portal.accounts.models import Membership, User

WORKING = (Membership.Role.CENTRE, Membership.Role.DECIDER)  # an auditor changes nothing


def colleagues(municipality: Municipality) -> QuerySet[User]:
    """By name; whoever has left is not among them."""
    working = Membership.objects.filter(municipality=municipality, role__in=WORKING)
    return User.objects.filter(pk__in=working.values("user_id"), is_active=True).order_by("display_name", "pk")
