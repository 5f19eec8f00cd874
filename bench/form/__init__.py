"""Form pages: the application's first step, as it is, against the leanest page that asks the same.

A page's cost is its template nodes. The ceiling is one template without inheritance or includes in which each field of
the same form is written out by hand (`flat.html`); the other candidate is our page with its fields drawn by the pack
`crispy-bootstrap5`. All three build the form anew each time, as a view does. It needs no database.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory

from applications.forms.apply.person import PersonForm
from applications.models import Application, Birth
from applications.steps import REVIEW, steps_of
from bench.rounds import Figure, times_faster
from eligibility.models import Municipality
from eligibility.programmes import load_programme
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PROGRAMME = ROOT / "fixtures" / "programmes" / "132110-kodaira-2024-08-23.yaml"
STEP = ROOT / "templates" / "citizen" / "apply" / "step.html"
PAGES = 20
"""Pages a measurement, so that one of them is well above the clock's grain."""


def measure() -> Iterator[Figure]:
    source = STEP.read_text()
    bootstrap5 = source.replace("{{ form|crispy }}", "{{ form|crispy:'bootstrap5' }}")
    assert bootstrap5 != source
    ours, flat, packed = _page(source), _page((HERE / "flat.html").read_text()), _page(bootstrap5)
    assert _asked(flat()) == _asked(ours()) == _asked(packed())
    yield Figure("page_vs_flat", times_faster(_many(flat), than=_many(ours)), "x")
    yield Figure("page_vs_bootstrap5", times_faster(_many(packed), than=_many(ours)), "x")


def _page(source: str) -> Callable[[], str]:
    """Draw the page of a template, with a form of its own each time."""
    template, terms, on = engines["django"].from_string(source), load_programme(PROGRAMME).terms, clock.today()
    request, application = _request(), Application(birth=Birth())
    typed = {"name": ["髙橋 花子"], "kana": ["たかはし はなこ"], "postcode": ["187-0041"], "phone": ["042-346-3700"]}
    names = [*(step.label for step in steps_of(terms)), REVIEW]

    def draw() -> str:
        form = PersonForm(terms=terms, on=on, application=application, typed=typed)
        page = {"form": form, "names": names, "current": 1, "saved_at": None, "from_review": False}
        return template.render(page, request)

    return draw


def _many(draw: Callable[[], str]) -> Callable[[], object]:
    return lambda: [draw() for _ in range(PAGES)]


def _asked(page: str) -> set[str]:
    """The names of all boxes and buttons."""
    return set(re.findall(r' name="(\w+)"', page)) - {"viewport"}


def _request() -> HttpRequest:
    request = RequestFactory().get("/kodaira/apply/person/")
    request.municipality = Municipality(slug="kodaira", name="小平市", code="132110")  # type: ignore[attr-defined]
    request.user = User(pk=1, email="hanako@example.org")
    return request
