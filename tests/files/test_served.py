"""Files that go out: by which addresses, to whom, and what they say about themselves."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings as project
from django.core.files.storage import default_storage
from django.http import FileResponse
from django.test import override_settings
from django.urls import path

from postpartum_portal.accounts.access import public
from postpartum_portal.settings import base
from tests.access.asking import ask
from tests.access.matrix import Walker, path_of
from tests.access.rules import TABLE
from tests.access.rules.outcomes import ACTORS, REACHED, Line

from .sealing import SERVING, complaints, is_file

KINDS = {"application/pdf", "image/jpeg", "text/csv", "application/yaml", "text/calendar"}
OTHERWISE = (
    {"range": "bytes=0-9"},
    {"if_modified_since": "Fri, 31 Dec 2100 00:00:00 GMT"},
    {"if_none_match": "*"},
    {"accept": "text/html"},
)
"""Ways of asking that make some servers give a part, or say that nothing has changed."""


def body_of(answer: Any) -> bytes:
    whole: bytes = answer.content_read if answer.streaming else answer.content
    return whole


def reader_of(line: Line) -> str:
    """Somebody who may open what is her own here; "" for nobody."""
    return next((actor for actor in ACTORS if line.expected(actor, "own", "GET") == REACHED), "")


def files_of(walker: Walker) -> Iterator[tuple[str, Line, str, Any]]:
    """Address, its line, who asked, and the answer: of every address of the portal that answers with a file."""
    for address in SERVING:
        line = TABLE[address]
        actor = reader_of(line)
        answer = ask("GET", path_of(address, line, walker.world, "own"), walker.session(line.town, actor))
        assert is_file(answer), address
        yield address, line, actor, answer


def test_every_file__is_saved_or_in_a_sandbox_and_kept_nowhere(walker: Walker) -> None:
    """That no other address serves one, and the same of whoever else may have it, the walk of test_matrix.py sees."""
    wrong, kinds = [], set()
    found = list(files_of(walker))
    for address, _, actor, answer in found:
        wrong += [f"{address} by {actor}: {complaint}" for complaint in complaints(answer, body_of(answer))]
        kinds.add(answer["Content-Type"].partition(";")[0])

    print(f"{len(found)} of {len(TABLE)} addresses serve files: {', '.join(sorted(kinds))}")  # noqa: T201
    assert not wrong
    assert kinds >= KINDS


def test_every_file__in_whatever_way_it_is_asked_for__is_for_whom_it_is_for(walker: Walker) -> None:
    """Parts, conditions and HEAD change nothing: another's is not there, and hers comes whole."""
    asked = 0
    for address, line, actor, whole in files_of(walker):
        own = path_of(address, line, walker.world, "own")
        session = walker.session(line.town, actor)
        head = ask("HEAD", own, session)
        assert (head.status_code, body_of(head)) == (200, b"")
        for headers in OTHERWISE:
            again = ask("GET", own, session, **headers)
            assert (again.status_code, len(body_of(again))) == (200, len(body_of(whole))), (own, headers)
        strangers = [who for who in ACTORS if line.objects and line.expected(who, "own", "GET") != REACHED]
        for stranger in strangers[:: max(1, len(strangers) // 2)]:
            for method, headers in [("HEAD", {}), *(("GET", headers) for headers in OTHERWISE[:2])]:
                answer = ask(method, own, walker.session(line.town, stranger), **headers)
                asked += 1
                assert answer.status_code in (302, 404, 405), (own, stranger, headers)
                assert not is_file(answer)
                assert body_of(whole)[:40] not in body_of(answer)
    assert asked > 60


TEXT = re.compile(r"<slug:(?!slug>)\w+>")
TRAVERSAL = (
    "../../../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "....//etc/passwd",
    "/etc/passwd",
    "..\\..\\boot.ini",
    "%00",
)
"""In the place of each argument of an address that is text."""


def test_an_argument_that_is_a_path__leads_nowhere(walker: Walker) -> None:
    asked = 0
    for address, line, actor, _ in files_of(walker):
        for text in TEXT.findall(address):
            for climbing in TRAVERSAL:
                own = path_of(address.replace(text, climbing), line, walker.world, "own")
                answer = ask("GET", own, walker.session(line.town, actor))
                asked += 1
                assert answer.status_code == 404, own
    assert asked >= 3 * len(TRAVERSAL)


PLACES = ("", "media/", "static/", "static/../", "static/%2e%2e/", "files/", "var/media/", "static/../var/media/")


def test_a_stored_file__lies_under_no_address(walker: Walker, settings: Any) -> None:
    """Not even who knows its name, which nobody guesses, gets it past the view."""
    mother = walker.session("kodaira", "mother")
    names = [
        str(file.relative_to(settings.MEDIA_ROOT)) for file in Path(settings.MEDIA_ROOT).rglob("*") if file.is_file()
    ]
    assert names
    for name in names[:3]:
        for place in PLACES:
            answer = ask("GET", f"/{place}{name}", mother)
            assert answer.status_code == 404, place


def test_the_folder_of_files__is_apart_from_what_everybody_gets() -> None:
    media = Path(base.MEDIA_ROOT).resolve()
    for open_to_all in (base.STATIC_ROOT, *base.STATICFILES_DIRS):
        folder = Path(open_to_all).resolve()
        assert not media.is_relative_to(folder)
        assert not folder.is_relative_to(media)
    assert not project.MEDIA_URL.strip("/")  # no address stands for the folder


# The control


@public
def leaky(request: Any, name: str) -> FileResponse:
    """The view that this portal does not have: a file to whoever names it."""
    return FileResponse(default_storage.open(name))


urlpatterns = [path("files/<path:name>", leaky)]


def test_control__a_view_that_serves_what_it_is_asked_for_is_caught(walker: Walker, settings: Any) -> None:
    names = [str(file.relative_to(settings.MEDIA_ROOT)) for file in Path(settings.MEDIA_ROOT).rglob("*.jpg")]
    with override_settings(ROOT_URLCONF=__name__):
        answer = ask("GET", f"/files/{names[0]}", walker.session("kodaira", "another mother"))
    told = list(complaints(answer, body_of(answer)))

    assert is_file(answer)
    assert any("run something" in complaint for complaint in told)
    assert len(told) >= 1
