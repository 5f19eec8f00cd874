"""A second, empty database and a second folder of files, on which this process can work for a while."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.db import connections
from django.db.utils import load_backend
from django.test import override_settings


@dataclass(frozen=True)
class Elsewhere:
    """`settings` are those of the database; `media` is where its files go."""

    settings: dict[str, Any]
    media: Path

    @contextmanager
    def here(self) -> Iterator[None]:
        """For the block all that asks the portal's database asks this one."""
        usual = connections["default"]
        connections["default"] = load_backend(self.settings["ENGINE"]).DatabaseWrapper(self.settings, "default")
        try:
            with override_settings(MEDIA_ROOT=str(self.media)):
                yield
        finally:
            connections["default"].close()
            connections["default"] = usual


@contextmanager
def another_database(folder: Path) -> Iterator[Elsewhere]:
    """On the server of the tests, or a file in `folder`."""
    usual = connections["default"].settings_dict
    name = f"restored_{secrets.token_hex(4)}"
    folder.mkdir(exist_ok=True)
    options = {key: value for key, value in usual["OPTIONS"].items() if key != "assume_role"}
    if "sqlite3" in usual["ENGINE"]:
        yield Elsewhere({**usual, "NAME": str(folder / f"{name}.sqlite3"), "OPTIONS": options}, folder / "media")
        return
    server = {"host": usual["HOST"], "port": usual["PORT"], "user": usual["USER"], "password": usual["PASSWORD"]}
    with psycopg.connect(**server, dbname=usual["NAME"], autocommit=True) as owner:
        owner.execute(f'CREATE DATABASE "{name}"')
        try:
            yield Elsewhere({**usual, "NAME": name, "OPTIONS": options}, folder / "media")
        finally:
            owner.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
