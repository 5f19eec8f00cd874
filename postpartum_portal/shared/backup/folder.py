"""The folder of a backup: what lies in it, and whether it is all there and as it was written."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

FORM = 1
"""Raised when the folder changes its meaning."""
MANIFEST, SEAL, FILES, MEDIA = "manifest.json", "manifest.sha256", "files.jsonl", "media"
PIECE = 1024 * 1024
"""Bytes in memory at a time."""


class BackupUnusable(Exception):
    """The backup is not whole, not as it was written, or not for here. The message is a sentence that names what."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of the list: its name in the storage, what is in it, and its bytes."""

    name: str
    sha256: str
    size: int


def copy(source: BinaryIO, target: BinaryIO) -> tuple[str, int]:
    """SHA-256 and bytes of what was copied."""
    digest, size = hashlib.sha256(), 0
    while piece := source.read(PIECE):
        digest.update(piece)
        size += len(piece)
        target.write(piece)
    return digest.hexdigest(), size


def measured(path: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
            size += len(piece)
    return digest.hexdigest(), size


def write_manifest(folder: Path, manifest: dict[str, Any], *, write: Callable[[Path, bytes], None]) -> None:
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode()
    write(folder / MANIFEST, text)
    write(folder / SEAL, f"{hashlib.sha256(text).hexdigest()}  {MANIFEST}\n".encode())


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a backup that is finished and not altered; `check_whole` looks at all the rest.

    Raises:
        BackupUnusable
    """
    if not folder.is_dir():
        raise BackupUnusable(f"{folder} is not a folder.")
    for name in (MANIFEST, SEAL):
        if not (folder / name).is_file():
            raise BackupUnusable(f"{name} is missing: the backup in {folder} was never finished.")
    if measured(folder / MANIFEST)[0] != (folder / SEAL).read_text().partition(" ")[0]:
        raise BackupUnusable(f"{MANIFEST} is not as it was written: {SEAL} says otherwise.")
    manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
    if manifest["form"] != FORM:
        raise BackupUnusable(f"The backup has form {manifest['form']}; this portal reads form {FORM}.")
    return manifest


def check_whole(folder: Path, manifest: dict[str, Any]) -> None:
    """Read every byte once, before anything is touched.

    Raises:
        BackupUnusable: names the first file that is missing or altered.
    """
    for part in (manifest["database"], manifest["files"]):
        _check(folder, Kept(part["name"], part["sha256"], part["size"]))
    for kept in kept_files(folder):
        _check(folder / MEDIA, kept)


def kept_files(folder: Path) -> Iterator[Kept]:
    with (folder / FILES).open() as lines:
        for line in lines:
            yield Kept(**json.loads(line))


def _check(folder: Path, kept: Kept) -> None:
    path = folder / kept.name
    if ".." in Path(kept.name).parts or not path.is_file():
        raise BackupUnusable(f"{kept.name} is missing from the backup.")
    if measured(path) != (kept.sha256, kept.size):
        raise BackupUnusable(f"{kept.name} is not as it was written: its bytes are others than the manifest says.")
