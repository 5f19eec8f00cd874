"""A7: no address leads along an arrow that the life cycle does not declare, and nobody decides on what is her own.

An application, a booking and a draft of new rules are put into every state, and every address that names them is sent
its deed; the state afterwards is the one before, or the target of a declared arrow that a person may go.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import rules
from django.apps import apps
from django.db import transaction
from django.db.models import Model
from django_fsm import FSMField
from django_scopes import scopes_disabled

from applications.models import Application
from eligibility.models import ProgrammeDraft
from facilities.models import Booking
from facilities.services import attending
from postpartum_portal.accounts.predicates import decides_at_its_centre
from postpartum_portal.shared import clock
from tests.access.asking import ask_and_keep
from tests.access.matrix import Walker, path_of
from tests.access.rules import TABLE
from tests.access.rules.outcomes import REACHED, Line
from tests.access.test_undeclared import sent
from tests.access.writing import posted
from tests.plugins.counted import Counted

FAMILY = {"case", "application", "returned"}
BOOKINGS = {"requested", "suggested", "booking", "came", "today", "late", "waived", "moving"}
SUBJECTS: dict[type[Model], tuple[set[str], str]] = {
    Application: (FAMILY, "recommended"),
    Booking: (BOOKINGS, "today"),
    ProgrammeDraft: ({"draft"}, "draft"),
}
"""Model → the names by which the table knows it, and the one that is put into every state."""

DECIDED = "a decided application has its decision, and what was granted by it: a state alone is none"
LEFT_OUT = {(Application, "draft"): "a draft has no number yet"} | dict.fromkeys(
    ((Application, status) for status in ("approved", "refused", "revoked")), DECIDED
)


@pytest.fixture(autouse=True)
def _say_what_failed(settings: Any) -> None:
    settings.DEBUG_PROPAGATE_EXCEPTIONS = True


def arrows(model: Any) -> set[tuple[str, str]]:
    """From where to where a person may bring it: what only time or a job does is left out."""
    field = next(field for field in model._meta.concrete_fields if isinstance(field, FSMField))
    return {
        (transition.source, transition.target)
        for transition in field.get_all_transitions(model)
        if rules.permissions.permissions[transition.permission] is not rules.always_false
    }


def addresses(model: type[Model]) -> Iterator[tuple[str, Line]]:
    """Those that name such a row, with the one that is put into every state in its place."""
    names, subject = SUBJECTS[model]
    for address, line in TABLE.items():
        if line.town == "kodaira" and names & set(line.objects.values()) and line.rule != "document":
            objects = {arg: subject if name in names else name for arg, name in line.objects.items()}
            yield address, Line(line.rule, objects, line.words, line.sends)


def stand(model: Any, row: Any, status: str, walker: Walker) -> None:
    """Put it there, with what the constraints ask of such a row."""
    now, more = clock.now(), {}
    if model is Booking:
        more = {"decline_reason": "満室のため", "contact_at": now}
    if model is ProgrammeDraft and status == "published":
        by, version = walker.world.people["kodaira"]["decider"], walker.world.of("kodaira", "own")["version"]
        more = {"effective_from": now.date(), "published_at": now, "published_by": by, "version": version}
    model._base_manager.filter(pk=row.pk).update(status=status, **more)


def walk(model: Any, walker: Walker, table: list[tuple[str, Line]]) -> Iterator[tuple[str, str, str]]:
    """Address, state before and after, of every address in every state."""
    subject = walker.world.of("kodaira", "own")[SUBJECTS[model][1]]
    row = model._base_manager.get(**{"pk" if isinstance(subject, int) else "number": subject})
    for status in model.Status.values:
        if (model, status) in LEFT_OUT:
            continue
        for address, line in table:
            actor = "decider" if line.lets_in("decider", "POST") and line.rule != "citizen" else line_owner(line)
            where, session = path_of(address, line, walker.world, "own"), walker.session("kodaira", actor)
            with transaction.atomic():
                stand(model, row, status, walker)
                ask_and_keep("POST", where, session, sent(line, address, walker))
                yield address, status, model._base_manager.get(pk=row.pk).status
                transaction.set_rollback(True)


def line_owner(line: Line) -> str:
    return "mother" if line.rule == "citizen" else "facility"


@pytest.mark.parametrize("every", [2, pytest.param(1, marks=pytest.mark.soak)], ids=["half", "all"])
@pytest.mark.parametrize("model", SUBJECTS, ids=lambda model: model.__name__)
def test_addresses__lead_along_declared_arrows_only(model: Any, every: int, walker: Walker, counted: Counted) -> None:
    found = list(walk(model, walker, list(addresses(model))[::every]))
    gone = {(before, after) for _, before, after in found if before != after}
    counted(model.__name__, f"{len(found)} states × addresses, {len(gone)} arrows gone")
    wrong = [(a, b, c) for a, b, c in found if b != c and (b, c) not in arrows(model)]
    assert not wrong
    assert len(gone) > 1


def test_control__a_service_that_does_not_ask_the_life_cycle_is_found(
    walker: Walker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pass_anyhow(step: Any, **changes: Any) -> None:
        (arrow, *_) = step.__func__._django_fsm.transitions.values()
        type(step.__self__)._base_manager.filter(pk=step.__self__.pk).update(status=arrow.target, **changes)

    monkeypatch.setattr(attending, "pass_transition", pass_anyhow)
    arrived = [(address, line) for address, line in addresses(Booking) if address.endswith("/arrived/")]
    found = {(before, after) for _, before, after in walk(Booking, walker, arrived) if before != after}
    assert found - arrows(Booking)


# nobody decides on what is her own

OF_THE_FAMILY = {"household", "entitlement", "amendment", "loss", "letter", "care", "wish", "preparation", "sounding"}
KEPT = ("shared_event", "accounts_membership")
"""That she looked, and that her account is in use, is noted as ever."""

HER_RIGHT = {
    "/<slug:slug>/centre/letters/<int:pk>/entry/": "whether a letter was posted or spoiled is no decision",
}


def make_own(walker: Walker, actor: str) -> None:
    """The family of the world is that of somebody who works there."""
    mother, worker = (walker.world.people["kodaira"][name] for name in ("mother", actor))
    for model in apps.get_models():
        if any(field.name == "citizen" for field in model._meta.concrete_fields):
            model._base_manager.filter(citizen=mother).update(citizen=worker)


def own_deeds(walker: Walker, actor: str, *prefixes: str) -> dict[str, list[str]]:
    """Address → what somebody at work writes about what is her own."""
    found = {}
    for address, line in TABLE.items():
        names = set(line.objects.values())
        if (
            line.town != "kodaira"
            or not address.startswith(prefixes)
            or not names & (FAMILY | BOOKINGS | OF_THE_FAMILY)
        ):
            continue
        if line.expected(actor, "own", "POST") != REACHED or address in HER_RIGHT:
            continue
        objects = {arg: "recommended" if name in FAMILY else name for arg, name in line.objects.items()}
        where = path_of(address, Line(line.rule, objects, line.words), walker.world, "own")
        _, written = posted(where, walker.session("kodaira", actor), sent(line, address, walker))
        if deeds := [sql[:90] for sql, _ in written if not any(f'"{table}"' in sql for table in KEPT)]:
            found[address] = deeds
    return found


def test_staff_of_a_centre__do_nothing_on_what_is_their_own(walker: Walker) -> None:
    with scopes_disabled():
        make_own(walker, "decider")
    assert own_deeds(walker, "decider", "/<slug:slug>/centre/") == {}


def test_staff_of_a_facility__settle_no_money_of_their_own(walker: Walker) -> None:
    with scopes_disabled():
        make_own(walker, "facility")
    money = [f"/facility/bookings/<slug:number>/{end}/" for end in ("pay", "outcome", "hour")]
    assert own_deeds(walker, "facility", *money, "/facility/owed/") == {}


def test_control__a_rule_that_does_not_ask_whose_it_is_is_found(walker: Walker) -> None:
    asked = rules.permissions.permissions["applications.decide"]
    with scopes_disabled():
        make_own(walker, "decider")
    rules.set_perm("applications.decide", decides_at_its_centre)
    try:
        found = own_deeds(walker, "decider", "/<slug:slug>/centre/cases/<slug:number>/decide/")
    finally:
        rules.set_perm("applications.decide", asked)
    assert any("applications_decision" in deed for deeds in found.values() for deed in deeds)
