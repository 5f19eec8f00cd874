"""The report of a replay in sentences and lists."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from postpartum_portal.shared import wareki
from postpartum_portal.shared.yen import Yen, format_yen

NOBODY = "過去の申請が、まだありません。"


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
    """840人のうち12人は、支払いが少なくなります。予約3件は、受けられなくなります。"""
    if not report["households"]:
        return [NOBODY]
    told = [_payments(report)]
    if report["unknown"]:
        told.append(f"{report['unknown']}人は、公表されていない額があるので、くらべられません。")
    told.append(
        f"予約{report['refused']}件は、受けられなくなります。"
        if report["refused"]
        else "受けられなくなる予約はありません。"
    )
    if report["changed"]:
        told.append(f"{report['changed']}人は、使えるかどうかの判定が変わります。")
    if report["moved"]:
        told.append(f"{report['moved']}人は、使える期間が変わります。")
    return told


def _payments(report: Mapping[str, Any]) -> str:
    everybody, cheaper, dearer = report["households"], report["cheaper"], report["dearer"]
    if cheaper and dearer:
        return f"{everybody}人のうち{cheaper}人は、支払いが少なくなります。{dearer}人は、多くなります。"
    if cheaper or dearer:
        return f"{everybody}人のうち{cheaper or dearer}人は、支払いが{'少なく' if cheaper else '多く'}なります。"
    return f"{everybody}人の支払いは変わりません。"


def _days(period: list[str]) -> str:
    """令和8年1月15日〜令和8年5月14日."""
    if not all(period):
        return "わかりません"
    return "〜".join(wareki.no_weekday(dt.date.fromisoformat(day)) for day in period)
