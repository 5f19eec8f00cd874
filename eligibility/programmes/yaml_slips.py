"""Why a text is no YAML, for a person who has never heard of a parser: where it is, and the most likely slip.

The parser tells in English what it missed and at which place; where it gave up late (a quote that never ends), the
place where the trouble began is told instead.
"""

import re
from dataclasses import dataclass

import yaml

TAB = "タブが入っています。字下げは、半角の空白で書いてください。"
INDENT = "字下げ(行の始めの空白)が、前の行とそろっていません。同じ段の項目は、空白の数を同じにしてください。"
NO_COLON = "「項目: 値」の「:」がありません。項目のあとに、半角の「:」と空白を書いてください。"
NO_BLANK = "「:」のあとに、半角の空白がありません。「項目: 値」と書いてください。"
WIDE_COLON = "全角の「：」が使われています。半角の「:」と空白にしてください。"
TWO_COLONS = '値の中に「: 」があります。値を " と " で囲んでください。'
OPEN_QUOTE = "ここから始まる引用符(\" か ')が閉じていません。"
AFTER_QUOTE = '引用符や { } で終わった値のあとに、文字があります。値の全体を " と " で囲んでください。'
OPEN_BRACKET = "ここから始まる [ か { が閉じていないか、中の区切りの「,」がありません。"
BAD_START = '値が記号({}) で始まっています。値を " と " で囲んでください。'
ESCAPE = "\" と \" の間に、使えない「\\」があります。「\\」をとるか、' と ' で囲んでください。"
TWO_FILES = "「---」の行があります。1つのファイルには、1つのきまりだけを書いてください。"
HIDDEN = "目に見えない文字が入っています。その文字を消してください。"
OTHER = "この行と前の行の、字下げ、「:」、引用符を確かめてください。"

_TOLD = {
    "found unexpected end of stream": OPEN_QUOTE,
    "could not find expected ':'": NO_COLON,
    "expected ',' or": OPEN_BRACKET,
    "the node content": OPEN_BRACKET,
    "unknown escape character": ESCAPE,
    "found another document": TWO_FILES,
    "'<scalar>'": AFTER_QUOTE,
    "<block end>": INDENT,
}
"""Words of the parser, the more telling first."""

_BEGAN_BEFORE = (OPEN_QUOTE, NO_COLON, OPEN_BRACKET)
"""Slips that the parser notices only later."""

_QUOTED = re.compile(r"""\s*(?:- )*(?:[^\s:"'#][^:"'#]*: +)?(["'])""")
"""A line whose value begins with a quote."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A place, both counted from 1, and a sentence."""

    line: int
    column: int
    cause: str

    @property
    def sentence(self) -> str:
        return f"YAMLとして読めません({self.column}文字め)。{self.cause}"


def slip(error: yaml.YAMLError, text: str) -> Slip:
    """Where a text stops being YAML, and why that is most likely."""
    if isinstance(error, yaml.reader.ReaderError):
        before = text[: error.position].split("\n")
        return Slip(len(before), len(before[-1]) + 1, HIDDEN)
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return Slip(1, 1, OTHER)
    mark = error.problem_mark
    if error.context is None and str(error.problem).startswith("mapping values"):
        return _unexpected_colon(text.split("\n"), mark.line, mark.column)
    cause = _cause(str(error.problem))
    if cause in _BEGAN_BEFORE and error.context_mark:
        mark = error.context_mark
    if cause in (OPEN_QUOTE, AFTER_QUOTE) and (unclosed := _unclosed(text.split("\n")[: mark.line + 1])):
        return unclosed
    if cause is NO_COLON:
        cause = _colon(_lines(text, mark.line))
    return Slip(mark.line + 1, mark.column + 1, cause)


def _cause(problem: str) -> str:
    if "cannot start any token" in problem:
        return TAB if "\\t" in problem else BAD_START.format(problem.split("'")[1])
    return next((cause for told, cause in _TOLD.items() if told in problem), OTHER)


def _unexpected_colon(lines: list[str], line: int, column: int) -> Slip:
    """A colon where none can be: a second one in its line, one line without any before it, or a line set in too far."""
    if ": " in lines[line][:column]:
        return Slip(line + 1, column + 1, TWO_COLONS)
    above = next((number for number in range(line - 1, -1, -1) if lines[number].strip()), None)
    if above is not None and not _ends_a_key(lines[above]):
        return Slip(above + 1, 1, _colon(lines[above]))
    return Slip(line + 1, column + 1, INDENT)


def _unclosed(lines: list[str]) -> Slip | None:
    """The first line whose value begins with a quote that the line does not close: all quotes after it are shifted."""
    for number, line in enumerate(lines, start=1):
        value = _QUOTED.match(line)
        if value and line.count(value[1]) % 2:
            return Slip(number, value.start(1) + 1, OPEN_QUOTE)
    return None


def _ends_a_key(line: str) -> bool:
    return ": " in line or line.rstrip().endswith(":")


def _colon(line: str) -> str:
    """What is wrong with the colon of a line that has none of the right kind."""
    if "：" in line:
        return WIDE_COLON
    return NO_BLANK if ":" in line else NO_COLON


def _lines(text: str, number: int) -> str:
    lines = text.split("\n")
    return lines[number] if number < len(lines) else ""
