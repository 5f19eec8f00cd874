"""The ways of narrowing the list that somebody has kept."""

from applications.models import SavedView
from eligibility.public import Municipality
from postpartum_portal.accounts.models import User


def saved_views(user: User, municipality: Municipality) -> tuple[SavedView, ...]:
    """In the order in which they were kept."""
    return tuple(SavedView.objects.filter(user=user, municipality=municipality))
