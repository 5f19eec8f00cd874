"""X2, C3: a web server killed with -9 in mid-submit: sent again, there is one of each, whenever it died."""

import secrets
from http.client import HTTPException, RemoteDisconnected

import pytest

from tests.processes.dying import AFTER_COMMIT, BEFORE_ANSWER, BEFORE_COMMIT, HEADER
from tests.processes.fault_deeds import DEEDS, Deed, People
from tests.processes.faults import Site
from tests.scripts.waiting import eventually

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
SHORT = [(AFTER_COMMIT, "book")]
LONG = [(point, name) for point in (BEFORE_COMMIT, AFTER_COMMIT, BEFORE_ANSWER) for name in DEEDS]


@pytest.mark.parametrize(
    ("point", "name"), [*SHORT, *(pytest.param(*each, marks=pytest.mark.soak) for each in LONG if each not in SHORT)]
)
def test_killed__sent_again__leads_to_the_one(site: Site, people: People, point: str, name: str) -> None:
    (deed,) = people.deeds(name)
    with pytest.raises((ConnectionResetError, RemoteDisconnected)):
        deed.send({HEADER: point})
    if point == BEFORE_COMMIT:
        deed.assert_nothing()
    assert eventually(lambda: _answers(deed), seconds=30), deed.told[-1:]
    deed.assert_once()
    site.assert_all_work_is_done()


def test_control__with_another_token_there_are_two(site: Site, people: People) -> None:
    (deed,) = people.deeds("message")
    with pytest.raises((ConnectionResetError, RemoteDisconnected)):
        deed.send({HEADER: BEFORE_ANSWER})
    deed.form = {**deed.form, "token": secrets.token_urlsafe(16)}
    assert eventually(lambda: _answers(deed), seconds=30), deed.told[-1:]
    assert deed.found() == {"sent": 2}


def _answers(deed: Deed) -> bool:
    """Gunicorn has another worker in its place by then; what its listener held is answered by that."""
    try:
        return deed.send().is_done
    except (OSError, HTTPException):
        return False
