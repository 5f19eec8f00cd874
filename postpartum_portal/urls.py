"""Every address of the portal. A municipality's pages live under its slug; a facility's under /facility/."""

from django.urls import include, path

urlpatterns = [
    path("", include("postpartum_portal.pages.urls")),
    path("accounts/", include("postpartum_portal.accounts.urls")),
    path("facility/", include("facilities.facility_urls")),
    path("<slug:slug>/", include("postpartum_portal.pages.municipality_urls")),
    path("<slug:slug>/", include("eligibility.urls")),
    path("<slug:slug>/", include("applications.urls")),
    path("<slug:slug>/", include("facilities.urls")),
]

# allauth asks for it when one source sends too much.
handler429 = "postpartum_portal.accounts.waiting.too_many"

handler500 = "postpartum_portal.pages.errors.failed"  # says so if something is away: send again
