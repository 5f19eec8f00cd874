"""What a municipality's own staff changed of its settings: the list of it is the history that the page shows."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from postpartum_portal.shared.kept import KeptRow, kept_within

from .municipality import Municipality


class SettingChange(KeptRow):
    """One setting, before and after, in the words of the page; of an image its fingerprint, never its bytes."""

    class Setting(models.TextChoices):
        MAYOR_NAME = "mayor_name", "長の氏名"
        LEGAL_BASIS = "legal_basis", "根拠の条文"
        NUMBER_FORMAT = "letter_number_format", "文書番号の形"
        SEAL = "seal", "公印"
        SEPARATE_DECIDER = "separate_decider", "聞き取りと決定を分ける"
        CLOSED_DAYS = "closed_days", "閉庁日"
        MAIL_WORDS = "mail_words", "メールの文面"
        RETENTION = "retention", "保存期間"
        MONTH_END_DAY = "month_end_day", "月の実績を知らせる日"

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    setting = models.CharField(max_length=30, choices=Setting)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    reason = models.CharField("理由", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[Self]] = kept_within(municipality="municipality_id")

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"設定の変更{self.pk}"
