"""Addresses of the demo's helpers."""

from django.urls import path

from . import views

app_name = "demo"
urlpatterns = [
    path("", views.index, name="index"),
    path("sign-in/", views.sign_in, name="sign_in"),
    path("clock/", views.clock_page, name="clock"),
    path("mails/", views.mails, name="mails"),
]
