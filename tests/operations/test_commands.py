"""Whoever mistypes a command is told so in a sentence, and nothing was done."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

FILES = {
    "nothing": b"",
    "no CSV": b"\xff\xfe\x00\x01",
    "no head": b"kodaira,2026,decision,3\n",
    "no such series": b"municipality,fiscal_year,series,last\nnowhere,2026,decision,3\n",
    "no number": b"municipality,fiscal_year,series,last\nkodaira,2026,decision,three\n",
    "too short": b"municipality,fiscal_year,series,last\nkodaira\n",
    "of a spreadsheet": b"\xef\xbb\xbfmunicipality,fiscal_year,series,last\r\nnowhere,2026,decision,3\r\n",
}
MISTYPED = [
    ("backup /proc/none/here", "No backup was made"),
    ("begin_centre nowhere first@example.jp --name 田中", "No municipality nowhere"),
    ("check_audit --expect 28a16e", "64 characters"),
    ("check_programme /nowhere.yaml", "直すところがあります"),
    ("end_sessions 999999", "No such account"),
    ("evaluate /nowhere.yaml /nowhere.jsonl", "ファイルが読めません"),
    ("forget 999999", "no such account"),
    ("jobs --sent /nowhere", "No such file"),
    ("metrics --port 99999999", "Nobody can listen at 127.0.0.1:99999999"),
    ("purge --municipality nowhere", "no such municipality"),
    ("reopen_series --file /nowhere", "No such file"),
    ("reopen_series --last 3", "0 closed series are meant"),
    ("restore /nowhere", "is not a folder"),
    ("restore --elsewhere 2026-11-23", "Say the zone too"),
    ("seed_scale --municipality nowhere", "There is no municipality nowhere"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("typed", "sentence"), MISTYPED, ids=[typed for typed, _ in MISTYPED])
def test_a_mistyped_command__is_answered_by_a_sentence(typed: str, sentence: str) -> None:
    name, *arguments = typed.split()
    with pytest.raises(CommandError, match=sentence):
        call_command(name, *arguments, stdout=StringIO(), stderr=StringIO())


@pytest.mark.django_db
@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
def test_a_file_of_series_that_is_none__is_refused_in_a_sentence(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "series.csv"
    file.write_bytes(content)
    with pytest.raises(CommandError, match="Nothing was done"):
        call_command("reopen_series", "--file", str(file), stdout=StringIO())


@pytest.mark.django_db
def test_a_mail_servers_log__may_hold_any_bytes(tmp_path: Path) -> None:
    log, told = tmp_path / "mail.log", StringIO()
    log.write_bytes(b"<0a1b@portal.example.jp>\n\xff\xfe\x00\n")
    call_command("jobs", "--sent", str(log), stdout=told)
    assert told.getvalue() == "0 mails had gone out before\n"
