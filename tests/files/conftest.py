"""A mother who hands files in, and the disk on which they arrive."""

from pathlib import Path
from typing import Any

import pytest

from tests.applications.apply.conftest import Applicant


@pytest.fixture
def applicant(mother: Any, media: Any) -> Applicant:
    return Applicant(mother, "kodaira")


class Disk:
    """The folder of half-arrived files; `most` is the largest that was seen of it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.most = folder, 0

    def look(self) -> None:
        self.most = max(self.most, sum(file.stat().st_size for file in self.folder.iterdir()))

    @property
    def is_empty(self) -> bool:
        return not list(self.folder.iterdir())


@pytest.fixture
def disk(settings: Any, tmp_path: Path) -> Disk:
    folder = tmp_path / "arriving"
    folder.mkdir()
    settings.FILE_UPLOAD_TEMP_DIR = str(folder)
    return Disk(folder)
