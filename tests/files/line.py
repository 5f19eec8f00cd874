"""A request as it comes down the line: made while it is read, so that it may be larger than anybody keeps."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.test import Client

BOUNDARY = "sango"
TYPE = f"multipart/form-data; boundary={BOUNDARY}"
Part = tuple[str, str, Iterable[bytes]]
"""Field, file name ("" for a box), what comes."""


def multipart(parts: Iterable[Part]) -> Iterator[bytes]:
    for field, name, content in parts:
        named = f'; filename="{name}"' if name else ""
        yield f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"{named}\r\n\r\n'.encode()
        yield from content
        yield b"\r\n"
    yield f"--{BOUNDARY}--\r\n".encode()


class Line:
    """What a web server hands on: reads so many bytes, looks on between, and may be cut."""

    def __init__(self, chunks: Iterable[bytes], look: Callable[[], None] = lambda: None) -> None:
        self._chunks, self._look, self._left = iter(chunks), look, b""
        self.came = 0

    def read(self, size: int = -1) -> bytes:
        self._look()
        while size < 0 or len(self._left) < size:
            chunk = next(self._chunks, None)
            if chunk is None:
                break
            self._left += chunk
        size = len(self._left) if size < 0 else size
        given, self._left = self._left[:size], self._left[size:]
        self.came += len(given)
        return given

    readline = read  # asked for by name, never called


def send(client: Client, path: str, line: Line, *, length: int) -> Any:
    """POST what comes down the line."""
    return client.request(
        REQUEST_METHOD="POST",
        PATH_INFO=path,
        CONTENT_TYPE=TYPE,
        CONTENT_LENGTH=str(length),
        **{"wsgi.input": line},
    )
