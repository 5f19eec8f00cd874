"""Known-good answers to the forms of the world: what a POST of an address needs so that its deed is done.

`DEEDS`: address → fields, "@name" for an object. `OF`: address → argument → the object whose state suits the
deed, where that is not the table's.
"""

from collections.abc import Mapping
from typing import Any

TOKEN = "t" * 20
FULL = {"limit_stay_and_day": "7", "limit_stay": "6", "limit_stay_nights": "5", "limit_day": "5", "limit_midwife": "2"}


def day(name: str, month: int, date: int) -> dict[str, str]:
    """The three boxes of a day of 2026."""
    return {f"{name}_year": "2026", f"{name}_month": str(month), f"{name}_day": str(date)}


_CASE: dict[str, Mapping[str, Any]] = {
    "told-birth/": {**day("born_on", 10, 20), "children": "1", "who": "self", **day("told_on", 11, 19)},
    "told-withdrawal/": {"who": "self", **day("told_on", 11, 19)},
    "take-on/": {},
    "return/": {"mark_person": ["phone"], "message": "電話番号を確かめてください。"},
    "return/back/": {},
    "call/": {"note": "留守でした", "known": "0"},
    "note/": {"text": "電話は夕方に"},
    "check/": {"kind": "residence", "result": "confirmed", "seen": "住民票"},
    "used-before/": {"after": "0", "units_day": "1", **day("used_by", 11, 1), "reason": "on_paper"},
    "decide/": {
        "outcome": "approve",
        "services": ["short_stay", "day_service", "midwife_visit", "supporter_visit"],
        **FULL,
        "limit_supporter": "5",
        "class_code": "general",
    },
    "revoke/": {
        "reason": "小平市から転出したことを住民票で確かめました。要綱第3条に当たりません。",
        **day("effective_on", 12, 1),
    },
    "change/": {"notice": "@notice"},
    "message/": {"text": "お電話します。", "token": TOKEN, "seen": "0"},
    "loss/": {**day("ended_on", 11, 10), "heard": "on"},
    "protection/": {"act": "protect", "reason": "支援措置の申出", **day("until", 12, 31)},
}
_CENTRE: dict[str, Mapping[str, Any]] = {
    "amendments/<int:pk>/": {},
    "letters/<int:pk>/entry/": {"act": "void", "reason": "封筒を破った"},
    "losses/<int:pk>/settle/": {},
    "months/<int:pk>/accept/": {"revision": "1"},
    "months/<int:pk>/return/": {"revision": "1", "reason": "日数がちがいます"},
    "months/<int:pk>/reopen/": {"revision": "1", "reason": "日数がちがいます"},
    "office/facility-staff/<int:pk>/reset/": {"who": "@colleague", "reason": "電話をなくしたため"},
    "office/staff/<int:pk>/": {"act": "reset", "reason": "電話をなくしたため"},
    "office/staff/invite/": {"email": "nakama@example.jp", "display_name": "仲間", "role": "centre"},
    "outcomes/<slug:number>/": {"money": "none", "reason": "災害のため", "decide": "1"},
    "payments/<int:pk>/paid/": day("paid_on", 11, 20),
    "payments/<int:pk>/void/": {"reason": "口座の誤り"},
    "preparations/<int:pk>/": {"act": "done", "agreed": "水曜の午後"},
    "programme/drafts/<int:pk>/discard/": {},
    "programme/drafts/<int:pk>/publish/": day("effective_from", 12, 1),
    "programme/drafts/<int:pk>/replay/": {},
    "soundings/<int:pk>/withdraw/": {},
    "wishes/<int:pk>/": {"offering": "@offering", **day("day", 12, 10), "arrival": "10:00:00", "token": TOKEN},
    "wishes/<int:pk>/turn-down/": {"reason": "訪問できる人がいません"},
    "contracts/<slug:code>/end/": day("ends_on", 12, 31),
    "numbers/exports/": {"sheet": "applications", "form": "csv", "purpose": "県への報告に使います"},
}
_MOTHER: dict[str, Mapping[str, Any]] = {
    "birth/": {**day("born_on", 10, 20), "children": "1"},
    "loss/": {**day("ended_on", 11, 10), "wants_call": "no"},
    "changes/<str:kind>/": {"phone": "090-1111-2222", "token": TOKEN},
    "coupons/": {"lost": "@coupon"},
    "messages/": {"text": "相談があります", "token": TOKEN},
    "applications/<slug:number>/withdraw/": {},
    "book/<int:offering>/": {"days": "1", "day": "2026-12-11", "arrival": "10:00:00", "token": TOKEN},
    "bookings/<slug:number>/cancel/": {"shown": "in_time 0"},
    "bookings/<slug:number>/change/withdraw/": {},
    "bookings/<slug:number>/suggestions/<int:pk>/take/": {},
    "bookings/<slug:number>/suggestions/refuse/": {},
    "waiting/<int:pk>/withdraw/": {},
    "wishes/<int:pk>/withdraw/": {},
}
_FACILITY: dict[str, Mapping[str, Any]] = {
    "requests/<slug:number>/confirm/": {},
    "requests/<slug:number>/decline/": {"why": "full"},
    "bookings/<slug:number>/arrived/": {},
    "bookings/<slug:number>/absent/": {"shown": "no_show 0"},
    "bookings/<slug:number>/undo/": {},
    "bookings/<slug:number>/pay/": {"use": "500", "token": TOKEN},
    "bookings/<slug:number>/cancel/": {**day("day", 11, 20), "time": "8:30", "shown": "in_time 0"},
    "bookings/<slug:number>/care/": {"mother": "元気です", "child": "よく眠りました", "care": "乳房のケア"},
    "bookings/<slug:number>/receipts/<slug:receipt>/void/": {"reason": "打ちまちがい"},
    "bookings/<slug:number>/outcome/": {"money": "none", "reason": "災害のため", "decide": "1"},
    "moves/<slug:number>/accept/": {},
    "moves/<slug:number>/decline/": {"why": "full"},
    "soundings/<int:pk>/yes/": {"day": "2026-12-10"},
    "soundings/<int:pk>/no/": {"reason": "満室です"},
    "holds/<int:pk>/release/": {},
    "capacity/blocks/<int:pk>/release/": {},
    "owed/<slug:number>/waive/": {"reason": "災害のため"},
    "owed/<slug:number>/undo/": {},
    "settings/staff/invite/": {"email": "nakama@example.jp", "display_name": "仲間"},
    "settings/staff/<int:pk>/": {"act": "manage"},
}
DEEDS: Mapping[str, Mapping[str, Any]] = {
    **{f"/<slug:slug>/centre/cases/<slug:number>/{end}": said for end, said in _CASE.items()},
    **{f"/<slug:slug>/centre/{end}": said for end, said in _CENTRE.items()},
    **{f"/<slug:slug>/my/{end}": said for end, said in _MOTHER.items()},
    **{f"/facility/{end}": said for end, said in _FACILITY.items()},
}
OF: Mapping[str, Mapping[str, str]] = {
    "/<slug:slug>/centre/cases/<slug:number>/decide/": {"number": "recommended"},
    "/<slug:slug>/centre/cases/<slug:number>/take-on/": {"number": "recommended"},
    "/<slug:slug>/centre/cases/<slug:number>/call/": {"number": "recommended"},
    "/<slug:slug>/centre/cases/<slug:number>/return/": {"number": "recommended"},
    "/<slug:slug>/centre/cases/<slug:number>/return/back/": {"number": "returned"},
    "/<slug:slug>/centre/cases/<slug:number>/told-withdrawal/": {"number": "recommended"},
    "/<slug:slug>/my/applications/<slug:number>/withdraw/": {"number": "recommended"},
}
