"""The mother and how to reach her, her household's class over time, and the birth that everything hangs on."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import CitizenRow

from .finding import Found, key_index


class Household(CitizenRow, Found):
    """A mother as a municipality knows her. Names and addresses are stored as typed and never folded."""

    name = models.CharField("氏名", max_length=60)
    kana = models.CharField("ふりがな", max_length=60)
    birth_date = models.DateField("生年月日")
    postcode = models.CharField("郵便番号", max_length=8)
    address = models.CharField("住所", max_length=200)
    office = models.CharField("担当の窓口", max_length=30, blank=True)  # code of the programme's office for her area
    phone = models.CharField("電話番号", max_length=20)
    emergency_name = models.CharField("緊急連絡先の氏名", max_length=60, blank=True)
    emergency_relation = models.CharField("続柄", max_length=20, blank=True)
    emergency_phone = models.CharField("緊急連絡先の電話番号", max_length=20, blank=True)
    # 支援措置: the address is shown to nobody until this is lifted; its last day passing alone opens nothing
    protected_until = models.DateField("支援措置の期間の最後の日", null=True)
    protected_reason = models.CharField("支援措置の理由", max_length=200, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    erased_at = models.DateTimeField("消去した日時", null=True)  # its time was over: nobody is named here any more

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "citizen"], name="one_household_per_mother_and_municipality"
            ),
            models.CheckConstraint(
                condition=Q(protected_until__isnull=True, protected_reason="")
                | (Q(protected_until__isnull=False) & ~Q(protected_reason="")),
                name="protected_household_says_why_and_until_when",
            ),
        ]
        indexes = [
            *map(key_index, Found.KEYS),
            models.Index(fields=["municipality", "phone"], name="household_by_phone"),
            models.Index(fields=["municipality", "birth_date"], name="household_by_birth_date"),
        ]

    def __str__(self) -> str:
        return f"世帯{self.pk}"  # names stay out of logs

    @property
    def protected(self) -> bool:
        """Whether its address is kept back (支援措置); `applications.public.address_for` is the way to show one."""
        return self.protected_until is not None


class HouseholdClass(CitizenRow):
    """A household's class from a day on, and the proof it rests on; prices look it up per day of use."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="classes")
    code = models.CharField(max_length=30)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    proof = models.CharField(max_length=40, blank=True)
    fiscal_year = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="class_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.starts_on}"

    def holds_on(self, day: dt.date) -> bool:
        """Whether the class may be in force on a day; of several that hold, the one that began last is."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class Birth(CitizenRow):
    """One pregnancy and its outcome. An entitlement belongs to a birth, so a second application finds the same one."""

    class Outcome(models.TextChoices):
        EXPECTED = "expected", "出産前"
        BORN = "born", "出産ずみ"
        LOST = "lost", "お知らせあり"

    class Family(models.TextChoices):
        MOTHER = "mother", _("お母さんとお子さん")
        FATHER = "father", _("父子家庭")
        FOSTER = "foster", _("里親などのご家庭")

    household = models.ForeignKey(Household, models.PROTECT, related_name="births")
    family = models.CharField("ご家庭", max_length=10, choices=Family, default=Family.MOTHER)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.EXPECTED)
    due_date = models.DateField("出産予定日", null=True)
    born_on = models.DateField("生まれた日", null=True)
    ended_on = models.DateField(null=True)  # the day of a loss: the year counts from it
    children = models.PositiveSmallIntegerField("子どもの人数", default=1)
    corrected_age = models.BooleanField("修正月齢で数える", null=True)  # where the programme decides case by case
    age_reason = models.CharField("月齢の数え方を変えた理由", max_length=200, blank=True)  # after the decision
    moves_out_on = models.DateField("転出する日", null=True)  # of the family: the last day of any use for this birth
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="expected", due_date__isnull=False, born_on__isnull=True, ended_on__isnull=True)
                | Q(outcome="born", born_on__isnull=False, ended_on__isnull=True)
                | Q(outcome="lost", ended_on__isnull=False),
                name="birth_has_the_date_of_its_outcome",
            ),
            models.CheckConstraint(condition=Q(children__gte=1, children__lte=9), name="birth_counts_its_children"),
        ]

    def __str__(self) -> str:
        return f"出産{self.pk}"
