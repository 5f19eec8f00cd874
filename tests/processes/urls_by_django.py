"""The portal's addresses, with Django's own answer to what fails."""

from postpartum_portal.urls import handler429, urlpatterns

__all__ = ["handler429", "urlpatterns"]
