"""Every form class of the project × every field × what anybody may type: a sentence at the field, and nothing lost."""

import importlib
import pkgutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
from allauth.core import context
from django import forms
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.template import engines
from django.test import RequestFactory
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from postpartum_portal.shared.forms import DadsForm, LineField
from postpartum_portal.shared.tenancy import tenant

from . import corpus, filling
from .ingredients import Ingredients, made_with
from .sentences import complaint

APPS = ("applications", "facilities", "eligibility", "postpartum_portal")
NOT_SHOWN = {
    *("DadsForm", "ChangeForm", "StepForm", "GivesReason", "GrantForm", "TermsForm", "Telling", "Questions"),
    "PortalForm",
}
"""What only others are made from, beside those with an underscore."""
SILENT = {"IntentForm"}
"""Nobody sees what is wrong in them: what an address says and cannot be read is left out."""
TEMPLATE = "{% load crispy_forms_tags %}{{ form|crispy }}"
LONG = 4_000
"""Letters from which on the form is not drawn again for every single box."""
Values = Sequence[tuple[str, str]]


def form_classes() -> list[type[forms.BaseForm]]:
    for app in APPS:
        for module in pkgutil.walk_packages(importlib.import_module(app).__path__, f"{app}."):
            if not {"migrations", "settings", "management", "object_store"} & {*module.name.split(".")}:
                importlib.import_module(module.name)
    found = {cls for cls in _below(forms.BaseForm) if cls.__module__.partition(".")[0] in APPS}
    shown = (cls for cls in found if cls.__name__ not in NOT_SHOWN and cls.__name__[0] != "_")
    return sorted(shown, key=lambda cls: (cls.__module__, cls.__qualname__))


def _below(cls: Any) -> Iterator[Any]:
    for child in cls.__subclasses__():
        yield child
        yield from _below(child)


@pytest.fixture
def pantries(kodaira: Any, kawasaki: Any, clinic: Any, all_tenants: None) -> Iterator[list[Ingredients]]:
    """What cannot be made of the first town's case is made of the second's, where classes are proved by papers."""
    request = RequestFactory().post("/")
    request.session = SessionStore()
    with context.request_context(request):
        yield [Ingredients(kodaira, clinic, "short_stay"), Ingredients(kawasaki, clinic, "short_stay")]


@dataclass
class Told:
    """What came of all that was filled in."""

    wrong: list[str] = field(default_factory=list)
    sentences: set[str] = field(default_factory=set)
    forms: int = 0
    fields: int = 0
    filled_in: int = 0

    def __str__(self) -> str:
        return f"{self.forms} forms, {self.fields} fields, {self.filled_in} filled in, {len(self.sentences)} sentences"


class Harness:
    """Fills one class of form in and reads what it answers."""

    def __init__(self, cls: type[Any], given: dict[str, Any], told: Told) -> None:
        self.cls, self.given, self.told = cls, given, told
        self.template = engines["django"].from_string(TEMPLATE)
        self.unbound = cls(**given)
        self.body = filling.sensible(self.unbound)
        self.boxes = dict(filling.names_of(self.unbound))
        told.forms, told.fields = told.forms + 1, told.fields + len(self.boxes)

    @property
    def all_boxes(self) -> list[str]:
        return [box for own in self.boxes.values() for box in own]

    def fill_in(self, what: str, body: filling.Body, *, draws: bool = True) -> None:
        """Send the body; what is wrong with the answer is told."""
        self.told.filled_in += 1
        cache.clear()  # counts of tries, of which there are many here
        where = f"{self.cls.__module__}.{self.cls.__name__} · {what}"
        try:
            form = self.cls(filling.sent(body), **self.given)
            form.is_valid()
            said = [str(sentence) for sentences in form.errors.values() for sentence in sentences]
            page = filling.drawn(form, self.template) if draws else ""
        except Exception as broken:  # whatever it is, a person would have met the page of an error
            self.told.wrong.append(f"{where}: {type(broken).__name__} {broken}"[:400])
            return
        self.told.sentences.update(said)
        if self.cls.__name__ not in SILENT:
            self.told.wrong += [f"{where}: {why}: {sentence}" for sentence in said if (why := complaint(sentence))]
        if draws:
            self.told.wrong += [f"{where}: {box} is lost" for box in filling.kept(form, page)]
            self.told.wrong += [f"{where}: markup is drawn"] * (corpus.MARKUP["script"] in page)


def harnesses(pantries: list[Ingredients], told: Told) -> Iterator[Harness]:
    for cls in form_classes():
        try:
            yield Harness(cls, _first_that_can(cls, pantries), told)
        except Exception as unknown:  # a new argument, or a new base: the sentence says which
            told.wrong.append(f"{cls.__module__}.{cls.__name__} cannot be built: {type(unknown).__name__} {unknown}")


