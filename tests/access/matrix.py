"""The walk: every address × method × actor × object, and where the answer differs from the table."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from tests.access.asking import ask, outcome, session_of, told
from tests.access.rules.outcomes import ACTORS, METHOD, REACHED, Line
from tests.access.world import World

ARGUMENT = re.compile(r"<(?:(\w+):)?(\w+)>")
ABSENT = {"int": "999999999", "slug": "Z9-999999", "str": "Z9-999999", None: "Z9-999999"}


LONG = 6
"""From so many characters on, a part of an address does not stand in an answer for another reason."""


@dataclass
class Found:
    """`wrong`: answered otherwise than the table says; `told_apart`: another's objects that show from the answer.

    `never_reached`: addresses that nobody's method or object was right for.
    """

    wrong: list[str] = field(default_factory=list)
    told_apart: list[str] = field(default_factory=list)
    never_reached: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        outcomes = ", ".join(f"{number} {name}" for name, number in sorted(self.counts.items()) if name[0] != "#")
        return f"{self.counts['#urls']} URLs, {self.counts['#requests']} requests: {outcomes}"


class Walker:
    """Browsers of all actors of each municipality; sessions are made once."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._sessions: dict[int | None, str] = {}

    def session(self, town: str, actor: str) -> str:
        user = self.world.people[town][actor]
        if user not in self._sessions:
            self._sessions[user] = session_of(user)
        return self._sessions[user]

    def walk(
        self,
        table: Iterable[tuple[str, Line]],
        *,
        methods: Iterable[str] = ("GET", "POST"),
        actors: Iterable[str] = ACTORS,
        thorough: bool = True,
        headers: Mapping[str, str] | None = None,
    ) -> Found:
        """Not `thorough`: of those who reach nothing a third is asked, at each address others, for one object."""
        found = Found()
        for address, line in table:
            found.counts["#urls"] += 1
            if line.is_reached:
                found.never_reached.add(address)
            paths = {whose: path_of(address, line, self.world, whose) for whose in line.whose}
            for actor in actors:
                for method in methods:
                    answers = {}
                    if not thorough and _is_spared(line, actor, method, turn=found.counts["#urls"]):
                        continue
                    for whose, path in paths.items():
                        answer = ask(method, path, self.session(line.town, actor), self._sent(line), **(headers or {}))
                        self._judge(found, line, answer, (method, actor, whose, path))
                        if outcome(answer) == REACHED:
                            found.never_reached.discard(address)
                        answers[whose] = told(answer)
                        if not thorough and (answer.status_code == 405 or not _reaches(line, actor, method)):
                            break  # the other objects are not looked at either
                    found.told_apart += _told_apart(line, answers, (method, actor), paths)
        return found

    def _sent(self, line: Line) -> dict[str, Any]:
        own = self.world.of(line.town, "own")
        return {name: own[value[1:]] if value[:1] == "@" else value for name, value in line.sends.items()}

    def _judge(self, found: Found, line: Line, answer: Any, how: tuple[str, str, str, str]) -> None:
        method, actor, whose, path = how
        became, expected = outcome(answer), line.expected(actor, whose, method)
        found.counts["#requests"] += 1
        found.counts[became] += 1
        if became == METHOD and line.lets_in(actor, method):
            return
        if became != expected:
            found.wrong.append(f"{method} {path} by {actor} ({whose}): {became}, not {expected}")


def _is_spared(line: Line, actor: str, method: str, *, turn: int) -> bool:
    """Of those who reach nothing there each is asked at every third address, by both methods in turn."""
    stands, among = divmod(ACTORS.index(actor) + turn, 3)
    return not _reaches(line, actor, method) and (among != 0 or method == ("GET", "POST")[stands % 2])


def _reaches(line: Line, actor: str, method: str) -> bool:
    return any(line.expected(actor, whose, method) == REACHED for whose in line.whose)


def path_of(address: str, line: Line, world: World, whose: str) -> str:
    """The address with these objects in it.

    Raises:
        LookupError: the table or the world has nothing for an argument.
    """
    last = list(line.objects)[-1] if line.objects else ""

    def filled(match: re.Match[str]) -> str:
        kind, name = match.groups()
        if name == "slug":
            return line.town
        if name in line.words:
            return _written(line.words[name])
        if whose == "absent":
            return ABSENT[kind]
        side = line.foreign_side if whose == "foreign" or (whose == "mixed" and name == last) else "own"
        return _written(world.of(line.town, side)[line.objects[name]])

    return ARGUMENT.sub(filled, address)


def _written(value: Any) -> str:
    return f"{value:%Y-%m}" if isinstance(value, dt.date) and value.day == 1 else str(value)


def _told_apart(line: Line, answers: dict[str, Any], how: tuple[str, str], paths: dict[str, str]) -> Iterator[str]:
    """A2: whose is not hers must look as if there were none."""
    method, actor = how
    for whose in ("foreign", "mixed"):
        if (
            whose in answers
            and "absent" in answers
            and actor not in line.owners(whose)
            and line.expected(actor, whose, method) == line.expected(actor, "absent", method)
        ):
            seen, absent = (_bare(answers[name], paths[name]) for name in (whose, "absent"))
            if seen != absent:
                yield f"{method} {paths[whose]} by {actor} ({whose}): not the answer to {paths['absent']}"


def _bare(answer: Any, path: str) -> Any:
    """What was asked for comes back in the way to the sign-in page and in the way on: that tells nothing."""
    status, body, headers = answer
    names = [path, quote(path, safe=""), quote(path), *(part for part in path.split("/") if len(part) >= LONG)]
    for name in names:
        body = body.replace(name.encode(), b"")
        headers = tuple((head, value.replace(name, "")) for head, value in headers if head != "Content-Length")
    return status, body, headers
