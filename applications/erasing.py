"""What becomes of this app's rows when a record's time is over. The order is that of the rules: readers go first."""

import datetime as dt
from typing import Any

from eligibility.engine import Record
from postpartum_portal.shared.erasing import Rule, erases, otherwise

from .models import (
    AccountOffer,
    AddressOpening,
    Amendment,
    Application,
    ApprovalImport,
    CarriedOver,
    CaseNote,
    ChangeNotice,
    Correction,
    Coupon,
    CouponReturn,
    Decision,
    Document,
    Entitlement,
    Erasure,
    Grant,
    Hearing,
    HearingEntry,
    Household,
    HouseholdClass,
    ImportedApproval,
    LedgerEntry,
    Letter,
    Loss,
    Message,
    NumberSeries,
    OfficialCheck,
    PhoneCall,
    Pool,
    PrintedLetter,
    PrintRun,
    Proxy,
    Rectification,
    Revocation,
    SavedView,
    WindowNotice,
)

BY_BIRTH, BY_APPLICATION = "birth__household", "application__birth__household"
BY_ENTITLEMENT, BY_DECISION = "entitlement__birth__household", "decision__application__birth__household"
NOBODYS_DAY = dt.date(1900, 1, 1)
COUNTED = "数字と台帳が数える単位・区分・コード"
NUMBER = "番号は欠番にしない"


def _findings(decision: Decision) -> list[dict[str, Any]]:
    """What a refusal rested on is counted by its code; what the facts said goes."""
    return [{**finding, "fact": ""} for finding in decision.findings]


def files_of(document: Document) -> list[str]:
    """Also the name of a picture's original, which was never there: deleting it is no error."""
    return [*map(document.page_path, document.pages), document.original_path]


def _granted(decision: Decision) -> dict[str, Any]:
    return decision.granted and {**decision.granted, "extension_reason": ""}


def _removed(record: Record, way: str, *models: Any) -> None:
    erases(*(Rule(model=model, record=record, way=way, removed=True) for model in models))


erases(
    Rule(
        model=Document,
        record=Record.DOCUMENT,
        way=BY_APPLICATION,
        removed=True,
        files=files_of,
    )
)
_removed(Record.SCREENING, "hearing__application__birth__household", HearingEntry)
_removed(Record.SCREENING, BY_APPLICATION, Hearing, PhoneCall, CaseNote)
_removed(Record.SCREENING, "household", OfficialCheck)
_removed(Record.MESSAGE, "household", Message)
erases(
    Rule(
        model=Letter,
        record=Record.LETTER,
        way="household",
        emptied=("snapshot", "void_reason"),
        replaced={"storage_name": lambda _: "", "sha256": lambda _: ""},
        kept={"series": NUMBER, "label": NUMBER, "title": "通知書の名前だけ"},
        files=lambda letter: [letter.storage_name] if letter.storage_name else [],
    ),
    Rule(model=PrintedLetter, record=Record.LETTER, way="letter__household", emptied=("problem",)),
    Rule(
        model=Amendment,
        record=Record.LETTER,
        way=BY_DECISION,
        emptied=("stands", "reason"),
        kept={"granted": COUNTED},
    ),
    Rule(model=Loss, record=Record.LETTER, way=BY_BIRTH, emptied=("kept",)),
)
_removed(Record.APPLICATION, BY_APPLICATION, Correction, Rectification, Proxy)
_removed(Record.APPLICATION, "household", AccountOffer, ChangeNotice, AddressOpening)
_removed(Record.APPLICATION, BY_BIRTH, Loss)
_removed(Record.APPLICATION, BY_ENTITLEMENT, Coupon)
erases(
    Rule(model=Revocation, record=Record.APPLICATION, way=BY_DECISION, emptied=("reason",)),
    Rule(
        model=Decision,
        record=Record.APPLICATION,
        way=BY_APPLICATION,
        emptied=("facts", "reason"),
        replaced={"findings": _findings, "granted": _granted},
    ),
    Rule(model=ImportedApproval, record=Record.APPLICATION, way=BY_APPLICATION, emptied=("old_number", "email")),
    Rule(
        model=Application,
        record=Record.APPLICATION,
        way=BY_BIRTH,
        emptied=("answers",),
        kept={"number": NUMBER},
    ),
    Rule(
        model=CarriedOver,
        record=Record.APPLICATION,
        way=BY_ENTITLEMENT,
        emptied=("note",),
        kept={"units": COUNTED, "reductions": COUNTED},
    ),
    Rule(model=CouponReturn, record=Record.APPLICATION, way=BY_ENTITLEMENT, kept={"units": COUNTED}),
    Rule(
        model=LedgerEntry,
        record=Record.APPLICATION,
        way="pool__entitlement__birth__household",
        kept={"reason": "コードだけ", "booking_number": NUMBER},
    ),
    Rule(model=Pool, record=Record.APPLICATION, way=BY_ENTITLEMENT, kept={"code": COUNTED}),
    Rule(model=Grant, record=Record.APPLICATION, way=BY_ENTITLEMENT, kept={"services": COUNTED, "limits": COUNTED}),
    Rule(model=Entitlement, record=Record.APPLICATION, way=BY_BIRTH, kept={"reductions_used": COUNTED}),
    Rule(model=HouseholdClass, record=Record.APPLICATION, way="household", kept={"code": COUNTED, "proof": COUNTED}),
    Rule(
        model=Household,
        record=Record.APPLICATION,
        way="pk",
        emptied=(
            *("name", "kana", "postcode", "address", "phone"),
            *("emergency_name", "emergency_relation", "emergency_phone"),
        ),
        replaced={"office": lambda _: "", "protected_reason": lambda _: "", "protected_until": lambda _: None}
        | {"birth_date": lambda _: NOBODYS_DAY},
        kept=dict.fromkeys(Household.KEYS, "ほかの列から、データベースが作る"),
    ),
)
otherwise("送る前の下書き・お知らせの希望・代理は、運用の設定の日数で消す", WindowNotice)
otherwise("取りこむ前のファイルは、運用の設定の日数で消す", ApprovalImport)
otherwise("番号だけ", NumberSeries)
otherwise("まとめたファイルは1日で消す", PrintRun)
otherwise("職員の画面の好み", SavedView)
otherwise("消去そのものの記録", Erasure)
