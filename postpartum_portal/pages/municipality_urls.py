"""Joined pages under `/<municipality>/`."""

from django.urls import path

from . import about, municipality
from .centre import case, worklist

app_name = "pages"
urlpatterns = [
    path("", municipality.municipality, name="municipality"),
    path("about/<str:page>/", about.about, name="about"),
    path("centre/", worklist.worklist, name="worklist"),
    path("centre/cases/<str:number>/", case.case, name="case"),
]
