"""The report of a replay in sentences and lists."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from postpartum_portal.shared import wareki
from postpartum_portal.shared.yen import Yen, format_yen

NOBODY = "過去の申請が、まだありません。"
LEAD = "この案が、これまでの申請のときからあったら、"
"""The replay asks what would have been: what was used stays as it was paid, whatever is published."""


def replay_context(report: Mapping[str, Any]) -> dict[str, Any]:
    """`report` is `eligibility.replay.Report` as the draft keeps it."""
    return {
        **report,
        "sentences": sentences(report),
        "differing": report["cheaper"] + report["dearer"],
        "sums": f"{format_yen(Yen(report['sum_before']))} → {format_yen(Yen(report['sum_after']))}",
        "periods": [{**row, "before": _days(row["before"]), "after": _days(row["after"])} for row in report["periods"]],
    }


def sentences(report: Mapping[str, Any]) -> list[str]:
    """この案が、これまでの申請のときからあったら、840人のうち12人は、支払いが少ない計算でした。予約3件は、受けられませんでした。"""
    if not report["households"]:
        return [NOBODY]
    told = [f"{LEAD}{_payments(report)}"]
    if report["unknown"]:
        told.append(f"{report['unknown']}人は、公表されていない額があるので、くらべられませんでした。")
    told.append(
        f"予約{report['refused']}件は、受けられませんでした。"
        if report["refused"]
        else "受けられない予約はありませんでした。"
    )
    if report["changed"]:
        told.append(f"{report['changed']}人は、使えるかどうかの判定がちがいました。")
    if report["moved"]:
        told.append(f"{report['moved']}人は、使える期間がちがいました。")
    return told


def _payments(report: Mapping[str, Any]) -> str:
    everybody, cheaper, dearer = report["households"], report["cheaper"], report["dearer"]
    if cheaper and dearer:
        return f"{everybody}人のうち{cheaper}人は支払いが少なく、{dearer}人は多い計算でした。"
    if cheaper or dearer:
        return f"{everybody}人のうち{cheaper or dearer}人は、支払いが{'少ない' if cheaper else '多い'}計算でした。"
    return f"{everybody}人の支払いは同じでした。"


def _days(period: list[str]) -> str:
    """令和8年1月15日〜令和8年5月14日."""
    if not all(period):
        return "わかりません"
    return "〜".join(wareki.no_weekday(dt.date.fromisoformat(day)) for day in period)
