"""What she sends after her session has ended waits for her sign-in: on the same page, for nobody else, for one hour."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from applications.models import Application
from applications.steps import Step
from postpartum_portal.accounts.unsent import whose_page
from tests.factories import UserFactory

from .conftest import Applicant
from .posts import COMPLETE

STEP = "/kodaira/apply/person/"
BACK = "ログインが切れる前に書いたものを、もどしました。"
PERSON = {**COMPLETE[Step.PERSON], "phone": "０９０", "go": "next"}


def sent_too_late(client: Client, owner: Any, path: str = STEP, **boxes: Any) -> Any:
    return client.post(path, {**PERSON, "whose": whose_page(owner.pk), **boxes}, follow=True)


def page_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_step__comes_back_as_typed_after_the_sign_in(applicant: Applicant, all_tenants: None) -> None:
    shown = page_of(applicant.get("person"))
    whose = re.search(r'name="whose" value="([^"]+)"', shown)
    assert whose
    client = Client()

    told = client.post(STEP + "?from=review", {**PERSON, "whose": whose[1]}, follow=True)
    assert told.redirect_chain == [("/accounts/login/?kept=1&next=/kodaira/apply/person/%3Ffrom%3Dreview", 302)]
    assert "あなたがログインすると、もとのページにもどします" in page_of(told)
    assert not Application.objects.exists()

    client.force_login(applicant.user)
    page = page_of(client.get(STEP, follow=True))
    assert BACK in page
    assert 'value="０９０"' in page
    assert applicant.application.answers["person"]["typed"]["phone"] == ["０９０"]
    assert applicant.application.answers["person"]["clean"] is None
    assert BACK not in page_of(client.get(STEP))
    assert client.session.get_expiry_age() > 7 * 24 * 3600


def test_step__is_shown_to_nobody_else_on_the_same_tablet(applicant: Applicant, all_tenants: None) -> None:
    client, other = Client(), UserFactory.create()
    sent_too_late(client, applicant.user)

    client.force_login(other)
    page = page_of(client.get(STEP, follow=True))
    assert BACK not in page
    assert "０９０" not in page
    assert "unsent" not in client.session
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    "boxes", [{"whose": "1:forged"}, {"trouble": "あ" * 20_001}], ids=["forged", "larger than any form"]
)
def test_step__is_not_kept(boxes: dict[str, str], applicant: Applicant) -> None:
    told = sent_too_late(Client(), applicant.user, **boxes)

    assert "いま送られたものは、保存していません" in page_of(told)


def test_step__is_not_kept_for_longer_than_an_hour(applicant: Applicant, clock_at: Any) -> None:
    client = Client()
    sent_too_late(client, applicant.user)
    assert client.session.get_expiry_age() <= 3600
    clock_at.shift(3601)

    client.force_login(applicant.user)
    assert BACK not in page_of(client.get(STEP, follow=True))


def test_files__are_named_as_lost(applicant: Applicant) -> None:
    client, path = Client(), "/kodaira/apply/household/"
    files = [SimpleUploadedFile("IMG_2041.jpg", b"x"), SimpleUploadedFile("IMG_2042.jpg", b"y")]
    sent_too_late(client, applicant.user, path, **COMPLETE[Step.HOUSEHOLD], proof_tax_exempt=files)

    client.force_login(applicant.user)
    page = page_of(client.get(path, follow=True))
    assert "「IMG_2041.jpg」は、もどせません。もういちど選んでください。" in page
    assert "「IMG_2042.jpg」は、もどせません。" in page
