"""A question to Kodaira's programme, as an example of its file."""

from typing import Any

from eligibility.programmes import load_programme
from eligibility.programmes.cases import Case
from tests.eligibility.programmes.refusing import edited

BORN = {"生まれた日": "2026-01-15"}
STAY = "宿泊型 2泊 2026-03-02"


def text(example: dict[str, Any], **rules: Any) -> str:
    return edited({**rules, "examples": [{"番号": "1", "場面": "x", "答え": {}, **example}]})


def case(example: dict[str, Any], **rules: Any) -> Case:
    return load_programme(text(example, **rules)).cases[0]
