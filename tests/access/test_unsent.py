"""What was typed when the session had ended: every form of every page holds it again after the sign-in.

Each page is asked for by somebody who may see it; each of its forms in which something is typed is filled in with words
of its own, sent by nobody signed in, and looked for on the page to which the sign-in leads back.
"""

from collections import Counter
from collections.abc import Iterator
from http import HTTPStatus
from importlib import import_module
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.db import transaction

from postpartum_portal.accounts import middleware
from postpartum_portal.accounts.unsent import KEPT
from tests.access.asking import ask_and_keep, session_of
from tests.access.world import World
from tests.input.asking import Asker, Forms, Sent, who_may
from tests.plugins.counted import Counted

SIGNING_IN = "/accounts/"
"""Codes, keys and addresses of accounts: what is typed there is over in minutes, and kept nowhere."""
ANYBODYS = {"/<slug:slug>/check/"}
"""Pages without a sign-in: what is asked there stands in the address."""
WORDS = "い\"<b>&'"


class Form(NamedTuple):
    """`owner`: whose page it is; `typed`: what somebody writes into its boxes of words."""

    page: str
    target: str
    owner: int | None
    body: Sent
    typed: Sent


def forms_of(asker: Asker, every: int) -> Iterator[Form]:
    for address, line, path in asker.lines[::every]:
        page = Forms(asker.page(path, line), path)
        for method, action, boxes, words in page.found:
            if method == "post" and words and address not in ANYBODYS and not address.startswith(SIGNING_IN):
                target = path if action.startswith("#") else action.partition("?")[0]
                typed: Sent = {name: [f"{WORDS}{number}"] for number, name in enumerate(sorted(words))}
                owner = asker.world.people[line.town][who_may(line, "GET")]
                yield Form(path, target, owner, {**boxes, **typed}, typed)


def lost(asker: Asker, every: int, counts: Counter[str]) -> list[str]:
    """What became of the words of each form that does not hold them again."""
    found = []
    for form in forms_of(asker, every):
        counts["forms"] += 1
        counts["boxes"] += len(form.typed)
        with transaction.atomic():
            if wrong := sent_too_late(form):
                found.append(f"{form.page} → {form.target}: {wrong}")
            transaction.set_rollback(True)
    return found


def sent_too_late(form: Form) -> str:
    """ "" if the page to which the sign-in leads shows the words in a form."""
    nobody = session_of(None)
    answer = ask_and_keep("POST", form.target, nobody, form.body)
    where = urlsplit(answer.headers.get("Location", ""))
    if "kept=1" not in where.query:
        return f"not kept: {answer.status_code} {where.path}?{where.query}"
    sessions: Any = import_module(settings.SESSION_ENGINE).SessionStore
    hers = sessions(session_of(form.owner))
    hers[KEPT] = sessions(nobody)[KEPT]
    hers.save()
    again = parse_qs(where.query)["next"][0]
    page = ask_and_keep("GET", again, hers.session_key)
    if page.status_code == HTTPStatus.FOUND:
        again = page["Location"]
        page = ask_and_keep("GET", again, hers.session_key)
    if page.status_code != HTTPStatus.OK:
        return f"{again} answers {page.status_code}"
    shown = [boxes for _, _, boxes, _ in Forms(page.content.decode(), again).found]
    if any(all(boxes.get(name) == values for name, values in form.typed.items()) for boxes in shown):
        return ""
    return f"{again} does not show it"


@pytest.mark.parametrize("every", [4, pytest.param(1, marks=pytest.mark.soak)], ids=["a quarter", "all"])
def test_every_form__holds_again_what_was_typed(every: int, world: World, counted: Counted) -> None:
    counts: Counter[str] = Counter()
    found = lost(Asker(world), every, counts)
    counted("typed after the session's end", dict(counts))
    assert found == []
    assert counts["forms"] > 80 // every // 2


def test_control__pages_into_which_nothing_is_filled_lose_it(
    world: World, counted: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(middleware, "fill_in", lambda *_: None)
    counts: Counter[str] = Counter()
    found = lost(Asker(world), 9, counts)
    counted("the same without filling in", {**counts, "lost": len(found)})
    assert any("does not show it" in line for line in found)
