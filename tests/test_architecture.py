"""What the architecture promises and no linter sees: access rules, life cycles, thin tasks and views, small files."""

import ast
import inspect
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import rules
from django.apps import apps
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver
from django_fsm import FSMField
from django_scopes.exceptions import ScopeError

from applications.models import Application
from eligibility.models import ProgrammeDraft
from facilities.models import Booking
from postpartum_portal.accounts.access import ATTRIBUTE
from postpartum_portal.accounts.middleware import GUARDED_ELSEWHERE
from postpartum_portal.pages.demo import urls as demo_urls
from postpartum_portal.shared.jobs import registry
from tests import sources

LONGEST_FILE = 300
LONGEST_FUNCTION = 50
RULES = {"public", "citizen", "centre", "decider", "facility_staff"}
WRITES = {"save", "create", "bulk_create", "get_or_create", "update_or_create", "delete", "bulk_update"}


# every address has a rule


def views() -> Iterator[tuple[str, Callable[..., Any]]]:
    yield from _views_below(get_resolver().url_patterns, "/")
    yield from _views_below(demo_urls.urlpatterns, "/demo/")  # there under demo settings only


def _views_below(entries: Iterable[Any], prefix: str) -> Iterator[tuple[str, Callable[..., Any]]]:
    for entry in entries:
        address = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from _views_below(entry.url_patterns, address)
        elif isinstance(entry, URLPattern):
            yield address, entry.callback


def test_views__carry_an_access_rule() -> None:
    open_views = [
        address
        for address, view in views()
        if getattr(view, ATTRIBUTE, None) not in RULES and not view.__module__.startswith(GUARDED_ELSEWHERE)
    ]
    assert not open_views


# life cycles


def transitions() -> list[Any]:
    return [
        pytest.param(model, transition, id=f"{model.__name__}.{name}")
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, FSMField)
        for name, transition in _transitions_of(model, field)
    ]


def _transitions_of(model: type[Model], field: Any) -> Iterator[tuple[str, Any]]:
    for name, method in inspect.getmembers(model, inspect.isfunction):
        if meta := getattr(method, "_django_fsm", None):
            assert meta.field.name == field.name
            yield name, list(meta.transitions.values())


@pytest.mark.parametrize(("model", "arrows"), transitions())
def test_transitions__have_a_label_and_a_known_permission(model: type[Model], arrows: list[Any]) -> None:
    for arrow in arrows:
        assert arrow.custom.get("label"), "buttons and docs read the label"
        assert rules.perm_exists(arrow.permission)


@pytest.mark.parametrize("model", [Application, Booking, ProgrammeDraft])
def test_states__are_all_reached_and_left_by_transitions(model: Any) -> None:
    arrows = [arrow for case in transitions() if case.values[0] is model for arrow in case.values[1]]
    first = model._meta.get_field("status").default
    reached = {first} | {arrow.target for arrow in arrows}
    assert {arrow.source for arrow in arrows} <= set(model.Status.values)
    assert reached <= set(model.Status.values)


def test_state_groups__of_an_application_cover_every_state_once() -> None:
    groups = [Application.OPEN, Application.CLOSED, frozenset({Application.Status.DRAFT})]
    assert frozenset.union(*groups) == set(Application.Status)
    assert sum(map(len, groups)) == len(Application.Status)
    assert Application.TO_CALL <= Application.OPEN


def test_state_groups__of_a_booking_cover_every_state_once() -> None:
    groups = [Booking.LIVE, Booking.COUNTED, Booking.GIVEN_BACK]
    assert frozenset.union(*groups) == set(Booking.Status)
    assert sum(map(len, groups)) == len(Booking.Status)


# tenants and jobs

UNSCOPED = {
    "facilities.Facility",
    "facilities.StaffInvitation",  # answered at sign-in, before any scope is open; as a centre's
    "facilities.StaffMembership",
    "facilities.StaffReset",  # a colleague asks at one facility, a centre answers for several
    "applications.NumberSeries",
}
"""Public facts, who works where, and counters: nothing in them is about one person."""


def test_models__of_people_and_places_are_closed_outside_a_scope() -> None:
    found = [model for app in ("applications", "facilities") for model in apps.get_app_config(app).get_models()]
    assert {model._meta.label for model in found if _answers_without_scope(model)} == UNSCOPED


def _answers_without_scope(model: Any) -> bool:
    try:
        model.objects.all()
    except ScopeError:
        return False
    return True


def test_jobs__that_are_asked_for_have_a_handler() -> None:
    kinds = {
        sources.text_of(call.args[0], path)
        for path in sources.modules(*sources.APPS)
        for name, call in sources.calls(path)
        if name == "enqueue"
    } - {None}
    assert kinds, "the search must find what is asked for"
    assert not kinds - registry._handlers.keys()


# tasks and views translate


def test_tasks__hold_no_logic() -> None:
    """A task loads nothing and decides nothing: a few statements, no branch."""
    thinking = [
        f"{sources.shown(path)}:{function.lineno} {function.name}"
        for path in sources.modules(*sources.APPS)
        if path.name == "tasks.py"
        for function in ast.walk(sources.tree(path))
        if isinstance(function, ast.FunctionDef) and (_branches(function) or len(function.body) > 4)
    ]
    assert not thinking


def test_views__leave_writing_to_services() -> None:
    """Views translate: form, one service, redirect."""
    writing = [
        f"{sources.shown(path)}:{call.lineno} {name}"
        for path in sources.modules(*sources.APPS)
        if _holds_views(path)
        for name, call in sources.calls(path)
        if name.rpartition(".")[2] in WRITES and ".session" not in name and "form." not in name
    ]
    assert not writing


def _branches(function: ast.FunctionDef) -> bool:
    return any(isinstance(node, ast.If | ast.IfExp | ast.Try | ast.While | ast.Match) for node in ast.walk(function))


def _holds_views(path: Path) -> bool:
    return path.name == "views.py" or "views" in path.parts


# services


def test_services__begin_with_what_they_offer() -> None:
    """The public function first, its helpers below."""
    hidden_first = [
        sources.shown(path)
        for path in sources.modules(*sources.APPS)
        if "services" in path.parts and (names := _functions(path)) and names[0].startswith("_")
    ]
    assert not hidden_first


def _functions(path: Path) -> list[str]:
    return [node.name for node in sources.tree(path).body if isinstance(node, ast.FunctionDef)]


# comfortable sizes


def test_files__stay_comfortable() -> None:
    files = [*sources.modules(*sources.APPS, *sources.OTHERS), *sources.templates()]
    long = {sources.shown(path): lines for path in files if (lines := _lines(path)) > LONGEST_FILE}
    assert not long, "look for the second idea in it"


def test_functions__fit_a_screen() -> None:
    long = [
        f"{sources.shown(path)}:{function.lineno} {function.name} {length}"
        for path in sources.modules(*sources.APPS, "scripts", "bench")
        for function in ast.walk(sources.tree(path))
        if isinstance(function, ast.FunctionDef)
        and (length := (function.end_lineno or 0) - function.lineno + 1) > LONGEST_FUNCTION
    ]
    assert not long


def _lines(path: Path) -> int:
    return path.read_text().count("\n")
