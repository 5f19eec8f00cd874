"""What an address answers to whom: one rule for each, and what differs from it, with its reason."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

REACHED, NOTHING, SIGN_IN, METHOD = "reached", "nothing", "sign in", "method"
"""A page or a deed; a page that does not exist; the way to the sign-in page; a method that the address lacks."""

ACTORS = (
    "anonymous",
    "mother",
    "another mother",
    "proxy",
    "centre",
    "decider",
    "auditor",
    "decider elsewhere",
    "facility",
    "another facility",
    "visitor",
    "operator",
    "disabled",
)
"""`operator` has no account in the portal: one without any membership stands for it. `disabled` decided here once."""

READING = ("GET", "HEAD")
STRANGERS = ("anonymous", "disabled")
MOTHERS = ("mother", "another mother")
WITHOUT_FACTOR = (*MOTHERS, "proxy", "operator")
WITH_FACTOR = tuple(actor for actor in ACTORS if actor not in (*STRANGERS, *WITHOUT_FACTOR))
AT_FACILITIES = ("facility", "another facility", "visitor")


@dataclass(frozen=True)
class Rule:
    """Who reaches what is her own; `foreign`: whose object is foreign here, and to whom it is not."""

    says: str
    own: tuple[str, ...]
    open_to: tuple[str, ...]
    """Who reaches an address of this rule that names no object."""
    foreign: str = "there"
    owners: tuple[str, ...] = ()
    reads_only: tuple[str, ...] = ()
    asks_to_sign_in: bool = True


SIGNED_IN = tuple(actor for actor in ACTORS if actor not in STRANGERS)
AT_CENTRE = ("centre", "decider", "auditor")
RULES = {
    "public": Rule("Anybody.", ACTORS, ACTORS, asks_to_sign_in=False),
    "entry": Rule("Anybody: the way in, and out.", ACTORS, ACTORS, asks_to_sign_in=False),
    "account": Rule("Anybody who is signed in; own keys only.", ("centre",), SIGNED_IN, "beside", ("decider",)),
    "citizen": Rule(
        "Anybody who is signed in, who sees her own rows and no others.",
        ("mother",),
        SIGNED_IN,
        "beside",
        ("another mother",),
    ),
    "proxy": Rule("Who writes for a mother, until it is handed over.", ("proxy",), SIGNED_IN, "there"),
    "document": Rule(
        "A mother her own; staff of the centre each of their municipality's.",
        ("mother", *AT_CENTRE),
        SIGNED_IN,
        "there",
    ),
    "centre": Rule(
        "Staff of this municipality's centre; an auditor may only read.", AT_CENTRE, AT_CENTRE, reads_only=("auditor",)
    ),
    "centre_reader": Rule(
        "As centre, and a deed that an auditor may do too: it changes no case.", AT_CENTRE, AT_CENTRE
    ),
    "decider": Rule("Staff of this municipality's centre who may decide.", ("decider",), ("decider",)),
    "facility_staff": Rule(
        "Staff of the facility, who see its own rows and no others.",
        ("facility",),
        AT_FACILITIES,
        "beside",
        ("another facility",),
    ),
}
MARKS = {"entry": None, "account": None, "proxy": "citizen", "document": "citizen", "centre_reader": "centre"}
"""The word on the view, where it is not the rule's own."""


@dataclass(frozen=True)
class Line:
    """The rule of one address.

    `objects`: argument → name in the world; `words`: arguments that name nobody's row; `sends`: what a POST needs to
    be a deed at all, "@name" for an object; `town`: where such objects are; `foreign`: whose object is foreign here, if
    not the rule's; `only`: who reaches an own object, instead of whom the rule says; `writes`: the same for a POST;
    `anyhow`: who gets the same answer whatever the object; `but`: actor, or method and actor → outcome instead.
    `why` gives the reason.
    """

    rule: str
    objects: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Any] = field(default_factory=dict)
    sends: Mapping[str, Any] = field(default_factory=dict)
    town: str = "kodaira"
    foreign: str = ""
    only: tuple[str, ...] | None = None
    writes: tuple[str, ...] | None = None
    anyhow: tuple[str, ...] = ()
    but: Mapping[str, str] = field(default_factory=dict)
    why: str = ""

    @property
    def whose(self) -> tuple[str, ...]:
        """The objects that it is asked for; `mixed`: the first is one's own, the last is another's."""
        if not self.objects:
            return ("own",)
        return ("own", "foreign", "absent", "mixed") if len(self.objects) > 1 else ("own", "foreign", "absent")

    @property
    def is_reached(self) -> bool:
        """Whether anybody here is let through to it."""
        return self.only is None or any(actor in ACTORS for actor in self.only)

    @property
    def differs(self) -> bool:
        """Whether it answers somebody otherwise than its rule says."""
        return self.only is not None or self.writes is not None or bool(self.anyhow or self.but)

    @property
    def foreign_side(self) -> str:
        return self.foreign or RULES[self.rule].foreign

    def expected(self, actor: str, whose: str, method: str) -> str:
        """What the guard has to decide; where an actor is let in, a method that the address lacks is METHOD."""
        rule = RULES[self.rule]
        if rule.asks_to_sign_in and actor in STRANGERS:
            return SIGN_IN
        if actor in self.anyhow:
            return REACHED
        for one in (f"{method} {actor}", actor):
            if one in self.but and whose == "own":
                return self.but[one]
        if actor in rule.reads_only and method not in READING:
            return NOTHING
        if whose == "own":
            return REACHED if actor in self._own(method) else NOTHING
        return REACHED if actor in self.owners(whose) else NOTHING

    def lets_in(self, actor: str, method: str) -> bool:
        """Whether the guard passes somebody on to the view, before it is known which object she names."""
        rule = RULES[self.rule]
        return actor in (*rule.open_to, *rule.own) and (actor not in rule.reads_only or method in READING)

    def _own(self, method: str) -> tuple[str, ...]:
        if self.writes is not None and method not in READING:
            return self.writes
        if self.only is not None:
            return self.only
        return RULES[self.rule].own if self.objects else RULES[self.rule].open_to

    def owners(self, whose: str) -> tuple[str, ...]:
        """To whom what is foreign to others belongs."""
        return RULES[self.rule].owners if whose == "foreign" and self.foreign_side == "beside" else ()


def lines(rule: str, prefix: str, table: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, Line]]:
    for address, said in table.items():
        yield prefix + address, Line(rule, **said)
