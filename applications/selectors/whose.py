"""Where a mother has applied."""

from applications.models import Application
from eligibility.public import Municipality
from postpartum_portal.accounts.models import User


def latest_municipality(citizen: User) -> Municipality | None:
    """The municipality of her latest application or draft; the scope is her own."""
    application = (
        Application.objects.filter(citizen=citizen).select_related("municipality").order_by("-saved_at", "-pk").first()
    )
    return application.municipality if application else None
