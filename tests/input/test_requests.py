"""Requests that no form makes: broken bodies, sizes, encodings, headers. The answer is a page that says what to do."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as portal
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import FakePayload

from tests.cases import handed_in

from . import wire
from .sentences import JAPANESE

pytestmark = [pytest.mark.django_db]

CHECK, STEP, MESSAGE = "/kodaira/check/", "/kodaira/apply/person/", "/kodaira/my/messages/"
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=x"
PART = b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n'
MANY = portal.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1

BODIES: dict[str, tuple[str, bytes]] = {
    "too many boxes": (FORM, b"&".join(b"x%d=1" % number for number in range(MANY))),
    "one box too often": (FORM, b"&".join([b"text=1"] * MANY)),
    "too long": (FORM, b"text=" + b"x" * portal.DATA_UPLOAD_MAX_MEMORY_SIZE),
    "too many boxes in parts": (MULTIPART, (PART + b"1\r\n") * MANY + b"--x--"),
    "too long a part": (MULTIPART, PART + b"x" * portal.DATA_UPLOAD_MAX_MEMORY_SIZE + b"\r\n--x--"),
    "too many files": (
        MULTIPART,
        b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.jpg"\r\n\r\n1\r\n' * 101 + b"--x--",
    ),
    "no boundary": ("multipart/form-data", b"x"),
    "odd boundary": ("multipart/form-data; boundary=\xe3\x81\x82".encode("latin-1").decode("latin-1"), b"x"),
    "cut off": (MULTIPART, PART + b"half"),
    "not in parts": (MULTIPART, b"text=1"),
    "odd transfer": (
        MULTIPART,
        PART.replace(b"\r\n\r\n", b"\r\nContent-Transfer-Encoding: base64\r\n\r\n") + b"%%%\r\n--x--",
    ),
    "name in other letters": (MULTIPART, PART.replace(b'"text"', '"あ"'.encode("cp932")) + b"1\r\n--x--"),
    "JSON": ("application/json", b'{"text": "\\ud800"}'),
    "Shift_JIS": (FORM, b"text=" + "髙橋が①番".encode("cp932")),
    "said to be Shift_JIS": (f"{FORM}; charset=shift_jis", b"text=%8B%B4%FA%FC"),
    "an unknown encoding": (f"{FORM}; charset=klingon", b"text=1"),
    "UTF-16": (f"{FORM}; charset=utf-16", "text=1".encode("utf-16")),
    "UTF-7": (f"{FORM}; charset=utf-7", b"text=+ADw-script+AD4-"),
    "broken percents": (FORM, b"text=%&%zz=%ED%A0%80&%00=%00"),
    "no kind": ("", b"text=1"),
    "odd kind": (";;;=", b"text=1"),
    "XML": ("text/xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
    "nothing": (FORM, b""),
}


@pytest.fixture
def hers(kodaira: Any, mother: Any) -> Any:
    handed_in(kodaira, household__citizen=mother)
    client = Client(raise_request_exception=False)
    client.force_login(mother)
    return client


def is_a_page(answer: Any) -> bool:
    """Whatever was asked in JSON is answered in it by allauth's pages."""
    return bool(JAPANESE.search(answer.content.decode())) and "<h1" in answer.content.decode()


@pytest.mark.parametrize("address", [CHECK, STEP, MESSAGE, "/accounts/login/"])
@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_no_form_makes__is_answered_by_a_page(hers: Any, address: str, name: str) -> None:
    kind, body = BODIES[name]
    answer = hers.generic("POST", address, body, content_type=kind)
    assert answer.status_code < 500
    assert answer.status_code in (302, 303) or is_a_page(answer) or answer.headers["Content-Type"] == kind


@pytest.mark.parametrize("name", ["too many boxes", "too long", "too many boxes in parts", "too many files"])
def test_too_much__is_told_so_and_changes_nothing(hers: Any, name: str) -> None:
    kind, body = BODIES[name]
    answer = hers.generic("POST", MESSAGE, body, content_type=kind)
    assert answer.status_code in (400, 413)
    assert "何も変わっていません。" in answer.content.decode()
    assert "もう一度送ってください。" in answer.content.decode()