def _first_that_can(cls: type[Any], pantries: list[Ingredients]) -> dict[str, Any]:
    for ingredients in pantries[:-1]:
        with suppress(LookupError), _of(ingredients):
            return made_with(cls, ingredients)
    with _of(pantries[-1]):
        return made_with(cls, pantries[-1])


@contextmanager
def _of(ingredients: Ingredients) -> Iterator[None]:
    with tenant(municipality=ingredients.municipality.pk):
        yield


def fill_in_each(harness: Harness, values: Values, *, one_by_one: bool) -> None:
    harness.fill_in("nothing sent", {})
    harness.fill_in("as it stands", harness.body)
    for name, value in values:
        harness.fill_in(f"all boxes, {name}", filling.odd(harness.body, harness.all_boxes, value))
        for field_name, own in harness.boxes.items() if one_by_one else ():
            body = filling.odd(harness.body, own, value)
            harness.fill_in(f"{field_name}, {name}", body, draws=len(value) < LONG)


def every_form(pantries: list[Ingredients], values: Values, *, one_by_one: bool) -> Told:
    told = Told()
    for harness in harnesses(pantries, told):
        fill_in_each(harness, values, one_by_one=one_by_one)
    print(*told.wrong, sep="\n")  # noqa: T201
    print("every form:", told, len(values), "values")  # noqa: T201
    return told


def test_every_form__answers_odd_values_in_words_and_keeps_them(pantries: list[Ingredients]) -> None:
    told = every_form(pantries, corpus.QUICK_VALUES, one_by_one=False)
    assert not told.wrong
    assert told.forms > 130


@pytest.mark.soak
def test_every_field__answers_every_value_in_words_and_keeps_it(pantries: list[Ingredients]) -> None:
    assert not every_form(pantries, corpus.EVERY_VALUE, one_by_one=True).wrong


ODD_TEXT = st.one_of(
    st.sampled_from([value for value in corpus.EVERYTHING.values() if len(value) < LONG]),
    st.text(max_size=40),
    st.from_regex(r"[0-9０-９.,:/年月日RHS令和平成元円\-ー ]{1,14}", fullmatch=True),
)


def mixed(pantries: list[Ingredients], examples: int) -> Told:
    """Forms with some boxes filled in sensibly, some with this and some with that."""
    told = Told()
    found = list(harnesses(pantries, told))

    @settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.sampled_from(found), st.data())
    def fill_in(harness: Harness, data: st.DataObject) -> None:
        kept = data.draw(st.sets(st.sampled_from(harness.all_boxes))) if harness.boxes else set()
        texts = {box: [data.draw(ODD_TEXT)] for box in harness.all_boxes if box not in kept}
        harness.fill_in(f"{texts}", {**harness.body, **texts})

    fill_in()
    print(*told.wrong, sep="\n")  # noqa: T201
    print("forms at random:", told)  # noqa: T201
    return told


def test_forms__filled_in_at_random__answer_in_words(pantries: list[Ingredients]) -> None:
    assert not mixed(pantries, 150).wrong


@pytest.mark.soak
def test_forms__filled_in_at_random_for_long__answer_in_words(pantries: list[Ingredients]) -> None:
    assert not mixed(pantries, 6_000).wrong


# controls: what the harness has to see


class EnglishForm(DadsForm):
    code = LineField(label="番号", error_messages={"required": "Please enter the code."})


class StockForm(forms.Form):
    code = forms.CharField()


class BreakingForm(DadsForm):
    code = forms.CharField(label="番号")

    def clean_code(self) -> int:
        return int(self.cleaned_data["code"])


class ForgettingForm(DadsForm):
    code = forms.CharField(label="番号", widget=forms.TextInput(attrs={"value": "まえの値"}))

    def __getitem__(self, name: str) -> Any:
        box = super().__getitem__(name)
        box.value = lambda: ""  # type: ignore[method-assign]
        return box


@pytest.mark.parametrize(
    ("cls", "seen"),
    [
        (EnglishForm, "no Japanese"),
        (StockForm, "a framework's own words"),
        (BreakingForm, "ValueError"),
        (ForgettingForm, "is lost"),
    ],
)
@pytest.mark.django_db
def test_control__a_form_that_breaks_the_promise_is_seen(cls: type[Any], seen: str) -> None:
    told = Told()
    fill_in_each(Harness(cls, {}, told), corpus.QUICK_VALUES, one_by_one=False)
    assert any(seen in line for line in told.wrong)
    assert {each.__module__.partition(".")[0] for each in form_classes()} <= {*APPS}
