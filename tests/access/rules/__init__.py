"""The table: every address of the portal with its rule, the objects that it names, and what differs, with why."""

from itertools import chain

from .accounts import ACCOUNT, ENTRY
from .centre import CENTRE, CENTRE_READER
from .citizen import CITIZEN, DOCUMENT, PROXY, PUBLIC
from .decider import DECIDER
from .facility import FACILITY_STAFF
from .outcomes import Line, lines

__all__ = ["TABLE"]

_CENTRE = "/<slug:slug>/centre/"
TABLE: dict[str, Line] = dict(
    chain(
        lines("public", "/", PUBLIC),
        lines("citizen", "/", CITIZEN),
        lines("proxy", "/", PROXY),
        lines("document", "/", DOCUMENT),
        lines("centre", _CENTRE, CENTRE),
        lines("centre_reader", _CENTRE, CENTRE_READER),
        lines("decider", _CENTRE, DECIDER),
        lines("facility_staff", "/facility/", FACILITY_STAFF),
        lines("entry", "/accounts/", ENTRY),
        lines("account", "/accounts/", ACCOUNT),
    )
)
