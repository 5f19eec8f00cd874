"""Joined pages under `/<municipality>/`."""

from django.urls import path

from . import about, municipality

app_name = "pages"
urlpatterns = [
    path("", municipality.municipality, name="municipality"),
    path("about/<str:page>/", about.about, name="about"),
]
