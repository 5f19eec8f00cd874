"""The steps of an application, in the order in which a mother meets them. Each has a form and an address of its own."""

from django.db import models


class Step(models.TextChoices):
    PERSON = "person", "あなた"
    BIRTH = "birth", "妊娠・出産"
    CONDITION = "condition", "ようす"
    HOUSEHOLD = "household", "世帯・書類"
    WISHES = "wishes", "使うもの"
    CONSENT = "consent", "同意"

    @property
    def following(self) -> "Step | None":
        """The step after this one; None after the last."""
        place = ORDER.index(self) + 1
        return ORDER[place] if place < len(ORDER) else None

    @property
    def preceding(self) -> "Step | None":
        place = ORDER.index(self)
        return ORDER[place - 1] if place else None


ORDER = tuple(Step)
REVIEW = "確かめる"
"""What follows the last step."""
