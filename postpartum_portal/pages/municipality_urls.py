"""Joined pages under `/<municipality>/`."""

from django.urls import path

from . import about, municipality, my_page
from .centre import case, worklist

app_name = "pages"
urlpatterns = [
    path("", municipality.municipality, name="municipality"),
    path("about/<str:page>/", about.about, name="about"),
    path("my/", my_page.my_page, name="my_page"),
    path("centre/", worklist.worklist, name="worklist"),
    path("centre/cases/<slug:number>/", case.case, name="case"),
]
