"""Months and payment lists as the joined pages write them into files; in the scope of one municipality."""

from django.db.models import Case, CharField, F, QuerySet, Value, When

from facilities.models import Booking, MonthLine, MonthReport, PaymentEntry, PaymentList


def checked_month(pk: int) -> MonthReport | None:
    """A month that was sent, with its facility."""
    sent = MonthReport.objects.exclude(status=MonthReport.Status.DRAFT).select_related("facility")
    return sent.filter(pk=pk).first()


def lines_as_bookings(report: int) -> QuerySet[Booking]:
    """The bookings of a month in the order of its lines, each with what its line says."""
    kinds = [When(month_lines__kind=kind, then=Value(str(kind.label))) for kind in MonthLine.Kind]
    rows = Booking.objects.filter(month_lines__report=report).annotate(
        order=F("month_lines__order"),
        guest=F("month_lines__guest"),
        label=F("month_lines__label"),
        line_kind_label=Case(*kinds, output_field=CharField()),
        line_price=F("month_lines__price"),
        line_collected=F("month_lines__collected"),
        line_public_share=F("month_lines__public_share"),
    )
    return rows.order_by("order")


def payment_list(pk: int) -> PaymentList | None:
    return PaymentList.objects.filter(pk=pk).first()


def payment_entries(pk: int) -> QuerySet[PaymentEntry]:
    rows = PaymentEntry.objects.filter(payment_list=pk).select_related("facility", "report")
    return rows.order_by("order")
