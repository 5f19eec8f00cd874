"""Which rows are about a household that came on paper: found through the model registry, so that none is forgotten."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model, Q

from applications.models import AccountOffer, Household, WindowNotice
from eligibility.public import Municipality
from postpartum_portal.accounts.models import User

Found = dict[type[Model], set[int]]

ACCOUNT_ONLY: frozenset[type[Model]] = frozenset({WindowNotice})
"""Asked for with an account and by nobody else: no such row hangs on a household."""

SUBJECT_NAMES: Mapping[str, str] = {"class": "householdclass"}
"""What `subject_kind` calls a model whose own name is another."""


def rows_of_citizens() -> list[type[Any]]:
    """Every model whose rows are about one mother, of this app and of those above it."""
    return [model for model in apps.get_models() if any(field.name == "citizen" for field in model._meta.fields)]


def rows_about(household: Household) -> Found:
    """The rows about a household that belong to no account yet, by model. The scope is the municipality.

    A row is about it if it points to one that is; asked again until nothing is added, whatever hangs on what.
    """
    found: Found = {Household: {household.pk}}
    grown = True
    while grown:
        grown = False
        for model in rows_of_citizens():
            pointing = _points_to(model, found)
            rows = model.objects.filter(pointing, municipality_id=household.municipality_id, citizen=None)
            new = set(rows.values_list("pk", flat=True)) - found.get(model, set()) if pointing else set()
            if new:
                found[model] = found.get(model, set()) | new
                grown = True
    return found


def reachable() -> set[type[Model]]:
    """The models of which a row can be found so."""
    known: set[type[Model]] = {Household}
    while True:
        more = {model for model in rows_of_citizens() if _subject_of(model) or _links(model, known)} - known
        if not more:
            return known
        known |= more


def _points_to(model: type[Model], found: Found) -> Q:
    pointing = Q()
    for name, target in _links(model, set(found)):
        pointing |= Q(**{f"{name}__in": found[target]})
    if _subject_of(model):
        for target, ids in found.items():
            name = str(target._meta.model_name)
            kind = next((code for code, called in SUBJECT_NAMES.items() if called == name), name)
            pointing |= Q(subject_kind=kind, subject_id__in=ids)
    return pointing


def _links(model: type[Model], known: set[type[Model]]) -> list[tuple[str, type[Model]]]:
    return [(field.name, target) for field, target in _foreign_keys(model) if target in known]


def _foreign_keys(model: type[Model]) -> Iterator[tuple[Any, type[Model]]]:
    for field in model._meta.fields:
        if isinstance(field, ForeignKey) and isinstance(field.related_model, type):
            yield field, field.related_model


def _subject_of(model: type[Model]) -> bool:
    """A letter names what it is about by kind and number, for bookings live in an app above."""
    return {"subject_kind", "subject_id"} <= {field.name for field in model._meta.fields}


def open_offer(household: Household) -> AccountOffer | None:
    """The address that was written down and waits for her."""
    rows = AccountOffer.objects.filter(household=household, joined_at=None, closed_at=None)
    return rows.select_related("citizen").first()


def last_account_offer(household: Household) -> AccountOffer | None:
    """As the case page tells it: open, closed after too many tries, or taken."""
    return AccountOffer.objects.filter(household=household).select_related("citizen").last()


def account_offers_to(citizen: User, municipality: Municipality) -> tuple[AccountOffer, ...]:
    """What she may confirm; an address that was typed wrong shows nothing of the household by it."""
    rows = AccountOffer.objects.filter(citizen=citizen, municipality=municipality, joined_at=None, closed_at=None)
    return tuple(rows)


def own_household_of(citizen: User, municipality: Municipality) -> bool:
    """Whether this account has applied here itself: two households are never made one without somebody's looking."""
    return Household.objects.filter(citizen=citizen, municipality=municipality).exists()
