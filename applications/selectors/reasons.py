"""What the reason of a decision may rest on, read for the linter of `letters.linting`."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from django.db.models import CharField, F, Value
from django.db.models.functions import Length, Replace

from applications.letters.linting import About, Remark, remarks_on
from applications.models import Application, Birth, Household
from applications.selectors.amendments import letters_about
from eligibility import engine
from postpartum_portal.shared.glyphs import missing_glyphs

from .handed_in import handed_in

SHORTEST_RULE = 6
"""Characters; a shorter sentence, such as a price, names no rule."""
SHORTEST_NAME = 3
"""Characters; a shorter one may be a word of the text."""
_SPACES = re.compile(r"\s")


def remarks_for(application: Application, reason: str, assessment: engine.Assessment) -> tuple[Remark, ...]:
    """What is to be said about the reason of a decision on this application, by what was found of her."""
    return remarks_on(reason, _about(application, reason, assessment))


def _about(application: Application, reason: str, assessment: engine.Assessment) -> About:
    """All that the text may name, and what of others it names already."""
    given = handed_in(application)
    labels = (letter.label for letter in letters_about(application))
    return About(
        facts=tuple(finding.fact for finding in assessment.grounds_for_refusal),
        rules=tuple(dict.fromkeys(_rules(given.terms))),
        after_loss=given.birth.outcome == Birth.Outcome.LOST,
        own_numbers=(application.number, *labels),
        named_others=_others_named(application, reason),
        unprintable=missing_glyphs(reason),
    )


def _rules(value: object) -> Iterator[str]:
    """Every sentence and document that the programme's values carry."""
    if isinstance(value, engine.Source):
        yield from (text for text in (value.text, value.document) if len(text) >= SHORTEST_RULE)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _rules(item)
    elif isinstance(value, dict):
        yield from _rules(tuple(value.values()))
    elif is_dataclass(value):
        for field in fields(value):
            yield from _rules(getattr(value, field.name))


def _others_named(application: Application, reason: str) -> tuple[str, ...]:
    """Names of other families of the municipality that stand in the text, whatever spaces lie between."""
    text = _SPACES.sub("", reason)
    if len(text) < SHORTEST_NAME:
        return ()
    own = handed_in(application).household
    without = Replace(Replace(F("name"), Value(" "), Value("")), Value("\u3000"), Value(""))
    rows = Household.objects.filter(municipality=application.municipality_id).exclude(pk=own.pk)
    named = rows.annotate(bare=without, said=Value(text, output_field=CharField())).annotate(size=Length("bare"))
    found = named.filter(size__gte=SHORTEST_NAME, said__contains=F("bare")).order_by("pk")
    return tuple(dict.fromkeys(name for name in found.values_list("name", flat=True)[:3] if name != own.name))
