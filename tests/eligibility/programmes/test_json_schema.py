"""The JSON Schema for editors is that of the schema, and knows every key by its Japanese name."""

import json

from django.core.management import call_command

from eligibility.programmes.json_schema import json_schema
from tests.eligibility.kodaira import ROOT

KEPT = ROOT / "docs" / "programme.schema.json"


def test_the_kept_file__is_current(capsys: object) -> None:
    """`python manage.py programme_schema > docs/programme.schema.json` after every change of the schema."""
    call_command("programme_schema")
    assert KEPT.read_text(encoding="utf-8") == capsys.readouterr().out  # type: ignore[attr-defined]


def test_every_rule__has_its_name_and_nothing_may_be_null() -> None:
    shape = json_schema()
    assert shape["properties"]["services"]["title"] == "使えるもの"
    assert shape["additionalProperties"] is False
    assert '"null"' not in json.dumps(shape)


def test_values__are_checked_as_they_are_typed() -> None:
    shapes = json_schema()["$defs"]
    assert shapes["DeadlineEntry"]["properties"]["at"]["pattern"] == r"^(\d\d:\d\d)$"
    assert shapes["ClosedEntry"]["properties"]["first"] == {
        "pattern": r"^(\d\d-\d\d)$",
        "title": "初めの日",
        "type": "string",
    }
    per = shapes["PriceEntry"]["properties"]["per"]
    assert set(per["enum"]) == set(per["words"]) == {"night", "day", "use", "hour"}
    assert "source" in shapes["PriceEntry"]["required"]
