"""The office in charge of where a family lives: how it is asked for, and which one it is."""

from django.utils.translation import gettext as _

from applications.models import Household
from eligibility.engine import Office, Terms


def office_label(terms: Terms) -> str:
    """お住まいの区 where the offices' areas are published, 担当の窓口 where only their names are."""
    if not areas_published(terms):
        return _("担当の窓口")
    wards = all(str(office.serves).endswith("区") for office in terms.local_offices)
    return _("お住まいの区") if wards else _("お住まいの地域")


def areas_published(terms: Terms) -> bool:
    """Whether every one of them says whom it is there for, so that nobody has to guess."""
    return all(isinstance(office.serves, str) for office in terms.local_offices)


def office_words(code: str, terms: Terms) -> str:
    """`宮前区`, or the office's name where no area is published; わからない where she named none that there is."""
    office = terms.office_in_charge(code)
    if office is None:
        return _("わからない")
    return office.serves if isinstance(office.serves, str) else office.name


def office_named_in(address: str, terms: Terms) -> str:
    """The code of the office whose area an address names; "" where it names none, or more than one."""
    named = [
        office.code for office in terms.local_offices if isinstance(office.serves, str) and office.serves in address
    ]
    return named[0] if len(named) == 1 else ""


def other_office_named(address: str, chosen: str, terms: Terms) -> tuple[Office, Office] | None:
    """The office whose area the address names, and the one that was chosen instead; None where they agree, or where
    one of them is not known.
    """
    named = terms.office_in_charge(office_named_in(address, terms))
    own = terms.office_in_charge(chosen)
    return (named, own) if named and own and named != own else None


def own_office(household: Household, terms: Terms) -> Office | None:
    """The office that a family asks, besides the one that the whole municipality asks; None where it has none."""
    return terms.office_in_charge(household.office)
