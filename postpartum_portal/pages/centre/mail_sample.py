"""What a mail to nobody tells: invented facts for every template that a municipality may put own words around."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from eligibility.public import Municipality
from postpartum_portal.shared import wareki

NUMBER, BOOKING = "A26-0123", "B26-0123"
HOUR = dt.time(10)


def sample_of(municipality: Municipality, *, on: dt.date) -> dict[str, Any]:
    """One context for all of them; nobody's data, `on` gives the days."""
    day, moment = on + dt.timedelta(days=7), dt.datetime.combine(on, HOUR, wareki.TOKYO)
    said = wareki.short(day)
    return {
        "municipality": municipality,
        "number": NUMBER,
        "pk": 1,
        "relation": "助産師",
        "handed_over": False,
        "approved": False,
        "needed_from": day,
        "facility": SimpleNamespace(name="見本クリニック", phone="000-000-0000"),
        "booking": SimpleNamespace(
            number=BOOKING,
            first_day=day,
            last_day=day,
            arrival=HOUR,
            hours=None,
            wish_id=None,
            status="confirmed",
            contact_at=moment,
            decline_reason="見本の理由です。",
        ),
        "receipt": _receipt(moment, said),
        "fee": SimpleNamespace(left=1_000, paid=0),
        "reason": "見本の理由です。",
        "move": SimpleNamespace(old_arrival=dt.time(13)),
        "suggestions": (SimpleNamespace(first_day=day, last_day=day, arrival=HOUR, expires_at=moment),),
        "deadline": SimpleNamespace(at=moment, wording="見本の期限まで"),
        "visit": False,
        "fee_only": False,
        "too_late": False,
        "counted_in": "日数",
        "answerer": "施設",
        "host": "施設",
        "changes": (),
        "bring": ("持ち物の見本です。",),
        "cause": "見本のわけで",
        "prices": ("見本の予約の料金の文です。",),
        "deadlines": (),
        "due": SimpleNamespace(last=day, lines=("日帰り型を使える最後の日",)),
        "waiting": SimpleNamespace(pk=1, offered_until=moment),
        "when": said,
        "closed": False,
        "wish": SimpleNamespace(pk=1),
        "preparation": SimpleNamespace(day=day, arrival=HOUR, wish_id=1),
    }


def _receipt(moment: dt.datetime, day: str) -> SimpleNamespace:
    """Of a cancelled, decided or moved booking."""
    return SimpleNamespace(
        number=BOOKING,
        before=day,
        after=day,
        hour="",
        who="ご本人の連絡です。",
        recorded_at=moment,
        contact_at=moment,
        fact="見本の事実です。",
        lead="",
        counted=True,
        units_text="日数は戻ります。",
        money_text="お金はかかりません。",
        payee="",
        left_open=False,
        corrections=(SimpleNamespace(at=moment, was=moment, why="見本の理由です。"),),
        decision=SimpleNamespace(by_facility=True),
        decisions=(),
        decline_reason="見本の理由です。",
    )
