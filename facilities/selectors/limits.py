"""Where a use takes place, as the rules want to see it: whom the facility takes, and the amounts it names."""

from collections.abc import Iterable, Sequence

from eligibility import engine
from facilities.models import Offering

from .amounts import entered_for_each


def place_of(offering: Offering) -> engine.Place:
    """The facility of one offering; `contract` and `facility` are best selected with it."""
    return places_of([offering])[offering.pk]


def places_of(offerings: Sequence[Offering]) -> dict[int, engine.Place]:
    """Offering id → its facility, for offerings of any municipalities, in few statements."""
    entered = entered_for_each(offerings)
    return {offering.pk: _place(offering, entered[offering.pk]) for offering in offerings}


def _place(offering: Offering, entered: Iterable[engine.Entered]) -> engine.Place:
    return engine.Place(
        name=offering.facility.name,
        age_limit=_age_limit(offering),
        multiples=_first_said(offering.multiples, offering.contract.multiples),
        siblings=_first_said(offering.siblings, offering.contract.siblings),
        entered=tuple(entered),
    )


def _age_limit(offering: Offering) -> engine.AgeLimit | None:
    """The service's own limit, else the facility's, each with the list's sentence."""
    for said in (offering, offering.contract):
        if said.age_under is not None:
            return engine.AgeLimit(
                number=said.age_under,
                unit=engine.AgeUnit(said.age_unit),
                title=said.age_title,
                source=engine.Source(**offering.contract.source),
                inclusive=said.age_inclusive,
            )
    return None


def _first_said(own: bool | None, of_the_facility: bool | None) -> bool | None:
    return of_the_facility if own is None else own
