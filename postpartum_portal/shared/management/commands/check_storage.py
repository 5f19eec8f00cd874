import secrets
import urllib.error
import urllib.request
from http import HTTPStatus
from typing import Any

from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management.base import BaseCommand, CommandError

from postpartum_portal.shared.storage import StoreAway, save_whole
from postpartum_portal.shared.stored import hash_of

SECONDS = 5
REFUSED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)


class Command(BaseCommand):
    help = (
        "Write a small file where files are kept, read it back, ask for it without a key, and delete it again. Before"
        " the first municipality and after each change of the store; exits with 1 where it is not what it must be."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        name = f"checks/{secrets.token_hex(16)}.txt"
        try:
            self._try(name)
        except StoreAway as away:
            raise CommandError(f"The store does not do what it is asked: {away}.") from away
        self.stdout.write("Files are kept, replaced, read and deleted, and nobody gets one without the key.")

    def _try(self, name: str) -> None:
        save_whole(name, b"first")
        try:
            save_whole(name, b"second")
            if self._read(name) != b"second":
                raise CommandError("What was written again is not what is read.")
            if hash_of(f"{name}.absent") is not None:
                raise CommandError("A file that was never written is there.")
            if not isinstance(_here(), FileSystemStorage):
                self._ask_without_a_key(name)
        finally:
            default_storage.delete(name)
        if default_storage.exists(name):
            raise CommandError("What was deleted is still there.")

    def _read(self, name: str) -> bytes:
        with default_storage.open(name) as file:
            return bytes(file.read())

    def _ask_without_a_key(self, name: str) -> None:
        """As anybody on the network would."""
        address = default_storage.url(name).partition("?")[0]
        try:
            with urllib.request.urlopen(address, timeout=SECONDS):  # noqa: S310 - the store of the settings
                raise CommandError("The store gives the file to whoever asks for it: close the bucket to the public.")
        except urllib.error.HTTPError as answer:
            if answer.code not in REFUSED:
                raise CommandError(f"Asked without a key, the store answers {answer.code}.") from None


def _here() -> Any:
    return getattr(default_storage, "_wrapped", default_storage)
