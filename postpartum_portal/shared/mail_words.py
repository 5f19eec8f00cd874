"""A municipality's own words in mails to mothers: the subject, and sentences before and after what the portal says.

Facts, days, amounts and links stay the template's, so that no mail can say something wrong of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

TITLES: Mapping[str, str] = {
    "application_received": "申請を受け付けた",
    "application_resubmitted": "直した申請を受け付けた",
    "application_withdrawn": "申請を取り下げた",
    "correction_asked": "申請を直してほしい",
    "correction_dropped": "申請を直さなくてよくなった",
    "decision_ready": "手紙が届いた",
    "message_received": "メッセージに返事が来た",
    "papers_missing": "書類がまだ届いていない",
    "certificate_due": "新しい年度の証明書が要る",
    "certificate_accepted": "証明書を確認した",
    "certificate_refused": "証明書を出しなおしてほしい",
    "change_received": "変更届を受け取った",
    "rectified": "記録を直した",
    "age_settled": "届け出た日を確認した",
    "after_due_date": "届け出がまだの方に",
    "draft_waiting": "申請が書きかけのまま",
    "window_opened": "申請できるようになった",
    "proxy_asked": "代わりに書かれた申請を確かめてほしい",
    "account_offered": "紙の申請をマイページで見られる",
    "wish_received": "日程の希望を受け取った",
    "wish_turned_down": "日程の希望をお受けできない",
    "preparation_planned": "事前訪問の日が決まった",
    "preparation_cancelled": "事前訪問を取りやめた",
    "booking_requested": "予約の申しこみを受け付けた",
    "booking_confirmed": "予約が決まった",
    "booking_declined": "予約をお受けできない",
    "booking_suggested": "施設からほかの日の提案がある",
    "booking_suggestions_lapsed": "提案された日を選ぶ時間がすぎた",
    "booking_expired": "予約の申しこみを閉じた",
    "booking_reminder": "取り消しの期限が近い",
    "use_tomorrow": "あす利用する",
    "booking_cancelled": "予約の取り消しの控え",
    "booking_revoked": "市が予約を取り消した",
    "booking_decided": "取り消しなどの扱いが決まった",
    "contact_corrected": "取り消しの連絡の日時を直した",
    "booking_no_show": "利用がなかった日のお知らせ",
    "booking_record_undone": "利用がなかった日の記録を取り消した",
    "fee_waived": "取り消しの料金を受け取らない",
    "fee_asked_again": "取り消しの料金を、やはり受け取る",
    "booking_outside": "予約の日が使える期間の外になった",
    "booking_left": "利用が早く終わった",
    "booking_extended": "利用の日がのびた",
    "booking_move_asked": "日の変更の申しこみを受け付けた",
    "booking_move_accepted": "予約の日を変えた",
    "visit_hour_changed": "訪問の時刻が変わった",
    "booking_move_declined": "日の変更をお受けできない",
    "booking_move_expired": "日の変更の申しこみを閉じた",
    "bookings_repriced": "予約の料金か期限が変わる",
    "units_unused": "使える分が残っている",
    "waiting_offered": "空きが出た",
    "waiting_lapsed": "空きが次の人に移った",
    "waiting_over": "空きを待つのが終わった",
}
"""The kinds of mail that have room for own words, as the office calls them, in about the order of a case."""

PLACES = ("{市の名前}", "{窓口}", "{電話}")
"""What the portal fills in, and nothing else."""


@dataclass(frozen=True, slots=True)
class OwnWords:
    """Each "" for the portal's own."""

    subject: str = ""
    opening: str = ""
    closing: str = ""


def own_words(municipality: Any, kind: str) -> OwnWords:
    """What a municipality wants said; nothing for a kind that has no room for it, and for None."""
    if municipality is None or kind not in TITLES:
        return OwnWords()
    return OwnWords(**municipality.mail_words.get(kind, {}))


def reworded(subject: str, text: str, words: OwnWords, municipality: Any) -> tuple[str, str]:
    """Subject and text of a mail with these words in their places; the last sentences stand before the signature."""
    before, gap, signature = text.rpartition("\n\n")
    if not gap or signature.count("\n") or signature.strip() not in _signatures(municipality):
        before, signature = text, ""
    parts = (_filled(words.opening, municipality), before, _filled(words.closing, municipality), signature)
    return _filled(words.subject, municipality) or subject, "\n\n".join(part for part in parts if part)


def _signatures(municipality: Any) -> tuple[str, ...]:
    return ("産後ケアポータル", f"{municipality.name} 産後ケア") if municipality else ()


def _filled(words: str, municipality: Any) -> str:
    if not words:
        return ""
    told = (municipality.name, municipality.office.get("name", ""), municipality.office.get("phone", ""))
    for place, value in zip(PLACES, told, strict=True):
        words = words.replace(place, value)
    return words
