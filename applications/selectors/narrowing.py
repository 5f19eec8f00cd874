"""By what the centre's list is narrowed: a state, an office, who is in charge, and the words of a search."""

from dataclasses import dataclass

from django.db.models import Q

NO_OFFICE = "-"  # no code begins so
NOBODY = "-"  # no id is so


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What is chosen above the list.

    `state` is a `Tab.code`; an unknown one is すすめる. `office` is the code of the office in charge, `NO_OFFICE` for
    those who have named none, "" for all. `charge` is the id of who is in charge, `NOBODY`, or "" for all.
    """

    state: str = ""
    office: str = ""
    charge: str = ""
    words: str = ""

    @property
    def who(self) -> Q:
        """Office and person, as a condition on applications."""
        at_office = Q(birth__household__office=_code(self.office)) if self.office else Q()
        if self.charge == NOBODY:
            return at_office & Q(assignee=None)
        return at_office & Q(assignee=int(self.charge)) if self.charge else at_office


def is_of_office(own: str, office: str) -> bool:
    """Whether a family with this office in charge ("": it has named none) belongs to a list narrowed to `office`."""
    return not office or own == _code(office)


def _code(office: str) -> str:
    """As a household keeps it."""
    return "" if office == NO_OFFICE else office
