"""docs/access.md, from the rules that the matrix walks by: `python -m tests.access.table > docs/access.md`."""

import sys
from collections.abc import Iterator

from .rules import TABLE
from .rules.outcomes import ACTORS, RULES, Line

HEADINGS = {
    "public": "What everybody may see",
    "entry": "The way in, and out",
    "account": "An account of one's own",
    "citizen": "A mother's pages",
    "proxy": "What somebody writes for a mother",
    "document": "Papers that were handed in",
    "centre": "The centre's pages",
    "centre_reader": "The centre's pages on which an auditor acts too",
    "decider": "What only a decider does",
    "facility_staff": "The pages of a facility",
}
INTRODUCTION = """\
# Who may open what

Written by `python -m tests.access.table > docs/access.md` from the table in `tests/access/rules/`, which
`tests/access/test_matrix.py` walks: every address × method × actor × object, with real objects. A test fails when this
page is out of date, when an address has no line here, and when a line has no address.

- **Reached** is the page, the deed, or the sentence about what is missing. Everybody else gets the page that does not
  exist (404), and who is not signed in the way to the sign-in page. A method that the address lacks is 405 for whom it
  is open to.
- **Own** is an object of hers, of her facility, or of her municipality. What is **foreign** belongs to another family
  or facility of the same municipality, or to another municipality, and answers exactly as what does not exist: the
  same status, body and headers.
- An account whose role was removed, or that was disabled, is nobody's: it is asked to sign in as somebody unknown is.
- The **operator** runs the deployment by commands and has no account in the portal; an account without any role stands
  for it in the walk.

| actor | who |
|---|---|
| anonymous | nobody is signed in |
| mother, another mother | two families of one municipality, each with an approval and bookings |
| proxy | writes an application for a mother |
| centre, decider, auditor | staff of this municipality's centre |
| decider elsewhere | staff of another municipality who may do most there |
| facility, another facility | staff of two facilities of this municipality, who manage them |
| visitor | staff of an organisation that visits at home, with a contract of this municipality |
| operator | an account without any role |
| disabled | decided here once; the account is closed |
"""


def page() -> Iterator[str]:
    yield INTRODUCTION
    for code, heading in HEADINGS.items():
        rule = RULES[code]
        yield f"## {heading}\n"
        yield f"{rule.says} An address that names no object is open to: {_listed(rule.open_to)}.\n"
        if rule.asks_to_sign_in:
            yield f"An own object is reached by: {_listed(rule.own)}.\n"
        if rule.reads_only:
            yield f"Reads only: {_listed(rule.reads_only)}.\n"
        yield "| address | names | differs |\n|---|---|---|"
        for address, line in TABLE.items():
            if line.rule == code:
                yield f"| `{address}` | {', '.join(line.objects) or '–'} | {_differs(line)} |"
        yield ""


def _differs(line: Line) -> str:
    said = []
    if line.only is not None:
        said.append(f"reached by {_listed(line.only)}")
    if line.writes is not None:
        said.append(f"a POST by {_listed(line.writes)}")
    if line.anyhow:
        said.append(f"{_listed(line.anyhow)} get one answer, whatever the object")
    said += [f"{who}: {became}" for who, became in line.but.items()]
    return f"{'; '.join(said)} ({line.why})" if line.differs else line.why


def _listed(actors: tuple[str, ...]) -> str:
    if set(actors) == set(ACTORS):
        return "everybody"
    return ", ".join(actors) or "none of them"


if __name__ == "__main__":
    sys.stdout.write("\n".join(page()))
