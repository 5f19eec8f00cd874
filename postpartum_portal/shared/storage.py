"""Files that are whole or absent."""

import os
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage


class StoreAway(OSError):
    """The object store did not answer, or did not let the portal in; the message names the failure's class."""


class NameNotKept(Exception):
    """The storage put the file elsewhere than it was told: what a row names would be another file, or none."""


def save_whole(name: str, content: bytes) -> str:
    """Store `content` under exactly `name`, and return once it would survive a power cut.

    On a file system it is written beside its place, synced and renamed: a full disk or a killed process leaves no torso
    under the final name, and whoever writes the same name again replaces the whole file.

    Raises:
        NameNotKept: a storage that is no file system did not take the name; what it wrote is deleted again.
    """
    storage: Any = default_storage
    if not isinstance(getattr(storage, "_wrapped", storage), FileSystemStorage):
        kept = storage.save(name, ContentFile(content))  # object stores show a file when it is complete
        if kept != name:
            storage.delete(kept)
            raise NameNotKept(name)
        return name
    final = Path(storage.path(name))
    final.parent.mkdir(parents=True, exist_ok=True)
    unfinished = final.with_name(f".{final.name}.{os.getpid()}")
    try:
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(final)
    finally:
        unfinished.unlink(missing_ok=True)
    sync_folder(final.parent)
    return name


def sync_folder(folder: Path) -> None:
    """Let what was renamed or made in it survive a power cut: the new name itself must reach the disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
