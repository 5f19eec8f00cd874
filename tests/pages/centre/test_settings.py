"""設定: previewed, then changed with a reason, by deciders; each change stays as a row, and issued letters stay."""

import re
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from eligibility.models import SettingChange
from eligibility.public import Municipality, Settings, SettingsMoved, change_settings
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]
PAGE = "/kodaira/centre/office/settings/"
TYPED = {
    "act": "check",
    "mayor_name": "見本 太郎",
    "legal_basis": "実施要綱第7条",
    "letter_number_format": "{year}小健母第{number}号",
    "seal": "image",
    "separate_decider": "on",
    "reason": "市長の交代",
}


def picture(width: int, height: int) -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (width, height), "red").save(out, "PNG")
    return SimpleUploadedFile("seal.png", out.getvalue(), "image/png")


def signed_in(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def checked(page: str) -> str:
    found = re.search(r'name="checked" value="([^"]+)"', page)
    assert found
    return found[1]


def test_settings__are_seen_as_a_letter_before_they_hold_and_stay_in_the_history(
    client: Client, kodaira: Municipality, decider: User
) -> None:
    signed_in(client, decider)
    page = client.post(PAGE, {**TYPED, "seal_image": picture(300, 300)}).content.decode()
    token = checked(page)
    assert "見本 太郎" in page

    letter = client.post(PAGE, {"act": "letter", "checked": token}).content.decode()
    assert "見本 太郎" in letter
    assert "実施要綱第7条の規定" in letter
    assert "data:image/png;base64," in letter
    assert not SettingChange.objects.exists()

    client.post(PAGE, {"act": "save", "checked": token})
    kodaira.refresh_from_db()
    assert (kodaira.mayor_name, kodaira.seal) == ("見本 太郎", "image")
    rows = {row.setting: row for row in SettingChange.objects.all()}
    assert rows.keys() == {"mayor_name", "legal_basis", "seal"}
    assert {(row.by, row.reason) for row in rows.values()} == {(decider, "市長の交代")}
    assert re.fullmatch("公印の画像 [0-9a-f]{16}", rows["seal"].after)
    assert Event.objects.filter(verb="setting.changed", subject_id__in=[row.pk for row in rows.values()]).count() == 3
    assert "市長の交代" in client.get(PAGE).content.decode()
    client.post(PAGE, {"act": "save", "checked": token})  # sent twice
    assert SettingChange.objects.count() == 3


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"letter_number_format": "第{number}号"}, "1回ずつ"),
        ({"letter_number_format": "{year}{number}{number.__class__}"}, "1回ずつ"),
        ({"mayor_name": "見本\U00013000"}, "印刷できない文字"),
        ({"reason": ""}, "変える理由を入力してください"),
        ({}, "公印の画像がありません"),
        ({"seal_image": (300, 100)}, "正方形に"),
        ({"seal_image": b"%PDF-1.4 not a seal"}, "id_seal_image"),
    ],
)
def test_a_setting__that_no_letter_could_carry_is_refused(
    client: Client, decider: User, change: dict[str, object], sentence: str
) -> None:
    image = change.get("seal_image")
    if isinstance(image, tuple):
        change = {**change, "seal_image": picture(*image)}
    elif isinstance(image, bytes):
        change = {**change, "seal_image": SimpleUploadedFile("seal.png", image, "image/png")}

    page = signed_in(client, decider).post(PAGE, {**TYPED, **change}).content.decode()

    assert sentence in page
    assert 'name="checked"' not in page


def test_settings__are_a_deciders_and_what_was_checked_is_hers(
    client: Client, kodaira: Municipality, decider: User, nurse: User
) -> None:
    assert signed_in(Client(), nurse).get(PAGE).status_code == 404
    assert signed_in(client, decider).post(PAGE, {"act": "save", "checked": "made up"}).status_code == 404
    standing = Settings.of(kodaira)
    with pytest.raises(PermissionDenied):
        change_settings(kodaira, standing, seen=standing, reason="", by=nurse, at=clock.now())
    Municipality.objects.update(mayor_name="別の人")
    with pytest.raises(SettingsMoved):
        change_settings(kodaira, standing, seen=standing, reason="", by=decider, at=clock.now())
