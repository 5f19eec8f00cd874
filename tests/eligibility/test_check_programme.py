"""`manage.py check_programme`: what an officer reads about a file."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from eligibility.programmes.beside import facility_list_of
from eligibility.programmes.examples import ExampleResult
from eligibility.programmes.expecting import Check
from eligibility.programmes.reporting import WIDTH, report, width
from tests.eligibility.kodaira import PROGRAMME
from tests.eligibility.programmes.refusing import edited

FILES = sorted(settings.PROGRAMME_DIR.glob("*.yaml"))


def said(capsys: Any) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_check_programme__finds_nothing_wrong_with_the_files_of_the_portal(capsys: Any) -> None:
    call_command("check_programme", *FILES)
    lines = said(capsys)
    beside = {file.name[:6]: f"{file.name[:6]}.yaml" for file in FILES if facility_list_of(file)}
    expected = [name for file in FILES for name in (file.name, beside.get(file.name[:6])) if name]
    assert len(beside) == 3
    assert [line for line in lines if line.endswith(".yaml")] == expected
    assert "  施設12件。種類と額は、どれもきまりのファイルにあります。" in lines
    assert "  番号          場面" in "\n".join(lines)
    assert sum(line.endswith("件すべてが合いました。") for line in lines) == len(FILES)
    assert max(width(line) for line in lines) <= WIDTH


def test_check_programme__shows_what_was_expected_and_what_came_out(tmp_path: Path, capsys: Any) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(edited({"services.0.price.amount": "6000"}), encoding="utf-8")
    with pytest.raises(CommandError, match=r"直すところがあります: wrong\.yaml") as caught:
        call_command("check_programme", FILES[0], wrong)
    assert caught.value.returncode == 1
    lines = said(capsys)
    start = lines.index("  K3 宿泊型5泊6日のあと、日帰り型を1日")
    assert lines[start + 1].startswith(
        "    問い: 前提(生まれた日 2026-01-15)、利用ずみ(宿泊型 5泊 2026-02-02)、予約 日帰り型"
    )
    assert lines[start + 2 : start + 8] == [
        "    ほかの予約の料金",
        "      期待: 宿泊型 5泊 2026-02-02: 25000",
        "      結果: 宿泊型 5泊 2026-02-02: 30000",
        "    合計",
        "      期待: 27000",
        "      結果: 32000",
    ]
    assert f"  {len(PROGRAMME.cases)}件のうち1件が合いません。" in lines


def test_check_programme__names_line_and_key_of_a_file_that_cannot_be_read(tmp_path: Path, capsys: Any) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(edited({"services.0.price.amount": "五千"}), encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("check_programme", wrong)
    name, problem = said(capsys)[:2]
    assert name == "wrong.yaml"
    assert problem.endswith("行め services[0].price.amount: 0以上の整数を、半角の数字だけで書いてください(例: 5000)。")


def test_check_programme__knows_files_that_are_missing_or_saved_by_a_spreadsheet(tmp_path: Path, capsys: Any) -> None:
    shift_jis = tmp_path / "sjis.yaml"
    shift_jis.write_bytes("名前: 小平市".encode("shift_jis"))
    with pytest.raises(CommandError, match=r"none\.yaml、sjis\.yaml"):
        call_command("check_programme", tmp_path / "none.yaml", shift_jis)
    assert said(capsys) == [
        "none.yaml",
        "  1行め ファイルが読めません。",
        "",
        "sjis.yaml",
        "  1行め UTF-8 で保存してください。",
        "",
    ]


def test_check_programme__checks_a_list_of_facilities_against_its_programme(tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "facilities").mkdir()
    shutil.copy(FILES[0], tmp_path)
    listed = tmp_path / "facilities" / f"{FILES[0].name[:6]}.yaml"
    text = (settings.PROGRAMME_DIR / "facilities" / listed.name).read_text(encoding="utf-8")
    listed.write_text(text.replace("- short_stay", "- spa", 1), encoding="utf-8")
    for files in ([tmp_path / FILES[0].name], [listed], [listed, tmp_path / FILES[0].name]):
        with pytest.raises(CommandError, match=listed.name):
            call_command("check_programme", *files)
        assert sum("spa が、きまりのファイルの services にありません。" in line for line in said(capsys)) == 1


def test_check_programme__says_that_a_list_stands_alone(tmp_path: Path, capsys: Any) -> None:
    listed = Path(shutil.copy(settings.PROGRAMME_DIR / "facilities/142085.yaml", tmp_path))
    call_command("check_programme", listed)
    lines = said(capsys)
    assert lines[0] == "142085.yaml"
    assert "きまりのファイルが見つからないので" in lines[1]


def test_check_programme__shows_the_answers_when_asked(capsys: Any) -> None:
    call_command("check_programme", FILES[0])
    short = said(capsys)
    call_command("check_programme", FILES[0], "--answers")
    lines = said(capsys)
    start = lines.index("  G1 1月31日に生まれたお子さんは、いつまで使えるか")
    assert lines[start + 1 : start + 4] == [
        "    問い: 前提(生まれた日 2026-01-31)",
        "    算式: 1月31日から3か月 → 4月に31日がないので4月30日",
        "    最後の日: 2026-04-30",
    ]
    assert [line for line in lines if line.endswith("合う")] == [line for line in short if line.endswith("合う")]
    assert max(width(line) for line in lines) <= WIDTH


def test_check_programme__says_that_a_file_has_no_examples(tmp_path: Path, capsys: Any) -> None:
    without = tmp_path / "without.yaml"
    without.write_text(edited({"examples": []}), encoding="utf-8")
    call_command("check_programme", without)
    assert said(capsys)[1] == "  事例がありません。"


def test_report__fits_100_columns_whatever_the_words() -> None:
    long = "とても長い文" * 40
    result = ExampleResult(long, long, long, (Check("理由", long, long, ok=False),))
    lines = list(report("x.yaml", [result]))
    assert max(width(line) for line in lines) <= WIDTH
    assert any("…" in line for line in lines)
    assert sum(line.count("とても長い文") for line in lines[4:]) >= 4 * 30
