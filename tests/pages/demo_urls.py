"""The portal's addresses as they are under the demo's settings."""

from django.urls import include, path

urlpatterns = [
    path("demo/", include("postpartum_portal.pages.demo.urls")),
    path("", include("postpartum_portal.urls")),
]
