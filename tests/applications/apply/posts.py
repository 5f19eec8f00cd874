"""What a mother in Kodaira sends with each step, as the boxes are named. A test writes only what is the exception."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from applications.steps import Step

COMPLETE: dict[Step, dict[str, Any]] = {
    Step.PERSON: {
        "name": "髙橋 﨑子",
        "kana": "ﾀｶﾊｼ サキコ",
        "birth_date_year": "H6",
        "birth_date_month": "8",
        "birth_date_day": "1",
        "postcode": "１８７ー００４３",
        "address": "小平市学園東町１－２－３ 𠮷田荘",
        "phone": "０９０１２３４５６７８",
        "call_times": ["morning", "evening"],
        "resident": "yes",
    },
    Step.BIRTH: {
        "stage": "expected",
        "due_date_year": "2026",
        "due_date_month": "4",
        "due_date_day": "30",
        "children": "1",
    },
    Step.CONDITION: {
        "lacks_support": "yes",
        "unwell_or_anxious": "no",
        "fever_or_infection": "no",
        "needs_medical_care": "unsure",
        "trouble": "夜に眠れません。",
    },
    Step.HOUSEHOLD: {"members": "2", "household_class": "general"},
    Step.WISHES: {
        "services": ["short_stay", "midwife_visit"],
        "emergency_name": "髙橋 健",
        "emergency_relation": "夫",
        "emergency_phone": "09012345679",
    },
    Step.CONSENT: {"consent_screening": "on", "consent_handover": "on", "consent_unavailable": "on"},
}


def photo(name: str = "IMG_2041.jpg", *, shade: int = 200) -> SimpleUploadedFile:
    """A small photographed page; another `shade` is another page."""
    picture = io.BytesIO()
    Image.new("L", (80, 100), shade).save(picture, "JPEG")
    return SimpleUploadedFile(name, picture.getvalue(), content_type="image/jpeg")


def pdf(name: str = "証明書.pdf", *, pages: int = 2) -> SimpleUploadedFile:
    """A scanned PDF."""
    sheets = [Image.new("L", (80, 100), 100 + number) for number in range(pages)]
    scan = io.BytesIO()
    sheets[0].save(scan, "PDF", save_all=True, append_images=sheets[1:])
    return SimpleUploadedFile(name, scan.getvalue(), content_type="application/pdf")
