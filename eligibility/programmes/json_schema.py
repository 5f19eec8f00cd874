"""The JSON Schema of a programme file, for editors that check and complete while one types."""

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from eligibility.programmes.schema import ProgrammeFile
from eligibility.programmes.schema.programme import FORMAT
from eligibility.programmes.sentences import IN_WORDS


class _Written(GenerateJsonSchema):
    """A key that can be left out is left out: nobody writes `null`."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        found = super().default_schema(schema)
        if found.get("default") in (None, "", [], {}):
            found.pop("default", None)
        return found


SENTENCE = "Sentence"


def json_schema() -> dict[str, Any]:
    """The shape, with the Japanese name and meaning of every key."""
    found = ProgrammeFile.model_json_schema(schema_generator=_Written)
    for shape in found["$defs"].values():
        for name in ("title", "description"):  # what the code says to its own readers
            shape.pop(name, None)
    found = _shared(found)
    found["$defs"][SENTENCE] = IN_WORDS.json_schema
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **found,
        "title": f"産後ケア事業のきまりのファイル(format: {FORMAT})",
        "description": "書き方は docs/programme-format.md にあります。",
    }


def _shared(node: Any) -> Any:
    """A sentence that may be said in several words has one shape for all keys."""
    if isinstance(node, list):
        return [_shared(item) for item in node]
    if not isinstance(node, dict):
        return node
    if IN_WORDS.json_schema and node.get("anyOf") == IN_WORDS.json_schema["anyOf"]:
        return {"$ref": f"#/$defs/{SENTENCE}"} | {key: value for key, value in node.items() if key != "anyOf"}
    return {key: _shared(value) for key, value in node.items()}
