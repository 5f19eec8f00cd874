"""A text that is no YAML is told in plain Japanese, with its place and the most likely slip."""

import pytest
import yaml

from eligibility.programmes import ProgrammeFileError, load_programme
from eligibility.programmes import yaml_slips as slips
from tests.eligibility.programmes.refusing import TEXT

SLIPS = [
    ("tab", "a:\n\tb: 1\n", 2, 1, slips.TAB),
    ("set in too far", "a:\n  b: 1\n   c: 2\n", 3, 5, slips.INDENT),
    ("set in too little", "a:\n  b: 1\n c: 2\n", 3, 2, slips.INDENT),
    ("a key within a list", "a:\n  - b\n  c: d\n", 3, 3, slips.INDENT),
    ("no colon", "a:\n  b 1\n  c: 2\n", 2, 1, slips.NO_COLON),
    ("no colon in the first line", "name 小平市\n\ncode: 1\n", 1, 1, slips.NO_COLON),
    ("no blank after it", "a:\n  b:1\n  c: 2\n", 2, 1, slips.NO_BLANK),
    ("no blank after the last", "a:\n  c: 2\n  b:1\n", 3, 3, slips.NO_BLANK),
    ("full-width colon", "a：1\nb: 2\n", 1, 1, slips.WIDE_COLON),
    ("full-width colon at the end", "b: 2\na：1\n", 2, 1, slips.WIDE_COLON),
    ("two colons", "a: b: c\n", 1, 5, slips.TWO_COLONS),
    ("open quote", 'b: 1\na: "未完\nc: 2\n', 2, 4, slips.OPEN_QUOTE),
    ("open single quote", "a: '未完\nb: 2\n", 1, 4, slips.OPEN_QUOTE),
    ("text after a quote", 'a: "x" y\n', 1, 8, slips.AFTER_QUOTE),
    ("text after a placeholder", "a: {applied_on}付けで\nb: 1\n", 1, 16, slips.AFTER_QUOTE),
    ("open bracket", "a: [1, 2\nb: 3\n", 1, 4, slips.OPEN_BRACKET),
    ("open brace", "a: {b: 1\nc: 3\n", 1, 4, slips.OPEN_BRACKET),
    ("open at the end", "a: [", 1, 5, slips.OPEN_BRACKET),
    ("a sign at the start", "a: @x\n", 1, 4, slips.BAD_START.format("@")),
    ("backslash", 'a: "\\q"\n', 1, 6, slips.ESCAPE),
    ("two documents", "a: 1\n---\nb: 2\n", 2, 1, slips.TWO_FILES),
    ("hidden character", "a: 1\nb: \x01\n", 2, 4, slips.HIDDEN),
    ("anything else", "a: |x\n", 1, 5, slips.OTHER),
]


def refusal(text: str) -> tuple[int, str]:
    with pytest.raises(ProgrammeFileError) as caught:
        load_programme(text)
    (problem,) = caught.value.problems
    assert problem.key == ""
    return problem.line, problem.sentence


@pytest.mark.parametrize(("text", "line", "column", "cause"), [row[1:] for row in SLIPS], ids=[row[0] for row in SLIPS])
def test_slip__is_named_with_its_place(text: str, line: int, column: int, cause: str) -> None:
    assert refusal(text) == (line, f"YAMLとして読めません({column}文字め)。{cause}")


def test_slip__without_a_place_is_at_the_start() -> None:
    assert slips.slip(yaml.YAMLError("?"), "a: 1") == slips.Slip(1, 1, slips.OTHER)


@pytest.mark.parametrize(
    ("passage", "by", "cause"),
    [
        ("municipality:\n  code", "municipality:\n\tcode", slips.TAB),
        ("  slug: kodaira", "   slug: kodaira", slips.INDENT),
        ("  slug: kodaira", "  slug kodaira", slips.NO_COLON),
        ("  slug: kodaira", "  slug：kodaira", slips.WIDE_COLON),
        ('code: "132110"', 'code: "132110', slips.OPEN_QUOTE),
    ],
)
def test_slip__in_a_whole_file_is_found_on_its_line(passage: str, by: str, cause: str) -> None:
    assert passage in TEXT
    line, sentence = refusal(TEXT.replace(passage, by, 1))
    assert line == TEXT[: TEXT.index(passage)].count("\n") + 1 + passage.count("\n")
    assert cause in sentence
    assert sentence.isascii() is False
