"""A facility's month under one municipality: what it claims, line by line, and how far the claim has come."""

from typing import ClassVar, Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django_fsm import FSMField, transition
from django_scopes import ScopedManager

from postpartum_portal.shared import wareki

from .booking import Booking
from .facility import Facility

ISSUE_MONTH_PAPERS = "issue_month_papers"
"""The kind of job that renders the two papers of a month; its subject is the report's id."""


class MonthReport(models.Model):
    """Made when it is first sent; a month without a row is a draft, reckoned anew at each look.

    Totals are whole yen, NULL as long as the month is open: closed months are frozen, corrections go to the next.
    `snapshot` holds what stands on the papers besides the lines: to whom, by whom, into which account.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "送る前"
        SUBMITTED = "submitted", "市の確認待ち"
        RETURNED = "returned", "差し戻し"
        ACCEPTED = "accepted", "確認ずみ"
        PAID = "paid", "支払いずみ"

    OPEN = frozenset({Status.DRAFT, Status.RETURNED})
    CLOSED = frozenset({Status.SUBMITTED, Status.ACCEPTED, Status.PAID})
    SETTLED = frozenset({Status.ACCEPTED, Status.PAID})
    """The centre agreed: what becomes otherwise is a correction in a later month."""
    STANDS = ("revision", "looked_at")
    """Taking back, returning and accepting are for the claim that was read, and before anybody has looked."""

    municipality = models.ForeignKey("eligibility.Municipality", models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="month_reports")
    month = models.DateField("月")  # its first day
    number = models.PositiveSmallIntegerField("番号")  # 第3号: of this facility under this municipality
    status = FSMField(default=Status.DRAFT, choices=Status, protected=True)
    revision = models.PositiveSmallIntegerField(default=0)  # how often it was sent
    price = models.IntegerField("委託料", null=True)
    collected = models.IntegerField("お支払い額", null=True)  # from mothers, at the facility
    public_share = models.IntegerField("市の負担", null=True)  # what is claimed: price − collected
    snapshot = models.JSONField(default=dict)
    report_file = models.CharField(max_length=120, blank=True)  # 実績報告書; empty until a worker has made it
    claim_file = models.CharField(max_length=120, blank=True)  # 委託料請求書
    report_sha256 = models.CharField(max_length=64, blank=True)
    claim_sha256 = models.CharField(max_length=64, blank=True)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answer = models.CharField("市への返事", max_length=200, blank=True)  # to a return, sent with the next revision
    looked_at = models.DateTimeField(null=True)  # when the centre first opened this revision
    returned_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    return_reason = models.CharField("差し戻しの理由", max_length=400, blank=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    paid_on = models.DateField("支払った日", null=True)
    paid_at = models.DateTimeField(null=True)  # when that was recorded
    paid_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    erased_at = models.DateTimeField("消去した日時", null=True)  # its papers and the names in its lines

    objects: ClassVar[models.Manager[Self]] = ScopedManager(municipality="municipality_id", facility="facility_id")

    class Meta:
        ordering = ["-month", "municipality", "facility"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "facility", "month"],
                name="one_month_report_per_municipality_facility_and_month",
                violation_error_message="この月の請求は、もう作られています。",
            ),
            models.UniqueConstraint(
                fields=["municipality", "facility", "number"],
                name="one_month_report_per_number",
                violation_error_message="この番号は、別の月の請求に使われています。",
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="month_report_is_of_a_whole_month",
                violation_error_message="月は、その月の1日で表します。",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "returned"])
                | Q(
                    submitted_at__isnull=False,
                    price__isnull=False,
                    collected__isnull=False,
                    public_share__isnull=False,
                ),
                name="closed_month_has_its_totals",
                violation_error_message="送った請求には、送った日時と合計が必要です。",
            ),
            models.CheckConstraint(
                condition=~Q(status="returned") | (Q(returned_at__isnull=False) & ~Q(return_reason="")),
                name="returned_month_says_why",
                violation_error_message="差し戻しの理由を書いてください。施設に伝えます。",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["accepted", "paid"]) | Q(accepted_at__isnull=False),
                name="accepted_month_says_when",
                violation_error_message="確認した日時が必要です。",
            ),
            models.CheckConstraint(
                condition=~Q(status="paid") | Q(paid_at__isnull=False, paid_on__isnull=False),
                name="paid_month_says_when",
                violation_error_message="支払った日が必要です。",
            ),
        ]

    def __str__(self) -> str:
        return f"月の請求{self.pk}"

    @property
    def status_label(self) -> str:
        return self.Status(self.status).label

    @property
    def month_label(self) -> str:
        """令和8年3月分"""
        return f"{wareki.month(self.month)}分"

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN

    @transition(
        status,
        source=[Status.DRAFT, Status.RETURNED],
        target=Status.SUBMITTED,
        permission="facilities.close_month",
        custom={"label": "市に送る"},
    )
    def submit(self) -> None:
        """The facility claims the month; its lines are frozen."""

    @transition(
        status,
        source=Status.SUBMITTED,
        target=Status.DRAFT,
        permission="facilities.close_month",
        custom={"label": "取り下げる"},
    )
    def withdraw(self) -> None:
        """The facility takes it back before the centre has looked at it."""

    @transition(
        status,
        source=Status.SUBMITTED,
        target=Status.RETURNED,
        permission="facilities.check_month",
        custom={"label": "差し戻す", "needs_reason": True},
    )
    def send_back(self) -> None:
        """The centre wants it otherwise; the facility sends it again."""

    @transition(
        status,
        source=Status.SUBMITTED,
        target=Status.ACCEPTED,
        permission="facilities.check_month",
        custom={"label": "確認した"},
    )
    def accept(self) -> None:
        """The centre agrees; the month is settled."""

    @transition(
        status,
        source=Status.ACCEPTED,
        target=Status.SUBMITTED,
        permission="facilities.check_month",
        custom={"label": "確認を取り消す"},
    )
    def reopen(self) -> None:
        """The centre takes its word back, as long as no list pays the month and no later month corrects it."""

    @transition(
        status,
        source=Status.ACCEPTED,
        target=Status.PAID,
        permission="facilities.pay_month",
        custom={"label": "支払った"},
    )
    def pay(self) -> None:
        """The municipality has paid what was claimed."""


class MonthLine(models.Model):
    """One booking in one month's claim, frozen with it. Amounts are whole yen; differences, with sign, where it
    corrects an earlier line.

    `price`: what the contract pays for it; `collected`: what the mother paid there; `public_share`: the rest, which is
    claimed; all NULL where the contract says nothing, and nothing is claimed. `recorded`: whether what was collected is
    on record; if not, it is what was to be collected.
    """

    class Kind(models.TextChoices):
        USE = "use", "利用"
        LATE_CANCEL = "late_cancel", "期限後の取り消し"
        NO_SHOW = "no_show", "来所なし"
        CORRECTION = "correction", "前の月の訂正"

    report = models.ForeignKey(MonthReport, models.PROTECT, related_name="lines")
    municipality = models.ForeignKey("eligibility.Municipality", models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    booking = models.ForeignKey(Booking, models.PROTECT, related_name="month_lines")
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    service = models.CharField(max_length=30)
    label = models.CharField("サービス", max_length=60)  # the service, as the programme named it
    guest = models.CharField("氏名", max_length=120)  # as it stands on the paper
    first_day = models.DateField()
    last_day = models.DateField()
    units_text = models.CharField("長さ", max_length=30)  # 2泊3日
    price = models.IntegerField("委託料", null=True)
    collected = models.IntegerField("お支払い額", null=True)
    public_share = models.IntegerField("市の負担", null=True)
    recorded = models.BooleanField(default=False)
    note = models.CharField("備考", max_length=200, blank=True)

    objects: ClassVar[models.Manager[Self]] = ScopedManager(municipality="municipality_id", facility="facility_id")

    class Meta:
        ordering = ["report", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["booking"],
                condition=Q(corrects__isnull=True),
                name="booking_is_claimed_once",
                violation_error_message="この予約は、もう請求されています。",
            ),
            models.UniqueConstraint(
                fields=["report", "booking"],
                name="one_month_line_per_report_and_booking",
                violation_error_message="この予約は、この月の請求に、もう入っています。",
            ),
            models.CheckConstraint(
                condition=Q(kind="correction", corrects__isnull=False)
                | (~Q(kind="correction") & Q(corrects__isnull=True)),
                name="correction_names_the_line_it_corrects",
                violation_error_message="訂正には、もとの明細が必要です。",
            ),
            models.CheckConstraint(
                condition=Q(price__isnull=True, collected__isnull=True, public_share__isnull=True)
                | Q(public_share=F("price") - F("collected")),
                name="month_line_share_is_price_minus_collected",
                violation_error_message="市の負担は、委託料からお支払い額を引いた額です。",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=False) | Q(public_share__isnull=True) | Q(public_share__gte=0),
                name="month_line_claims_no_less_than_nothing",
                violation_error_message="お支払い額が、委託料より多くなっています。",
            ),
        ]

    def __str__(self) -> str:
        return f"明細{self.pk}"


class Payee(models.Model):
    """What a facility prints on its claims about itself, whatever the municipality: who signs, and the account."""

    class Account(models.TextChoices):
        ORDINARY = "ordinary", "普通"
        CURRENT = "current", "当座"

    facility = models.OneToOneField(Facility, models.PROTECT, related_name="payee")
    representative = models.CharField("代表者の職と氏名", max_length=80, blank=True)
    bank = models.CharField("金融機関", max_length=40, blank=True)
    branch = models.CharField("支店", max_length=40, blank=True)
    account = models.CharField("種類", max_length=10, choices=Account, blank=True)
    account_number = models.CharField(
        "口座番号", max_length=7, blank=True, validators=[RegexValidator(r"^[0-9]{7}\Z", "口座番号は、数字7けたです。")]
    )
    holder = models.CharField("口座名義(カナ)", max_length=80, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Self]] = ScopedManager(facility="facility_id")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(bank="", branch="", account="", account_number="", holder="")
                | ~(Q(bank="") | Q(branch="") | Q(account="") | Q(account_number="") | Q(holder="")),
                name="payee_account_is_whole_or_absent",
                violation_error_message="振込先は、金融機関、支店、種類、口座番号、口座名義をすべて書くか、すべて空けてください。",
            )
        ]

    def __str__(self) -> str:
        return f"振込先{self.pk}"
