"""Which mails somebody may switch off. Decisions, receipts, money, papers asked for and sign-in are official."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Group(models.TextChoices):
    """Mails that are switched off together; official ones never are."""

    OFFICIAL = "official", _("大切な知らせ")
    BOOKING = "booking", _("予約の知らせ")
    WAITING = "waiting", _("空きの知らせ")
    DEADLINE = "deadline", _("期限の知らせ")
    DRAFT = "draft", _("書きかけの知らせ")
    MESSAGE = "message", _("メッセージの知らせ")
    PAPER = "paper", _("書類と届け出の知らせ")
    STAFF = "staff", _("仕事の知らせ")


NOTES: Mapping[str, Any] = {
    Group.BOOKING: _("申しこみを受けた、決まった、お受けできない、日が変わった、あす利用する"),
    Group.WAITING: _("待っている日に空きが出た、順番が移った"),
    Group.DEADLINE: _("取り消しの期限や、使える期限が近づいた"),
    Group.DRAFT: _("申請を書きはじめて、まだ出していない"),
    Group.MESSAGE: _("センターから返事が来た"),
    Group.PAPER: _("書類や届け出がまだ届いていない、新しい証明書が要る"),
    Group.STAFF: _("返事を待っている依頼や、すすめる申請がある"),
}
"""What the mails of a group tell, for each that may be switched off."""

KINDS: Mapping[str, Group] = {
    "account/account_already_exists": Group.OFFICIAL,
    "account/email_confirmation": Group.OFFICIAL,
    "account/email_confirmation_signup": Group.OFFICIAL,
    "account/login_code": Group.OFFICIAL,
    "account/unknown_account": Group.OFFICIAL,
    "after_due_date": Group.PAPER,
    "account_offered": Group.OFFICIAL,
    "age_settled": Group.OFFICIAL,
    "answers_owed": Group.STAFF,
    "application_received": Group.OFFICIAL,
    "application_resubmitted": Group.OFFICIAL,
    "application_withdrawn": Group.OFFICIAL,
    "booking_cancelled": Group.OFFICIAL,
    "booking_confirmed": Group.BOOKING,
    "booking_decided": Group.OFFICIAL,
    "booking_declined": Group.BOOKING,
    "booking_expired": Group.BOOKING,
    "booking_extended": Group.BOOKING,
    "booking_left": Group.OFFICIAL,
    "booking_move_accepted": Group.BOOKING,
    "booking_move_asked": Group.BOOKING,
    "booking_move_declined": Group.BOOKING,
    "booking_move_expired": Group.BOOKING,
    "booking_no_show": Group.OFFICIAL,
    "booking_outside": Group.OFFICIAL,
    "booking_record_undone": Group.OFFICIAL,
    "booking_reminder": Group.DEADLINE,
    "booking_requested": Group.BOOKING,
    "booking_suggested": Group.BOOKING,
    "booking_suggestions_lapsed": Group.BOOKING,
    "booking_revoked": Group.OFFICIAL,
    "booking_revoked_desk": Group.STAFF,
    "bookings_repriced": Group.OFFICIAL,
    "certificate_accepted": Group.OFFICIAL,
    "certificate_due": Group.PAPER,
    "certificate_refused": Group.OFFICIAL,
    "change_received": Group.OFFICIAL,
    "contact_corrected": Group.OFFICIAL,
    "correction_asked": Group.OFFICIAL,
    "correction_dropped": Group.OFFICIAL,
    "decision_ready": Group.OFFICIAL,
    "draft_waiting": Group.DRAFT,
    "fee_asked_again": Group.OFFICIAL,
    "fee_waived": Group.OFFICIAL,
    "message_received": Group.MESSAGE,
    "month_missing": Group.STAFF,
    "month_returned": Group.STAFF,
    "morning_list": Group.STAFF,
    "papers_missing": Group.PAPER,
    "preparation_asked": Group.STAFF,
    "preparation_cancelled": Group.BOOKING,
    "preparation_planned": Group.BOOKING,
    "proxy_asked": Group.OFFICIAL,
    "rectified": Group.OFFICIAL,
    "second_factor_reset": Group.OFFICIAL,
    "sounding_asked": Group.STAFF,
    "sounding_chosen": Group.STAFF,
    "sounding_closed": Group.STAFF,
    "staff_invited": Group.OFFICIAL,
    "suggestions_answered": Group.STAFF,
    "units_unused": Group.DEADLINE,
    "use_tomorrow": Group.BOOKING,
    "waiting_lapsed": Group.WAITING,
    "waiting_offered": Group.WAITING,
    "waiting_over": Group.WAITING,
    "visit_hour_changed": Group.BOOKING,
    "window_opened": Group.OFFICIAL,  # asked for by herself, once; its own page takes it back
    "wish_received": Group.BOOKING,
    "wish_turned_down": Group.BOOKING,
}


def group_of(kind: str) -> Group:
    """What stands in no row goes out."""
    return KINDS.get(kind, Group.OFFICIAL)
