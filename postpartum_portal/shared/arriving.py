"""Files while they arrive: what is too large is kept nowhere, and the page says so at its field."""

from io import BytesIO
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers

from .uploads import MAX_BYTES, MAX_MEGABYTES_AT_ONCE

MAX_BYTES_AT_ONCE = MAX_MEGABYTES_AT_ONCE * 1024 * 1024
MAX_BYTES_ON_THE_LINE = 5 * MAX_BYTES_AT_ONCE
"""A browser shows no answer before it has sent all: so much is read to its end, for her to be told, and no more."""


class LeftOut(InMemoryUploadedFile):
    """In the place of a file that came when the request had brought enough: its name and size, and nothing else."""


class CappedUploads(FileUploadHandler):
    """Stands before the handlers that keep files, and passes on to them only what may be kept.

    Of a file that is too large they keep the beginning: enough for whoever asks for its size. What is beyond all files
    of a request is `LeftOut`.

    Raises:
        RequestDataTooBig: the request is far larger than all its files may be.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803  # Django's name
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        if content_length > MAX_BYTES_ON_THE_LINE:
            raise RequestDataTooBig
        self._at_once = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._left_out = self._at_once > MAX_BYTES_AT_ONCE
        if self._left_out:
            raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if self._left_out or start > MAX_BYTES:
            return None
        self._at_once += len(raw_data)
        return raw_data

    def file_complete(self, file_size: int) -> LeftOut | None:
        if not self._left_out:
            return None
        return LeftOut(BytesIO(), self.field_name, self.file_name, self.content_type, file_size, self.charset)