def test_boxes_sent_twice_missing_or_as_files__are_answered_in_words(hers: Any) -> None:
    file = SimpleUploadedFile("a.txt", "髙橋".encode())
    for body in ({"text": ["1つめ", "2つめ"]}, {}, {"text": file}, {"name": file, "kana": ["", "x"], "phone": []}):
        for address in (STEP, MESSAGE, CHECK):
            answer = hers.post(address, body)
            assert answer.status_code in (200, 302), (address, body)


@pytest.mark.parametrize("name", wire.FILE_NAMES)
def test_a_file_with_an_odd_name__is_taken_or_refused_in_words(hers: Any, name: str) -> None:
    said = wire.FILE_NAMES[name]
    star = f"filename*=UTF-8''{said}" if "%" in said else f'filename="{said}"'
    body = f'--x\r\nContent-Disposition: form-data; name="certificates"; {star}\r\n\r\nno picture\r\n--x--'
    for address in ("/kodaira/apply/household/", "/kodaira/my/certificates/", MESSAGE):
        answer = hers.generic("POST", address, body.encode(), content_type=MULTIPART)
        assert answer.status_code in (200, 302, 400, 404)


@pytest.mark.parametrize("name", wire.HEADERS)
def test_odd_headers__break_no_page(hers: Any, name: str) -> None:
    """Those that say who she is are not hers then: she is asked to sign in."""
    for value in wire.HEADERS[name]:
        for address in ("/", MESSAGE):
            for method in (hers.get, hers.post):
                answer = method(address, **{name: value})
                assert answer.status_code < 500, (address, value)


PATHS: list[Callable[[str], str]] = [
    lambda odd: f"/{odd}/",
    lambda odd: f"/kodaira/{odd}/",
    lambda odd: f"/kodaira/my/{odd}",
    lambda odd: f"/static/{odd}",
    lambda odd: f"/facility/{odd}/",
    lambda odd: f"/kodaira/facilities/{odd}/?next=//example.com",
]


@pytest.mark.parametrize("odd", [*wire.PATHS, "x" * 20_000], ids=lambda odd: odd[:9])
def test_odd_addresses__are_not_found_in_words(hers: Any, odd: str) -> None:
    for address in PATHS:
        answer = hers.generic("GET", address(odd))
        assert answer.status_code in (301, 302, 400, 404), address(odd)
        assert answer.status_code in (301, 302) or is_a_page(answer) or address(odd).startswith("/static/")


def test_a_redirect_to_the_slash__stays_here(hers: Any) -> None:
    """`//example.com/` as a path must not become an address elsewhere."""
    for odd in ("//example.com/kodaira", "///example.com", "/\\example.com/x", "/%0d%0aLocation:%20http://example.com"):
        answer = hers.get("/", PATH_INFO=odd)
        where = answer.headers.get("Location", "/")
        assert re.match(r"/(?![/\\])", where), where


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get", ""])
def test_odd_methods__do_nothing(hers: Any, method: str) -> None:
    for address in (MESSAGE, CHECK, "/kodaira/my/", "/accounts/login/"):
        answer = hers.generic(method, address, b"text=1", content_type=FORM)
        assert answer.status_code < 500


def test_a_method_named_by_a_box_or_a_header__is_not_taken(hers: Any) -> None:
    answer = hers.get("/kodaira/my/messages/?_method=DELETE", HTTP_X_HTTP_METHOD_OVERRIDE="POST")
    assert answer.status_code == 200


def test_a_body_that_stops_arriving__ends_before_any_view(mother: Any) -> None:
    class Broken(FakePayload):
        def read(self, *args: Any) -> bytes:
            raise OSError("connection reset")

    client: Any = Client(enforce_csrf_checks=True)
    client.force_login(mother)
    answer = client.generic("POST", MESSAGE, b"x", content_type=FORM, **{"wsgi.input": Broken(b"")})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("status", "must"), [(400, "もう一度送って"), (403, "頼んで"), (404, "確かめ"), (500, "もう一度開いて")]
)
def test_pages_of_errors__say_what_to_do(kodaira: Any, status: int, must: str) -> None:
    template = (portal.ROOT / "templates" / f"{status}.html").read_text(encoding="utf-8")
    assert must in template


def test_a_form_without_its_key__says_what_to_do(mother: Any) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(mother)
    answer = client.post(MESSAGE, {"text": "1"})
    assert answer.status_code == 403
    assert is_a_page(answer)


def test_control__a_page_that_reads_what_comes_is_seen(hers: Any, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.input.careless"
    assert hers.get("/careless/", {"page": "９" * 5_000}).status_code == 500
