"""What it means that a booking did not take place, as it was recorded and, where no rule is published, decided."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eligibility import engine
from eligibility.public import Municipality
from facilities.models import Booking, OutcomeDecision
from postpartum_portal.shared.models import Event

from .corrections import Correction, corrections_of
from .guests import with_rows
from .stored import StoredLine, owed_of
from .uses import amount_of, counted_in, terms_of
from .versions import versions_of

BY_HER = gettext_lazy("ご本人が、このサイトで連絡しました。")
BY_STAFF = gettext_lazy("連絡を、施設かセンターが記録しました。")  # written before the log said which
BY_CENTRE = gettext_lazy("連絡を、センターが記録しました。")
CORRECTED = "booking.contact_corrected"
HER, FACILITY, CENTRE = "citizen", "facility", "centre"
"""Who wrote a cancellation down, as its event keeps it."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A cancellation or a no-show, the same for both sides.

    `contact_at` is when she told somebody, `recorded_at` when it was typed in; `counted` and `returned`: 3日分, "".
    `who`: how the contact came, "" for a no-show. `payee`: whom what is owed is paid to, "" where nothing is.
    `counted_in`: 日数, 回数.
    `left_open`: whether no rule is published for it; `decisions` is then what staff decided, the last one first;
    `taken`: all that the booking took, which may come to count. `corrections`: of `contact_at`, the last one first.
    """

    contact_at: dt.datetime | None
    recorded_at: dt.datetime
    counted: str
    returned: str
    counted_in: str
    fact: str
    lines: tuple[StoredLine, ...]
    total: engine.Amount
    money_text: str
    sentence: str
    who: str = ""
    payee: str = ""
    left_open: bool = False
    decisions: tuple[OutcomeDecision, ...] = ()
    taken: str = ""
    corrections: tuple[Correction, ...] = ()

    @property
    def units_text(self) -> str:
        """What became of her units, as she is told it; "" for what had taken none."""
        if not self.counted:
            return _("%(counted_in)sは戻りました。") % {"counted_in": self.counted_in} if self.returned else ""
        rest = _("%(returned)sは戻りました。") % {"returned": self.returned} if self.returned else ""
        return _("%(counted)sを、使った%(counted_in)sに数えました。%(rest)s") % {
            "counted": self.counted,
            "counted_in": self.counted_in,
            "rest": rest,
        }

    @property
    def decision(self) -> OutcomeDecision | None:
        """The one that holds."""
        return self.decisions[0] if self.decisions else None


def receipt_of(booking: Booking) -> Receipt | None:
    """The receipt of a cancellation or a no-show; None for any other booking."""
    kept = booking.consequence
    if not kept or booking.closed_at is None:
        return None
    owed, terms = owed_of(booking), terms_of(booking)
    return Receipt(
        contact_at=booking.contact_at,
        recorded_at=booking.closed_at,
        counted=amount_of(kept["counted"], booking.service, terms),
        returned=amount_of(kept["returned"], booking.service, terms),
        counted_in=counted_in(terms.service(booking.service), terms),
        fact=kept["fact"],
        lines=owed.lines,
        total=owed.total,
        money_text=kept["money_text"],
        sentence=kept["source"],
        who=_who(booking) if booking.contact_at else "",
        payee=booking.facility.name if owed.total != 0 else "",
        left_open=is_left_open(booking),
        decisions=decisions_of(booking) if is_left_open(booking) else (),
        taken=amount_of(booking.units, booking.service, terms),
        corrections=corrections_of(booking),
    )


def _who(booking: Booking) -> str:
    """Read from the log: a cancellation keeps the instant of the contact, its event who recorded it."""
    written = ("booking.cancelled", CORRECTED)
    found = Event.objects.filter(verb__in=written, subject_kind="booking", subject_id=booking.pk)
    event = found.order_by("-at", "-pk").first()
    if event and event.actor_id is not None and event.actor_id == booking.citizen_id:
        return str(BY_HER)
    side = event.data.get("side") if event else None
    if side == FACILITY:
        return _("連絡を、%(facility)sが記録しました。") % {"facility": booking.facility.name}
    return str(BY_CENTRE if side == CENTRE else BY_STAFF)


def is_left_open(booking: Booking) -> bool:
    """Whether the programme published no rule for what became of it, so that staff may decide."""
    return "open" in booking.consequence


def open_outcomes() -> QuerySet[Booking]:
    """Bookings in scope of whose outcome staff may decide, the latest first; `decided`: whether they have."""
    closed = Booking.objects.filter(status__in=set(Booking.Status) - Booking.LIVE, consequence__has_key="open")
    decided = Exists(OutcomeDecision.objects.filter(booking=OuterRef("pk")))
    return with_rows(closed).annotate(decided=decided).order_by("-closed_at", "-pk")


def leaves_outcomes_open(municipality: Municipality) -> bool:
    """Whether the programme has, or had, a service without a published rule for cancelling, or one was left open."""
    versions = versions_of(municipality)
    unpublished = any(service.cancellation.unpublished for terms in versions.terms for service in terms.services)
    return unpublished or open_outcomes().exists()


def decisions_of(booking: Booking) -> tuple[OutcomeDecision, ...]:
    """The last one first."""
    rows = OutcomeDecision.objects.filter(booking=booking).select_related("by")
    return tuple(rows.order_by("-number"))
