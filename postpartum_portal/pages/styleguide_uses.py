"""Invented coupons, codes, waits, messages, facilities for the styleguide; names and addresses as long as they get."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import QueryDict

from eligibility.engine import Deadline, Source
from postpartum_portal.shared import wareki
from postpartum_portal.shared.forms import ChoiceCards, DadsForm, DateBoxesField
from postpartum_portal.shared.qr import qr_of

LONG_NAME = "マリア クリスティーナ 長谷川 ファン デル メール"
LONG_FACILITY = "医療法人社団見本会 見本レディースクリニック附属 産後ケアセンター小平花小金井分院"
LONG_ADDRESS = (
    "東京都小平市花小金井南町1丁目26番地の38 "
    "見本ショッピングプラザ花小金井駅前ビルディング東館 地下1階 産後ケアフロア 総合受付 右手奥"
)
OFFICE_HOURS = "平日の9時から17時までに電話してください。"
CHANGES = [
    {"label": "電話番号", "before": "090-1234-5678", "after": "080-8765-4321"},
    {"label": "住所", "before": "小平市学園東町1-19-12", "after": LONG_ADDRESS},
    {"label": "里帰り先", "before": "", "after": "小平市喜平町2-3"},
]


class SoughtForm(DadsForm):
    """Two of the questions that narrow a list of facilities."""

    show_need = False

    service = forms.ChoiceField(
        label="使いたいもの",
        choices=[("", "どれでも"), ("stay", "宿泊型"), ("day", "日帰り型")],
        required=False,
        widget=ChoiceCards(layout="three"),
    )
    day = DateBoxesField(label="使いたい日", required=False)


def context(now: datetime) -> dict[str, Any]:
    """What templates/styleguide/uses.html draws."""
    return {
        "coupon": SimpleNamespace(grouped="9617 8852 6510"),
        "qr": qr_of("https://portal.example/facility/coupons/961788526510/"),
        "long_name": LONG_NAME,
        "held": _held(now),
        "now": now,
        "unpublished": Deadline(None, False, "", Source("", "")),
        "waiting": [_waiting(now, pk, ahead) for pk, ahead in enumerate((None, 0, 3))],
        "thread": _thread(now),
        "cancelled": [_cancelled(now, late=False), _cancelled(now, late=True)],
        "changes": CHANGES,
        "sought": _sought(),
        "documents": [_document("非課税証明書.jpg", 1), _document(f"{LONG_NAME}の世帯全員分の証明書.pdf", 3)],
        "ahead": SimpleNamespace(on=now.date()),
    }


def _held(now: datetime) -> SimpleNamespace:
    until = now + timedelta(minutes=14)
    hold = SimpleNamespace(spoken="418-562", municipality=SimpleNamespace(name="岡山市"))
    return SimpleNamespace(hold=hold, at=until, inclusive=True, wording=f"{wareki.moment(until)} まで")


def _waiting(now: datetime, pk: int, ahead: int | None) -> SimpleNamespace:
    """Offered to her where nobody is counted before her; else how many are."""
    offered = ahead is None
    until = now + timedelta(hours=20)
    row = SimpleNamespace(
        pk=pk,
        status_label="空きが出ました" if offered else "待っています",
        facility=SimpleNamespace(name=LONG_FACILITY if offered else "見本助産院"),
    )
    return SimpleNamespace(
        waiting=row,
        service=SimpleNamespace(label="宿泊型", short_label="宿泊"),
        when="12月24日(木)〜26日(土)",
        length="2泊3日",
        ahead=ahead,
        offered=offered,
        tone="ok" if offered else "",
        clock=SimpleNamespace(at=until, inclusive=False, wording=f"{wareki.moment(until)} より前"),
    )


def _thread(now: datetime) -> list[SimpleNamespace]:
    """Hers that was read, and an answer that is new."""
    asked = "母がしばらく手伝いに来ることになりました。\n日帰りを減らして、泊まりを1回にできますか。"
    answer = "ご連絡ありがとうございます。日帰り2日分を、1泊2日に替えて使えます。予約のページで日を選んでください。"
    earlier = now - timedelta(hours=26)
    return [
        SimpleNamespace(from_centre=False, text=asked, at=earlier, read_at=earlier + timedelta(hours=2)),
        SimpleNamespace(from_centre=True, text=answer, at=now - timedelta(hours=3), read_at=None),
    ]


def _cancelled(now: datetime, *, late: bool) -> dict[str, Any]:
    """The receipt of a cancellation in time, or past its deadline."""
    told = now - timedelta(minutes=5)
    receipt = SimpleNamespace(
        contact_at=told,
        recorded_at=told,
        who="あなたがこの画面で取り消しました。",
        counted="3日分" if late else "",
        fact="期限(3月10日(火) 16:00 より前)を過ぎていました。" if late else "期限までに取り消しました。",
        units_text="3日分を使ったことになりました。" if late else "3日分が戻りました。",
        money_text="お金はかかりません。",
        decision=None,
        left_open=False,
    )
    status = "cancelled_late" if late else "cancelled"
    booking = SimpleNamespace(status=status, contact_at=told, number="5156-1162-3910")
    return {"booking": booking, "card": SimpleNamespace(counted_in="日数"), "receipt": receipt}


def _document(name: str, pages: int) -> SimpleNamespace:
    return SimpleNamespace(pk=1, original_name=name, pages=range(1, pages + 1), is_pdf=pages > 1)


def _sought() -> SimpleNamespace:
    """A narrowed list: one facility that fits, two with the reason why not."""
    reasons = {"見本助産院": ["12月24日(木)は休みです。"], LONG_FACILITY: ["生後3か月まで。その日は生後4か月です。"]}
    closed = [
        SimpleNamespace(listed=SimpleNamespace(facility=SimpleNamespace(name=name)), reasons=told)
        for name, told in reasons.items()
    ]
    return SimpleNamespace(
        form=SoughtForm(QueryDict("service=stay")),
        told="3か所の施設のうち、いまの条件で使えるのは1か所です。",
        chosen=["使いたいもの: 宿泊型", f"使いたい日: {wareki.full(date(2026, 12, 24))}"],
        contacts=[_contact()],
        closed=closed,
    )


def _contact() -> SimpleNamespace:
    facility = SimpleNamespace(
        code="mihon",
        name=LONG_FACILITY,
        address=LONG_ADDRESS,
        area="",
        message="",
        publishes_places=True,
        phones=["042-000-0001"],
        url="https://clinic.example/",
    )
    way = SimpleNamespace(phone="", email="yoyaku.sango-care.madoguchi@clinic.example", text=OFFICE_HOURS)
    stay = SimpleNamespace(label="宿泊型", price="1泊 5,000円", coming=[], ages="生後3か月まで")
    listed = SimpleNamespace(facility=facility, contract=SimpleNamespace(sample=True, note="", booking=way))
    return SimpleNamespace(listed=listed, services=[stay], takes=["双子も使えます"], notes=["きょうだいは電話で相談"])
