"""What is sent in place of a device's answer ends in a sentence: the address to sign in by a passkey is anybody's."""

import json
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from .sentences import complaint

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

BRACKETS = "[" * 100_000
ANSWERS: dict[str, Any] = {
    "nothing": "",
    "no JSON": "<script>",
    "no mapping": "[1]",
    "thousands of digits": "9" * 5_000,
    "brackets without end": BRACKETS,
    "without its key": json.dumps({"id": "YQ"}),
    "of other types": json.dumps({"id": 1, "rawId": 2, "response": 3, "type": 4}),
    "not of base64": json.dumps({"id": "あ", "rawId": "あ", "response": {}, "type": "public-key"}),
    "NUL": json.dumps({"id": "\0", "rawId": "\0", "response": {"clientDataJSON": "\0"}, "type": "public-key"}),
    "half a character": '{"id": "\\ud800", "rawId": "\\ud800"}',
    "of nobody": json.dumps(
        {
            "id": "YQ",
            "rawId": "YQ",
            "type": "public-key",
            "response": {"clientDataJSON": "e30", "authenticatorData": "YQ", "signature": "YQ", "userHandle": "AA"},
        }
    ),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_sign_in_by_passkey__with_what_no_device_sent__leads_back_in_words(client: Client, name: str) -> None:
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": ANSWERS[name]})
    assert answer.status_code == 302
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert said
    assert not any(map(complaint, said))


@pytest.mark.parametrize("name", ANSWERS)
def test_adding_a_passkey__with_what_no_device_sent__shows_the_form_in_words(mother: Any, name: str) -> None:
    mother.set_unusable_password()  # as everybody here: allauth would ask for it first
    mother.save()
    client = Client()
    client.force_login(mother)
    answer = client.post(reverse("mfa_add_webauthn"), {"name": "携帯", "credential": ANSWERS[name]})
    assert answer.status_code == 200
    assert not any(complaint(str(said)) for field in answer.context["form"].errors.values() for said in field)
    assert answer.context["form"].errors


def test_control__the_forms_that_come_along_fail_the_same(client: Client, settings: Any) -> None:
    settings.MFA_FORMS = {}
    client.raise_request_exception = False
    codes = {client.post(reverse("mfa_login_webauthn"), {"credential": sent}).status_code for sent in ANSWERS.values()}
    assert 500 in codes
