"""Pages that belong to no municipality: the choice of one, health, the demo's helpers."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from . import addresses, health, home, invitations, landing, mails, styleguide

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("accounts/addresses/", addresses.addresses, name="addresses"),
    path("accounts/home/", landing.landing, name="landing"),
    path("accounts/invitations/", invitations.invitations, name="invitations"),
    path("accounts/mails/", mails.mails, name="mails"),
    path("health/", health.health, name="health"),
    path("health/ready/", health.ready, name="ready"),
]
if settings.DEMO:
    urlpatterns += [
        path("demo/", include("postpartum_portal.pages.demo.urls")),
        path("styleguide/", styleguide.styleguide, name="styleguide"),
    ]
