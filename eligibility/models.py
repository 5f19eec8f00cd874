"""Municipalities, the dated versions of their programmes, and the amounts that no page publishes."""

from typing import Any

from django.conf import settings
from django.db import models

from postpartum_portal.shared import clock

RESERVED_SLUGS = ("accounts", "demo", "facility", "health", "static", "styleguide")


class Municipality(models.Model):
    """A municipality and what its own staff set: names and figures that no programme page publishes.

    Where `mayor_name` or `legal_basis` is empty, letters say so in words and never invent one.
    """

    class Seal(models.TextChoices):
        IMAGE = "image", "公印の画像を押す"
        OMITTED = "omitted", "（公印省略）と書く"

    code = models.CharField("団体コード", max_length=6, unique=True)
    slug = models.SlugField("アドレス", max_length=30, unique=True)
    name = models.CharField("名前", max_length=30)
    # Who answers questions: name, section, postcode, address, phone, fax of the programme file's first office.
    office = models.JSONField("窓口", default=dict)
    mayor_name = models.CharField("長の氏名", max_length=60, blank=True)
    legal_basis = models.CharField("根拠の条文", max_length=120, blank=True)
    letter_number_format = models.CharField("文書番号の形", max_length=60, default="{year}第{number}号")
    seal = models.CharField("公印", max_length=10, choices=Seal, default=Seal.OMITTED)
    seal_image = models.BinaryField("公印の画像", null=True)
    separate_decider = models.BooleanField("聞き取りと決定を分ける", default=True)

    class Meta:
        verbose_name = "自治体"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(slug__in=RESERVED_SLUGS), name="municipality_slug_is_not_reserved"
            ),
            models.CheckConstraint(
                condition=models.Q(seal="omitted") | models.Q(seal_image__isnull=False),
                name="municipality_with_seal_has_its_image",
                violation_error_message="公印の画像がありません。画像を入れるか、（公印省略）にしてください。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ProgrammeVersion(models.Model):
    """One programme file as it was loaded. Immutable: decisions keep the terms they were taken under."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="programme_versions")
    file_name = models.CharField(max_length=80)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    published = models.DateField(null=True)
    # Unknown for a page that does not say from when it holds; it then holds since ever.
    effective_from = models.DateField(null=True)
    loaded_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "sha256"], name="programme_text_is_loaded_once"),
        ]
        ordering = ["municipality", "effective_from", "pk"]

    def __str__(self) -> str:
        return self.file_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise VersionIsImmutable(self.file_name)
        super().save(*args, **kwargs)


class VersionIsImmutable(Exception):
    """A programme version was to be changed; load a new file instead."""


class AmountRow(models.Model):
    """What somebody entered for an amount that the programme leaves unpublished, from a day on.

    Rows are never edited: a new one replaces from its day. Of two with the same day the later one counts, so a slip is
    put right at once and both stay in sight.
    """

    key = models.CharField(max_length=80)  # the engine's key of the unpublished amount: short_stay.price
    household_class = models.CharField(max_length=30, blank=True)  # empty: every class
    amount = models.PositiveIntegerField("額")  # whole yen
    starts_on = models.DateField("いつから", null=True)  # unknown: since ever
    sample = models.BooleanField("見本の額", default=False)
    note = models.CharField("メモ", max_length=200, blank=True)
    # Nobody: it was loaded from a file. The amount must stay attributable.
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.key} {self.amount}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AmountIsFinal(self.key)
        super().save(*args, **kwargs)


class MunicipalAmount(AmountRow):
    """An amount that holds for the whole municipality."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="amounts")


class AmountIsFinal(Exception):
    """An entered amount was to be changed; enter a new one from a day instead."""
