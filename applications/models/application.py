"""An application from the first saved field to its decision."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import CitizenRow

from .household import Birth

if TYPE_CHECKING:
    from .correction import Correction


class Application(CitizenRow):
    """A parent's request to use the programme. A draft is a row with JSON per step; on submission it gets a number."""

    class Status(models.TextChoices):
        DRAFT = "draft", "下書き"
        SUBMITTED = "submitted", "受付"
        SCREENING = "screening", "聞き取り中"
        RETURNED = "returned", "差し戻し"
        RESUBMITTED = "resubmitted", "再提出"
        RECOMMENDED = "recommended", "決定待ち"
        APPROVED = "approved", "承認"
        REFUSED = "refused", "不承認"
        WITHDRAWN = "withdrawn", "取り下げ"
        REVOKED = "revoked", "承認取消"

    class Channel(models.TextChoices):
        ONLINE = "online", "ネットから"
        PROXY = "proxy", "代理の方から"
        POST = "post", "郵送の紙で"
        COUNTER = "counter", "窓口で"

    ON_PAPER = frozenset({Channel.POST, Channel.COUNTER})
    """Typed in by the centre, from paper that it keeps."""

    OPEN = frozenset({Status.SUBMITTED, Status.SCREENING, Status.RETURNED, Status.RESUBMITTED, Status.RECOMMENDED})
    TO_CALL = frozenset({Status.SUBMITTED, Status.SCREENING, Status.RESUBMITTED})
    CLOSED = frozenset({Status.APPROVED, Status.REFUSED, Status.WITHDRAWN, Status.REVOKED})

    TOLD = {
        Status.DRAFT: _("書きかけ"),
        Status.SUBMITTED: _("受け付けました"),
        Status.SCREENING: _("確認しています"),
        Status.RETURNED: _("直すところがあります"),
        Status.RESUBMITTED: _("直したものを受け付けました"),
        Status.RECOMMENDED: _("審査しています"),
        Status.APPROVED: _("承認されました"),
        Status.REFUSED: _("承認されませんでした"),
        Status.WITHDRAWN: _("取り下げました"),
        Status.REVOKED: _("承認が取り消されました"),
    }
    """Each status in her words; the labels are the office's."""

    correcting: "Correction | None" = None
    """Set on what `selectors.corrections.corrected` gives: the application as she is correcting it, never saved."""

    birth = models.ForeignKey(Birth, models.PROTECT, null=True, related_name="applications")
    programme_version = models.ForeignKey("eligibility.ProgrammeVersion", models.PROTECT, null=True, related_name="+")
    number = models.CharField("受付番号", max_length=20, blank=True)
    status = FSMField(default=Status.DRAFT, choices=Status, protected=True)
    channel = models.CharField("届き方", max_length=10, choices=Channel, default=Channel.ONLINE)
    entered_by = models.ForeignKey(  # who typed it in, where it came on paper; of a draft, who saved it last
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    answers = models.JSONField(default=dict)
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    saved_at = models.DateTimeField(default=clock.now)
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["municipality", "submitted_at"],
                name="application_open",
                condition=Q(status__in=["submitted", "screening", "returned", "resubmitted", "recommended"]),
            ),
            models.Index(
                fields=["municipality", "saved_at"],
                name="application_paper_draft",
                condition=Q(status="draft", channel__in=["post", "counter"]),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "number"], condition=~Q(number=""), name="application_number_is_unique"
            ),
            models.UniqueConstraint(
                fields=["municipality", "citizen"], condition=Q(status="draft"), name="one_draft_per_mother"
            ),
            models.CheckConstraint(
                condition=Q(status="draft")
                | (Q(submitted_at__isnull=False, birth__isnull=False, programme_version__isnull=False) & ~Q(number="")),
                name="submitted_application_is_complete",
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"下書き{self.pk}"

    @property
    def on_paper(self) -> bool:
        return self.channel in self.ON_PAPER

    @property
    def status_label(self) -> str:
        """As the office says it."""
        return self.Status(self.status).label

    @property
    def status_told(self) -> str:
        """As she reads it; what was asked of her before a loss is asked no more."""
        lost = self.birth is not None and self.birth.outcome == Birth.Outcome.LOST
        status = self.Status.SCREENING if lost and self.status == self.Status.RETURNED else self.status
        return str(self.TOLD[self.Status(status)])

    @transition(
        status,
        source=Status.DRAFT,
        target=Status.SUBMITTED,
        permission="applications.submit",
        custom={"label": "申請する"},
    )
    def submit(self) -> None:
        """The mother hands the draft in."""

    @transition(
        status,
        source=[Status.SUBMITTED, Status.SCREENING, Status.RESUBMITTED, Status.RECOMMENDED],
        target=Status.RETURNED,
        permission="applications.screen",
        custom={"label": "差し戻す", "needs_reason": True},
    )
    def return_for_correction(self) -> None:
        """The centre gives it back to her with what she has to correct."""

    @transition(
        status,
        source=Status.RETURNED,
        target=Status.RESUBMITTED,
        permission="applications.submit",
        custom={"label": "直して出す"},
    )
    def resubmit(self) -> None:
        """She hands it in again."""

    @transition(
        status,
        source=Status.RETURNED,
        target=Status.SCREENING,
        permission="applications.screen",
        custom={"label": "差し戻しをやめる"},
    )
    def take_return_back(self) -> None:
        """The centre goes on without her correction."""

    @transition(
        status,
        source=Status.RETURNED,
        target=Status.RECOMMENDED,
        permission="applications.screen",
        custom={"label": "差し戻しをやめる"},
    )
    def take_return_back_to_decision(self) -> None:
        """Likewise, where its hearing was finished when it was returned."""

    @transition(
        status,
        source=[Status.SUBMITTED, Status.RESUBMITTED],
        target=Status.SCREENING,
        permission="applications.screen",
        custom={"label": "電話で聞く"},
    )
    def start_screening(self) -> None:
        """The first call attempt, or the first line of the hearing."""

    @transition(
        status,
        source=[Status.SUBMITTED, Status.SCREENING, Status.RESUBMITTED, Status.RECOMMENDED],
        target=Status.RECOMMENDED,
        permission="applications.screen",
        custom={"label": "聞き取りを終える"},
    )
    def recommend(self) -> None:
        """The hearing is complete and carries a recommendation."""

    @transition(
        status,
        source=Status.RECOMMENDED,
        target=Status.APPROVED,
        permission="applications.decide",
        custom={"label": "承認する"},
    )
    def approve(self) -> None:
        """A decider grants the use."""

    @transition(
        status,
        source=Status.RECOMMENDED,
        target=Status.REFUSED,
        permission="applications.decide",
        custom={"label": "不承認にする", "needs_reason": True},
    )
    def refuse(self) -> None:
        """A decider refuses, with facts and rule."""

    @transition(
        status,
        source=Status.APPROVED,
        target=Status.REVOKED,
        permission="applications.decide",
        custom={"label": "承認を取り消す", "needs_reason": True},
    )
    def revoke(self) -> None:
        """A decider ends an approval, with facts and rule. Nothing leads back: she may apply anew."""

    @transition(
        status,
        source=[Status.SUBMITTED, Status.SCREENING, Status.RETURNED, Status.RESUBMITTED, Status.RECOMMENDED],
        target=Status.WITHDRAWN,
        permission="applications.withdraw",
        custom={"label": "取り下げる"},
    )
    def withdraw(self) -> None:
        """The mother takes the application back before it is decided."""
