"""A mother's own applications in a municipality."""

from django.db.models import F

from applications.models import Application, Household
from eligibility.public import Municipality
from postpartum_portal.accounts.models import User


def draft_of(citizen: User, municipality: Municipality) -> Application | None:
    return Application.objects.filter(
        citizen=citizen, municipality=municipality, status=Application.Status.DRAFT
    ).first()


def applications_of(citizen: User, municipality: Municipality) -> tuple[Application, ...]:
    """All of hers, the latest first; a draft, which has not been handed in, before all others."""
    rows = Application.objects.filter(citizen=citizen, municipality=municipality).select_related("municipality")
    return tuple(rows.order_by(F("submitted_at").desc(nulls_first=True), "-pk"))


def open_application_of(citizen: User, municipality: Municipality) -> Application | None:
    """The one that is handed in and not decided: as long as there is one, no other is begun."""
    open_ones = Application.objects.filter(citizen=citizen, municipality=municipality, status__in=Application.OPEN)
    return open_ones.order_by("submitted_at", "pk").last()


def open_application_in(household: Household) -> Application | None:
    """Likewise of a household, which may have come on paper."""
    rows = Application.objects.filter(birth__household=household, status__in=Application.OPEN)
    return rows.order_by("submitted_at", "pk").last()
