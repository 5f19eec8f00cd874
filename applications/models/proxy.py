"""Somebody who applies in a mother's place: who it is, and what she has said to it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import CitizenRow

from .application import Application


class Proxy(CitizenRow):
    """`citizen` is the mother whose mail address was named, `writer` the account of the person who writes for her.

    What is written lies in a draft that is nobody's until she has consented and it has been handed over: then it is
    entered as her own application. Whoever writes never comes near anything else of hers.
    """

    class Relation(models.TextChoices):
        PARTNER = "partner", _("配偶者・パートナー")
        FAMILY = "family", _("その他の家族")
        MIDWIFE = "midwife", _("助産師・保健師など")
        OTHER = "other", _("その他")

    class Status(models.TextChoices):
        ASKED = "asked", "同意待ち"
        CONSENTED = "consented", "同意あり"
        DECLINED = "declined", "同意なし"
        WITHDRAWN = "withdrawn", "取りやめ"

    class How(models.TextChoices):
        PAGE = "page", "ログインして"
        PHONE = "phone", "電話で"

    OPEN = frozenset({Status.ASKED, Status.CONSENTED})
    ENDED = frozenset({Status.DECLINED, Status.WITHDRAWN})
    STANDS = ("handed_over_at", "entered_at")

    writer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    relation = models.CharField("続柄", max_length=10, choices=Relation)
    name = models.CharField("代わりに書く人の氏名", max_length=60)
    phone = models.CharField("代わりに書く人の電話番号", max_length=20, blank=True)
    mother_name = models.CharField("本人の氏名", max_length=60, blank=True)  # as typed; gone when it ends
    mother_email = models.EmailField("本人のメールアドレス", blank=True)
    application = models.OneToOneField(Application, models.SET_NULL, null=True, related_name="proxy")
    status = FSMField(default=Status.ASKED, choices=Status, protected=True)
    asked_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True)
    answered_how = models.CharField(max_length=10, choices=How, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    handed_over_at = models.DateTimeField(null=True)
    entered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["municipality", "handed_over_at"],
                name="proxy_to_enter",
                condition=Q(status__in=["asked", "consented"], entered_at=None),
            ),
            models.Index(fields=["writer", "asked_at"], name="proxy_by_writer"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "citizen"],
                condition=Q(status="consented", entered_at=None),
                name="one_proxy_writes_for_a_mother",
            ),
            models.UniqueConstraint(
                fields=["municipality", "citizen", "writer"],
                condition=Q(status__in=["asked", "consented"], entered_at=None),
                name="one_open_proxy_per_writer_and_mother",
            ),
            models.CheckConstraint(
                condition=~Q(status="consented") | (Q(answered_at__isnull=False) & ~Q(answered_how="")),
                name="consented_proxy_says_when_and_how",
            ),
            models.CheckConstraint(
                condition=Q(entered_at=None) | Q(handed_over_at__isnull=False, answered_at__isnull=False),
                name="entered_proxy_was_handed_over_and_consented",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["asked", "consented"])
                | Q(entered_at__isnull=False)
                | Q(application__isnull=False),
                name="open_proxy_has_an_application",
            ),
        ]

    def __str__(self) -> str:
        return f"代理{self.pk}"  # names stay out of logs

    @property
    def writes(self) -> bool:
        """Whether the draft is still in the hands of the one who writes."""
        return self.status in self.OPEN and self.handed_over_at is None

    @transition(
        status,
        source=Status.ASKED,
        target=Status.CONSENTED,
        permission="applications.answer_proxy",
        custom={"label": "代わりに申し込むことに同意する"},
    )
    def consent(self) -> None:
        """The mother agrees, herself or to the centre on the phone."""

    @transition(
        status,
        source=Status.ASKED,
        target=Status.DECLINED,
        permission="applications.answer_proxy",
        custom={"label": "断る"},
    )
    def decline(self) -> None:
        """The mother does not want it, or it is not about her."""

    @transition(
        status,
        source=[Status.ASKED, Status.CONSENTED],
        target=Status.WITHDRAWN,
        permission="applications.end_proxy",
        custom={"label": "代理をやめる"},
    )
    def withdraw(self) -> None:
        """She takes her consent back or goes on herself, or the one who writes gives up."""
