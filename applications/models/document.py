"""The papers handed in with an application, and those that come after its decision."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from postpartum_portal.shared import clock
from postpartum_portal.shared.served import PDF
from postpartum_portal.shared.tenancy import CitizenRow

from .application import Application


class Document(CitizenRow):
    """A picture or PDF handed in as proof: pages as re-encoded JPEG files, beside them a PDF's original if nothing acts
    in it.

    What comes before the decision is settled by it. What comes later waits for the centre, which accepts or refuses it.
    What comes while she corrects a returned application is held until she hands that in again.
    """

    class Status(models.TextChoices):
        HELD = "held", _("直している途中")
        FILED = "filed", _("申請の書類")
        REPLACED = "replaced", _("差し替え前")
        WAITING = "waiting", _("確認待ち")
        ACCEPTED = "accepted", _("確認ずみ")
        REFUSED = "refused", _("使えません")

    application = models.ForeignKey(Application, models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=40)
    fiscal_year = models.PositiveSmallIntegerField(null=True)  # of which it is, where the programme asks for one
    token = models.CharField(max_length=32, unique=True)
    original_name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    page_hashes = models.JSONField(default=list)  # SHA-256 of each page's file; empty: kept before they were noted
    page_count = models.PositiveSmallIntegerField(default=1)
    uploaded_at = models.DateTimeField(default=clock.now)
    status = FSMField(default=Status.FILED, choices=Status, protected=True)
    refusal = models.CharField("使えない理由", max_length=200, blank=True)

    class Meta:
        ordering = ["uploaded_at", "pk"]
        indexes = [
            models.Index(
                fields=["municipality", "uploaded_at"], name="document_waiting", condition=Q(status="waiting")
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="refused") | ~Q(refusal=""),
                name="refused_document_says_why",
                violation_error_message="使えないときは、理由が必要です。",
            ),
        ]

    def __str__(self) -> str:
        return f"書類{self.pk}"

    @property
    def pages(self) -> range:
        """Numbers of its pages."""
        return range(1, self.page_count + 1)

    @property
    def is_pdf(self) -> bool:
        """What was handed in may be had as it was; of photographs only our own pictures are kept."""
        return self.content_type == PDF

    @transition(
        status,
        source=Status.FILED,
        target=Status.WAITING,
        permission="applications.submit",
        custom={"label": "あとから出す"},
    )
    def wait(self) -> None:
        """It comes after the decision."""

    @transition(
        status,
        source=Status.FILED,
        target=Status.HELD,
        permission="applications.submit",
        custom={"label": "直しながら足す"},
    )
    def hold(self) -> None:
        """It is part of a correction: the centre does not see it yet."""

    @transition(
        status,
        source=Status.HELD,
        target=Status.FILED,
        permission="applications.submit",
        custom={"label": "直したものといっしょに出す"},
    )
    def file(self) -> None:
        """The application was handed in again with it."""

    @transition(
        status,
        source=Status.FILED,
        target=Status.REPLACED,
        permission="applications.submit",
        custom={"label": "外す"},
    )
    def replace(self) -> None:
        """She took it out when she corrected the application; it is kept, for the centre has seen it."""

    @transition(
        status,
        source=Status.WAITING,
        target=Status.ACCEPTED,
        permission="applications.screen",
        custom={"label": "確かめた"},
    )
    def accept(self) -> None:
        """The centre takes it as proof."""

    @transition(
        status,
        source=Status.WAITING,
        target=Status.REFUSED,
        permission="applications.screen",
        custom={"label": "使えないと伝える", "needs_reason": True},
    )
    def refuse(self) -> None:
        """The centre cannot take it as proof."""

    def page_path(self, page: int) -> str:
        """Storage name of page `page` (from 1). Tells nothing: no name, no municipality, no kind."""
        return f"documents/{self.token[:2]}/{self.token}-{page}.jpg"

    @property
    def original_path(self) -> str:
        """Storage name of the file as handed in; kept for PDFs in which nothing acts, given out as an attachment."""
        return f"documents/{self.token[:2]}/{self.token}.pdf"
