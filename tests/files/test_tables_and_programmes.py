"""Lists of approvals and programme files: text is read here, so it must stay cheap whatever it says."""

import csv
import io
import time
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest
import yaml
from pydantic import TypeAdapter, ValidationError

from applications.importing.reading import MOST_BYTES, read_sheet
from eligibility.programmes.fields import Url
from eligibility.programmes.reading import ProgrammeFileError, read
from eligibility.public import MAX_KILOBYTES, Unreadable, readable

WANTED = ["氏名", "生年月日"]
HEADER = "氏名,生年月日\n".encode()
HALF = MOST_BYTES // 2
SECONDS = 6
"""Of CPU, where each takes one at most: a machine that does other things is slower."""


def workbook(inside: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", inside)
    return out.getvalue()


ENTITIES = b'<!DOCTYPE a [<!ENTITY b "' + b"b" * 99 + b'"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'
TABLES: dict[str, bytes] = {
    "nothing but lines": b"\n" * HALF,
    "lines under a header": HEADER + b"\n" * HALF,
    "half a million rows": HEADER + b"a\n" * (HALF // 2),
    "a million columns": b"," * HALF,
    "columns of 200,000 names": ",".join(map(str, range(200_000))).encode(),
    "a row of a million cells": HEADER + b"," * HALF,
    "a cell of a megabyte": HEADER + b"a" * HALF,
    "a quote that never ends": HEADER + b'"' + b"a\n" * (HALF // 2),
    "nothing but quotes": b'"' * HALF,
    "nothing but NUL": b"\0" * HALF,
    "UTF-16": "氏名,生年月日\n".encode("utf-16") * 99,
    "a workbook that unpacks to 30 MB": workbook(b"<c/>" * (30 * 256 * 1024)),
    "a workbook of entities": workbook(ENTITIES),
    "entities called csv": ENTITIES,
    "a picture called csv": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 99,
    "more than the limit": b"a" * (MOST_BYTES + 1),
}

KILOBYTES = 150 * 1024
PROGRAMMES: dict[str, str] = {
    "names that stand for each other": "a: &a [x,x]\n" + "".join(f"b{n}: &b{n} [*a,*a]\n" for n in range(50)),
    "laughter": "a: &a [x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\n",
    "merged": "a: &a {b: c}\nd:\n  <<: *a\n",
    "brackets": "[" * KILOBYTES,
    "braces": "{a: " * (KILOBYTES // 4),
    "lists in lists": "- " * (KILOBYTES // 2),
    "indented": "".join(" " * n + "a:\n" for n in range(500)),
    "20,000 keys": "".join(f"k{n}: x\n" for n in range(20_000)),
    "one key 30,000 times": "k: x\n" * 30_000,
    "a list of 80,000": "[" + "a," * (KILOBYTES // 2) + "]",
    "a call": "!!python/object/apply:os.system ['id']",
    "many documents": "---\n" * (KILOBYTES // 4),
    "one long word": "a: " + "x" * KILOBYTES,
    "colons": "a:" * (KILOBYTES // 2),
    "a long tag": "%TAG ! tag:x,2000:" + "y" * KILOBYTES + "\n---\na: !b c",
    "more than the limit": "#" * (MAX_KILOBYTES * 1024 + 1),
    "NUL": "a: \0",
    "nothing": " \n",
}


SCRIPTS = (
    "javascript:alert(1)",
    " javascript:x",
    "JavaScript:x",
    "//evil.test",
    "data:text/html,x",
    "file:///etc/passwd",
)


@pytest.mark.parametrize("address", SCRIPTS)
def test_an_address_that_is_a_script__is_refused_where_it_is_written(address: str) -> None:
    """Programme and facility files alone bring addresses that pages link to."""
    with pytest.raises(ValidationError):
        TypeAdapter(Url).validate_python(address)
    assert (
        TypeAdapter(Url).validate_python("https://www.city.kodaira.tokyo.jp/") == "https://www.city.kodaira.tokyo.jp/"
    )


def timed(deed: Callable[[], object]) -> float:
    begun = time.process_time()
    deed()
    return time.process_time() - begun


@pytest.mark.parametrize("name", TABLES)
def test_a_hostile_table__is_refused_in_a_sentence_and_at_once(name: str) -> None:
    sheets = []
    seconds = timed(lambda: sheets.append(read_sheet(TABLES[name], WANTED)))
    (sheet,) = sheets

    assert sheet.slips
    assert not sheet.lines or name == "a row of a million cells"
    assert len(sheet.slips) < 200
    assert all(slip.sentence.endswith("。") for slip in sheet.slips)
    assert seconds < SECONDS


@pytest.mark.parametrize("name", PROGRAMMES)
def test_a_hostile_programme__is_refused_in_a_sentence_and_at_once(name: str) -> None:
    def refused() -> None:
        try:
            read(readable(PROGRAMMES[name].encode()), file="draft.yaml")
        except ProgrammeFileError as wrong:
            assert all(problem.sentence for problem in wrong.problems)  # noqa: PT017  # or else it may be read
        except Unreadable as unreadable:
            assert str(unreadable).endswith("。")  # noqa: PT017
        else:
            assert name in ("one long word", "a long tag")

    assert timed(refused) < SECONDS


def peak(deed: Callable[[], object]) -> float:
    """Megabytes that it takes beyond what was there."""
    tracemalloc.start()
    try:
        deed()
        return tracemalloc.get_traced_memory()[1] / 1024**2
    finally:
        tracemalloc.stop()


def test_control__the_usual_ways_take_all_the_memory_that_a_file_asks_for() -> None:
    lines = HEADER + b"\n" * (MOST_BYTES // 8)
    usual = peak(lambda: list(csv.reader(io.StringIO(lines.decode()))))
    ours = peak(lambda: read_sheet(lines, WANTED))
    assert usual > 2 * ours

    laughter = PROGRAMMES["laughter"] + "".join(f"d{n}: &d{n} [*c,*c]\n" for n in range(3))
    assert len(str(yaml.safe_load(laughter))) > 5 * len(laughter)  # unfolded; ours stops at the first name
