"""Each text of each table is somebody's to erase: a field that nobody speaks of fails here."""

from typing import Any

import pytest
from django.apps import apps
from django.db import models

from postpartum_portal.shared import erasing

HOLDS_WORDS = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField)
SAY = "say in the app's erasing.py what becomes of them"


def words_of(model: type[models.Model]) -> set[str]:
    """The fields in which something could be written; closed lists, keys and tokens hold codes only."""
    return {
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, HOLDS_WORDS) and not field.choices and field.name not in ("form_token", "status")
    }


def spoken_of(rules: list[erasing.Rule]) -> set[str]:
    return {name for rule in rules for name in (*rule.emptied, *rule.replaced, *rule.kept)}


def unspoken(model: type[models.Model], rules: Any) -> set[str]:
    own = [rule for rule in rules if rule.model is model]
    if not own:
        return set() if model in erasing.models_apart() else words_of(model) | {"(no rule at all)"}
    return set() if any(rule.removed for rule in own) else words_of(model) - spoken_of(own)


@pytest.mark.parametrize("model", apps.get_models(), ids=lambda model: model._meta.label)
def test_every_text_of_a_table__is_emptied_removed_or_kept_for_a_reason(model: type[models.Model]) -> None:
    assert not unspoken(model, erasing.all_rules()), SAY


@pytest.mark.parametrize("rule", erasing.all_rules(), ids=lambda rule: f"{rule.model.__name__}-{rule.record}")
def test_a_rule__names_fields_that_there_are(rule: erasing.Rule) -> None:
    names = {field.name for field in rule.model._meta.concrete_fields}
    assert {*rule.emptied, *rule.replaced, *rule.kept} <= names
    rule.model._base_manager.filter(**{rule.way: 0})  # the way exists


def test_control__a_field_that_is_forgotten_is_found() -> None:
    rules = [rule for rule in erasing.all_rules() if rule.model.__name__ != "Wish"]
    wish = apps.get_model("facilities", "Wish")
    assert {"words", "note", "allergies", "reason"} <= unspoken(wish, rules)
