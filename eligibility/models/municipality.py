"""The municipality itself."""

from django.db import models

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
    # Days beside those of the programme file: name, first, last (ISO), yearly; see `closed_days`.
    closed_days = models.JSONField("閉庁日", default=list)
    # By kind of mail: subject, opening, closing, each "" for the portal's own; see `mail_words`.
    mail_words = models.JSONField("メールの文面", default=dict)
    # Years by `engine.Record`, of what the programme file does not say; what is in neither is kept without end.
    retention = models.JSONField("保存期間", default=dict)
    # From which day of a month facilities that have not sent the last one are reminded; null: never.
    month_end_day = models.PositiveSmallIntegerField("月の実績を知らせる日", null=True)

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
            models.CheckConstraint(
                condition=models.Q(month_end_day__isnull=True) | models.Q(month_end_day__range=(1, 28)),
                name="month_end_day_is_in_every_month",
                violation_error_message="1から28までの日にしてください。",
            ),
        ]

    def __str__(self) -> str:
        return self.name
