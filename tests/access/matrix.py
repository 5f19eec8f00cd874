"""The walk: every address × method × actor × object, and where the answer differs from the table."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from tests.access.asking import ask, outcome, session_of, told
from tests.access.rules.outcomes import ACTORS, METHOD, REACHED, Line
from tests.access.world import World

ARGUMENT = re.compile(r"<(?:(\w+):)?(\w+)>")
ABSENT = {"int": "999999999", "slug": "Z9-999999", "str": "Z9-999999", None: "Z9-999999"}


ALIKE = (("mother", "another mother", "proxy", "operator"), ("facility", "another facility", "visitor"))
"""Who are one kind of people at an address that answers them the same."""

Look = Callable[[str, str, str, Any], Iterable[str]]
"""What is wrong with an answer besides: of an address, an actor and a path."""

LONG = 6
"""From so many characters on, a part of an address does not stand in an answer for another reason."""


OF_NO_PAGE = ("PUT", "PATCH", "DELETE", "OPTIONS")


@dataclass
class Found:
    """`wrong`: answered otherwise than the table says; `told_apart`: another's objects that show from the answer.

    `seen`: what a look at the answers found; `never_reached`: addresses that nobody's method or object was right for.
    """

    wrong: list[str] = field(default_factory=list)
    told_apart: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
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
        look: Look = lambda *_: (),
    ) -> Found:
        """Not `thorough`: what `_sampled` says, at each address of others."""
        found = Found()
        for address, line in table:
            found.counts["#urls"] += 1
            if line.is_reached:
                found.never_reached.add(address)
            paths = {whose: path_of(address, line, self.world, whose) for whose in line.whose}
            for actor in actors:
                for method in methods:
                    answers = {}
                    asked = paths if thorough else _sampled(line, actor, method, turn=found.counts["#urls"])
                    for whose in asked:
                        path = paths[whose]
                        answer = ask(method, path, self.session(line.town, actor), self._sent(line), **(headers or {}))
                        self._judge(found, line, answer, (method, actor, whose, path))
                        found.seen += look(address, actor, path, answer)
                        if outcome(answer) == REACHED:
                            found.never_reached.discard(address)
                        answers[whose] = told(answer)
                        if not thorough and answer.status_code == 405:
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
        # that no page of an address is asked for so, says nothing of any object: it is said of all, or told apart
        if became == METHOD and (line.lets_in(actor, method) or method in OF_NO_PAGE):
            return
        if became != expected:
            found.wrong.append(f"{method} {path} by {actor} ({whose}): {became}, not {expected}")


def _sampled(line: Line, actor: str, method: str, *, turn: int) -> tuple[str, ...]:
    """For whose objects somebody is asked in the short form.

    One of those who get through asks for all of them. Own ones are asked for by every kind of people by GET; by POST by
    one of those who reach nothing, and by whoever may read here and not write.
    """
    reaching = [one for one in ACTORS if _reaches(line, one, method)]
    if reaching and actor == reaching[turn % len(reaching)]:
        return line.whose
    if method == "GET":
        same = [one for one in _kind_of(actor) if _gets(line, one) == _gets(line, actor)]
        return ("own",) if actor == same[turn % len(same)] else ()
    others = [one for one in ACTORS if one not in reaching]
    if actor in others and (actor == others[turn % len(others)] or _gets(line, actor) == REACHED):
        return ("own",)
    return ()


def _kind_of(actor: str) -> tuple[str, ...]:
    return next((kind for kind in ALIKE if actor in kind), (actor,))


def _gets(line: Line, actor: str) -> str:
    return line.expected(actor, "own", "GET")


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
