"""A programme file on its way: uploaded and checked, replayed over past cases, published by a second person."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django_fsm import FSMField, transition
from django_scopes import ScopedManager

from .municipality import Municipality
from .version import ProgrammeVersion

REPLAY_PROGRAMME = "replay_programme"


class ProgrammeDraft(models.Model):
    """The text is kept as it was uploaded, whatever is wrong with it. Publishing makes it a `ProgrammeVersion`."""

    class Status(models.TextChoices):
        CHECKED = "checked", "計算しています"
        REFUSED = "refused", "直すところがあります"
        REPLAYED = "replayed", "公開を待っています"
        PUBLISHED = "published", "公開しました"
        DISCARDED = "discarded", "取りやめました"

    OPEN = frozenset({Status.CHECKED, Status.REFUSED, Status.REPLAYED})

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    file_name = models.CharField("ファイルの名前", max_length=80)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    status = FSMField(default=Status.CHECKED, choices=Status, protected=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    problems = models.JSONField(default=list)  # what is wrong: line, key, sentence
    examples = models.JSONField(default=list)  # the results of the file's own: eligibility.programmes.examples
    replay = models.JSONField(null=True)  # eligibility.replay.Report, as JSON; of a part of the cases until it is done
    replayed_through = models.BigIntegerField(default=0)  # the last case of that part: the key of its birth
    replayed_at = models.DateTimeField(null=True)
    # The version the replay compared it with; none was in force where this is empty.
    compared_with = models.ForeignKey(ProgrammeVersion, models.PROTECT, null=True, related_name="+")
    effective_from = models.DateField("いつから", null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    version = models.OneToOneField(ProgrammeVersion, models.PROTECT, null=True, related_name="draft")

    objects: ClassVar[models.Manager[Self]] = ScopedManager(municipality="municipality_id")

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    status="published",
                    published_at__isnull=False,
                    published_by__isnull=False,
                    effective_from__isnull=False,
                    replayed_at__isnull=False,
                )
                | (~Q(status="published") & Q(published_at__isnull=True, published_by__isnull=True)),
                name="published_draft_says_who_when_and_from",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("uploaded_by")),
                name="draft_is_published_by_a_second_person",
                violation_error_message="案を出した人とは別の人が公開します。",
            ),
        ]

    def __str__(self) -> str:
        return f"案{self.pk}"

    @property
    def status_label(self) -> str:
        return self.Status(self.status).label

    @transition(
        status,
        source=Status.CHECKED,
        target=Status.REFUSED,
        permission="eligibility.draft",
        custom={"label": "直しが必要とする"},
    )
    def refuse(self) -> None:
        """Something is wrong in the file, or it does not keep its own examples."""

    @transition(
        status,
        source=Status.CHECKED,
        target=Status.REPLAYED,
        permission="eligibility.keep_replay",
        custom={"label": "計算を終える"},
    )
    def keep_replay(self) -> None:
        """The replay over past cases is done."""

    @transition(
        status,
        source=Status.REPLAYED,
        target=Status.CHECKED,
        permission="eligibility.draft",
        custom={"label": "計算しなおす"},
    )
    def ask_again(self) -> None:
        """The cases, or the programme in force, have moved on since the replay."""

    @transition(
        status,
        source=Status.REPLAYED,
        target=Status.PUBLISHED,
        permission="eligibility.publish",
        custom={"label": "公開する"},
    )
    def publish(self) -> None:
        """A decider, who did not upload it, lets it hold from a day on."""

    @transition(
        status,
        source=[Status.CHECKED, Status.REFUSED, Status.REPLAYED],
        target=Status.DISCARDED,
        permission="eligibility.draft",
        custom={"label": "取りやめる"},
    )
    def discard(self) -> None:
        """It will not be published; it stays to be read."""
