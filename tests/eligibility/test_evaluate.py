"""`manage.py evaluate`: questions as JSON lines, outcomes as JSON lines."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.eligibility.programmes.refusing import FILE

BORN = {"生まれた日": "2026-01-15"}
STAY = "宿泊型 2泊 2026-03-02"


def evaluated(*arguments: Path) -> tuple[list[dict[str, Any]], int]:
    """The outcomes and the exit code."""
    out, code = io.StringIO(), 0
    try:
        call_command("evaluate", *arguments, stdout=out)
    except CommandError as end:
        code = end.returncode
    return [json.loads(line) for line in out.getvalue().splitlines()], code


def asked(monkeypatch: Any, *lines: Any) -> tuple[list[dict[str, Any]], int]:
    """The same for lines read from stdin; what is no text is written as JSON."""
    text = "\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    return evaluated(FILE)


def test_evaluate__answers_each_question_in_the_office_s_words(monkeypatch: Any) -> None:
    (periods, judged, booked, cancelled, absent), code = asked(
        monkeypatch,
        {"前提": {"予定日": "2026-04-30"}},
        {"前提": BORN, "判定": "2026-03-02"},
        {"番号": "1", "場面": "双子", "前提": {**BORN, "子どもの人数": 2}, "予約": STAY},
        {"前提": BORN, "取り消し": {"予約": STAY, "連絡": "2026-03-01T16:00:00"}},
        {"前提": BORN, "来なかった": "助産師による訪問 2026-03-02"},
    )
    assert code == 0
    assert periods["答え"]["申請できる日"] == "2026-03-05"
    assert periods["答え"]["最後の日"]["宿泊型"] == "2026-08-29"
    assert judged["答え"]["使える"]["日帰り型"] == "はい"
    assert (booked["行"], booked["番号"], booked["場面"]) == (3, "1", "双子")
    assert (booked["答え"]["予約できる"], booked["答え"]["料金"], booked["答え"]["内訳"]) == (
        "はい",
        10000,
        [5000, 5000],
    )
    assert booked["答え"]["のこり"] == {
        "stay_and_day": 4,
        "stay": 3,
        "stay_nights": 3,
        "day": 5,
        "midwife": 2,
        "supporter": 5,
    }
    assert (cancelled["答え"]["まにあう"], cancelled["答え"]["お金"]) == ("いいえ", 0)
    assert (absent["答え"]["数える"], absent["答え"]["お金"]) == ({}, 9000)


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("{", "JSONとして読めません("),
        ("[" * 100_000, "入れ子が深すぎます。"),
        ([1], "「項目: 値」の並びを書いてください。"),
        ('{"判定": "2026-03-02", "判定": "2026-03-03"}', "判定: 同じ項目が2回書かれています。"),
        ({"\ud800": "1"}, "使えない文字(U+D800)が入っています。"),
        ({"番号": "\ud800"}, "番号: 使えない文字(U+D800)が入っています。"),
        ({"前提": {"生まれた日": "9999-12-31"}}, "前提.生まれた日: 日付を 2024-08-23 の形で書いてください。"),
        ({"判定": "3月2日"}, "判定: 日付を 2024-08-23 の形で書いてください。"),
        ({"前提": {"子どもの人数": 1.5}}, "前提.子どもの人数: 0以上の整数を"),
        ({"前提": {"ようす": {"resident": True}}}, "前提.ようす.resident: はい、いいえ、わからない のどれか"),
        ({"答え": {}}, "答え: 知らない項目です。"),
        ({"予約": "温泉 2026-03-02"}, "予約: 温泉 という種類はありません。"),
    ],
)
def test_evaluate__says_what_is_wrong_with_a_line_and_goes_on(monkeypatch: Any, line: Any, error: str) -> None:
    (wrong, right), code = asked(monkeypatch, "", line, {})
    assert wrong["行"] == 2
    assert wrong["error"].startswith(error)
    assert (right["行"], right["答え"]["申請できる日"]) == (3, "わかりません")
    assert code == 1


def test_evaluate__reads_a_file_as_a_spreadsheet_saves_it(tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"判定": "3月2日", "前提": {"世帯": null}}\r\n{}\r\n', encoding="utf-8-sig")
    (wrong, _), code = evaluated(FILE, questions)
    assert code == 1
    assert wrong == {
        "行": 1,
        "error": "前提.世帯: 文を1つ書いてください。\n判定: 日付を 2024-08-23 の形で書いてください。",
    }


def test_evaluate__refuses_questions_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "questions.jsonl").write_bytes('{"場面": "宿泊"}'.encode("cp932"))
    with pytest.raises(CommandError, match="UTF-8 で保存してください。"):
        call_command("evaluate", FILE, tmp_path / "questions.jsonl")


def test_evaluate__refuses_a_file_that_is_no_programme(tmp_path: Path) -> None:
    (tmp_path / "draft.yaml").write_text("a: 1", encoding="utf-8")
    with pytest.raises(CommandError, match=r"draft\.yaml:1: format: この項目が必要です。"):
        call_command("evaluate", tmp_path / "draft.yaml")
