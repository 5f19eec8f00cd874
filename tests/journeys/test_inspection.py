"""The control of all journeys: a page with something wrong does not pass."""

import pytest

from tests.processes.support.portal import Portal

from .browser import PHONE
from .conftest import Meet
from .person import Person

pytestmark = pytest.mark.journey

MISCHIEF = {
    "an inline script": ("<a href='#main' onclick='alert(1)'>ここ</a>", "Content Security Policy"),
    "a file that is not there": ("<img src='/static/nothing.png' alt='絵'>", "404"),
    "a foreign server": ("<img src='http://127.0.0.2:9/x.png' alt='絵'>", "127.0.0.2"),
    "a box without a label": ("<input name='x'>", "every form element has a label"),
    "a heavy load": (
        "".join(f"<img src='/static/django_htmx/{name}' alt='絵'>" for name in ("htmx-2.js", "htmax-4.js")),
        "brings",
    ),
    "words that cannot grow": ("<pre>" + "長" * 14 + "</pre>", "at 200 %"),
    "a table too wide": ("<table><tr><td>" + "長" * 5 + "<hr width=900></td></tr></table>", "wider than"),
}


@pytest.fixture
def visitor(portal: Portal, meet: Meet) -> Person:
    person = meet("visitor", PHONE)
    person.opens("/")
    return person


@pytest.mark.parametrize(("html", "told"), MISCHIEF.values(), ids=MISCHIEF)
def test_inspection__tells_what_is_wrong(visitor: Person, html: str, told: str) -> None:
    visitor.page.evaluate("html => document.querySelector('main .wrap').insertAdjacentHTML('beforeend', html)", html)

    with pytest.raises(AssertionError, match=told):
        visitor.rests()
