"""A page and a form as nobody may write them here: what comes in goes on as it is. For the controls of the walks."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from eligibility.access import public
from eligibility.public import Municipality
from postpartum_portal.urls import urlpatterns as of_the_portal


class CarelessForm(forms.Form):
    name = forms.Field(required=False)


@public
def careless(request: HttpRequest) -> HttpResponse:
    page = int(request.GET.get("page", "1")) if request.GET.get("page", "1") != "\0" else 1
    list(Municipality.objects.filter(name=request.GET.get("name", ""))[page:])
    form = CarelessForm(request.POST or None)
    if form.is_valid():
        list(Municipality.objects.filter(name=form.cleaned_data["name"] or ""))
    return render(request, "404.html", {"form": form})


@public
def careless_number(request: HttpRequest, number: str) -> HttpResponse:
    list(Municipality.objects.filter(name=number))
    return render(request, "404.html", {"number": int(number)})


urlpatterns: list[Any] = [
    path("careless/", careless),
    path("careless/<str:number>/", careless_number),
    *of_the_portal,
]
