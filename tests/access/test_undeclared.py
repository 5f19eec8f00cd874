"""A6: what a form does not declare changes nothing, whatever name of a model's field is sent along.

Each address that takes a POST is sent what it takes, and then the same with every field of every model; what is written
is compared, statement by statement. A name is declared when the code asks the form for it; names of keys, states,
numbers and instants are asked for only where `ASKED_FOR` says why.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest
from django import forms
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import path

from applications.models import SavedView
from postpartum_portal.accounts import access
from tests.access.deeds import DEEDS, OF
from tests.access.matrix import Walker, path_of
from tests.access.rules import TABLE
from tests.access.rules.outcomes import REACHED, RULES, Line
from tests.access.writing import beyond_chance, every_field, model_fields, posted, reading_names
from tests.plugins.counted import Counted

ASKED_FOR = {
    "answer": "what the facility says about a month that came back: its own words",
    "facility": "which of one's own workplaces one works for; asked among hers",
    "household": "whom the centre told by phone; asked among those whom no mail reaches",
    "letter": "which sheet of coupons is lost; asked among hers",
    "offering": "which service of which facility; asked among those that are offered to her",
    "opening": "which opening of her address a second person confirms; asked among the household's",
    "application": "which draft is handed in; asked among her own",
    "booking": "asked among hers",
    "number": "how many coupons came back",
    "units": "whether a use that no rule decides counts; decided at the facility or by a decider",
    "at": "which page the words were chosen on",
    "call_back_at": "when she is called again, among the times that she gave",
}
SHORT_AND_LONG = pytest.mark.parametrize("every", [3, pytest.param(1, marks=pytest.mark.soak)], ids=["a third", "all"])
SENSITIVE = (models.ForeignKey, models.AutoField, models.DateTimeField)


def sent(line: Line, address: str, walker: Walker) -> dict[str, Any]:
    own = walker.world.of(line.town, "own")
    said = {**line.sends, **DEEDS.get(address, {})}
    return {name: own[text[1:]] if str(text)[:1] == "@" else text for name, text in said.items()}


def posts(walker: Walker, *, every: int = 1) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Address, path, session and good data of every deed, or of each so many-th, by the first who may do it."""
    for address, line in islice(TABLE.items(), 0, None, every):
        actor = next((actor for actor in _may(line) if line.expected(actor, "own", "POST") == REACHED), None)
        if actor is None or line.rule in ("entry", "account") or address.startswith("/demo/"):
            continue
        objects = {**line.objects, **OF.get(address, {})}
        where = path_of(address, Line(line.rule, objects, line.words, town=line.town), walker.world, "own")
        yield address, where, walker.session(line.town, actor), sent(line, address, walker)


def _may(line: Line) -> tuple[str, ...]:
    """Of the centre the decider, who may most and did not do the hearing."""
    rule = RULES[line.rule]
    return ("decider", "centre", *rule.own, *rule.open_to) if "centre" in rule.own else (*rule.own, *rule.open_to)


def changed(
    walker: Walker, monkeypatch: pytest.MonkeyPatch, counts: Counter[str], *, every: int = 1
) -> dict[str, list[str]]:
    """Address → what it writes otherwise when more is sent than it asks for."""
    names, found = every_field(model_fields()), {}
    for address, where, session, good in posts(walker, every=every):
        with reading_names(monkeypatch) as asked:
            answer, once = posted(where, session, good)
        if answer.status_code in (404, 405):
            continue
        counts["addresses"] += 1
        counts["deeds done"] += bool([sql for sql, _ in once if "shared_event" not in sql])
        _, twice = posted(where, session, good)
        more = {name: value for name, value in names.items() if name not in asked and name not in good}
        counts["names sent along"] += len(more)
        _, then = posted(where, session, {**good, **more})
        if beyond := beyond_chance(once, twice, then):
            found[address] = beyond
    return found


@SHORT_AND_LONG
def test_no_form__changes_what_it_does_not_declare(
    every: int, walker: Walker, monkeypatch: pytest.MonkeyPatch, counted: Counted
) -> None:
    counts: Counter[str] = Counter()
    found = changed(walker, monkeypatch, counts, every=every)
    counted("undeclared fields", dict(counts))
    assert not found
    assert counts["addresses"] > 100 // every
    assert counts["deeds done"] > 50 // every


@SHORT_AND_LONG
def test_no_form__asks_for_a_key_a_state_or_an_instant(
    every: int, walker: Walker, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = {
        name
        for field in model_fields()
        if isinstance(field, SENSITIVE) or field.name in ("status", "citizen", "municipality")
        for name in (field.name, field.attname)
    }
    asked_for: set[str] = set()
    for _, where, session, good in posts(walker, every=every):
        with reading_names(monkeypatch) as asked:
            posted(where, session, good)
        asked_for |= asked & names
    assert asked_for <= set(ASKED_FOR), asked_for - set(ASKED_FOR)


# control: a form that takes all fields of its model


class Careless(forms.ModelForm):
    class Meta:
        model = SavedView
        fields = "__all__"  # noqa: DJ007 - the mistake


@access.centre
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    form = Careless(request.POST, instance=SavedView.objects.get(pk=pk))
    if form.is_valid():
        form.save()
    return HttpResponse()


urlpatterns = [path("<slug:slug>/centre/rename/<int:pk>/", rename)]


def test_control__a_form_of_all_fields_is_found(walker: Walker, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    monkeypatch.setattr("tests.access.test_undeclared.TABLE", {CARELESS: Line("centre", {"pk": "view"}, sends=GOOD)})
    assert CARELESS in changed(walker, monkeypatch, Counter())


CARELESS, GOOD = "/<slug:slug>/centre/rename/<int:pk>/", {"name": "わたしの分", "state": "all"}
