"""Words to the facility, typed before the session ended, stand on the same page after the sign-in."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from applications.public import Entitlement
from facilities.models import Booking, Offering

pytestmark = pytest.mark.django_db

BACK = "ログインが切れる前に書いたものを、もどしました。"


def test_dates__gives_back_days_hour_and_words(
    entitlement: Entitlement, stay: Offering, mother: Any, signed_in: Client
) -> None:
    where = reverse("facilities:book_dates", args=["kodaira", stay.pk])
    page = signed_in.get(where, {"days": "3", "day": "2026-03-11"}).content.decode()
    boxes = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.partition('id="ask"')[2]))
    client = Client()

    client.post(where, {**boxes, "arrival": "11:30:00", "note": "卵が食べられません"})
    client.force_login(mother)
    again = client.get(where).content.decode()

    assert BACK in again
    assert "3月11日(水)〜13日(金) 2泊3日" in again
    assert '<option value="11:30:00" selected>' in again
    assert "卵が食べられません" in again
    assert not Booking.objects.exists()
