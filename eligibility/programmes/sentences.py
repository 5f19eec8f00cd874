"""A sentence for mothers: Japanese and, where the file gives it, the same in easier words or in English."""

from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from eligibility.engine import Said
from eligibility.programmes.fields import Strict, Text, key


class SaidEntry(Strict):
    ja: Text = key("日本語", "市の言葉のままの文です。手紙と職員の画面には、いつもこの文が出ます。")
    easy: Text = key("やさしい日本語", default="")
    en: Text = key("英語", default="")


def _sentence(value: object) -> str:
    """A sentence, or one in several words: an error names the key within it."""
    if isinstance(value, dict):
        entry = SaidEntry.model_validate(value)
        return Said(entry.ja, easy=entry.easy, en=entry.en)
    if not isinstance(value, str):
        raise ValueError("文を1つ書くか、ja、easy、en の並びを書いてください。")
    if not value.strip():
        raise ValueError("文を書いてください。")
    return value


IN_WORDS = WithJsonSchema(
    {
        "anyOf": [
            {"type": "string"},
            {
                "type": "object",
                "properties": {
                    name: {"type": "string", "title": info.title} for name, info in SaidEntry.model_fields.items()
                },
                "required": ["ja"],
                "additionalProperties": False,
            },
        ]
    }
)
"""Also what tells such a sentence from other text, as `fields.Code` is told by its own mark."""

Sentence = Annotated[str, PlainValidator(_sentence), IN_WORDS]
