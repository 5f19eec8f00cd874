"""Which files belong together: `<code>-<slug>-<day>.yaml` in a folder, and `facilities/<code>.yaml` beside them."""

import re
from collections.abc import Iterable
from pathlib import Path

from eligibility.engine import Terms
from eligibility.programmes.programme import load_programme
from eligibility.programmes.reading import ProgrammeFileError

FACILITIES = "facilities"


def is_facility_list(path: Path) -> bool:
    return re.fullmatch(r"\d{6}\.yaml", path.name) is not None


def facility_lists(folder: Path) -> list[Path]:
    """Those beside the programmes of a folder."""
    return sorted((folder / FACILITIES).glob("*.yaml"))


def facility_list_of(programme: Path) -> Path | None:
    """The facilities beside a programme file, where there are any."""
    path = programme.parent / FACILITIES / f"{programme.name[:6]}.yaml"
    return path if is_facility_list(path) and path.exists() else None


def programmes_of(facilities: Path, given: Iterable[Path] = ()) -> tuple[Terms, ...]:
    """The terms of every version that a list of facilities goes with: in the folder above it, and among those `given`.

    A version with a fault of its own is left out: it is told about by itself.
    """
    code = facilities.stem
    beside = facilities.parent.parent.glob(f"{code}-*.yaml") if facilities.parent.name == FACILITIES else ()
    files = {path.resolve() for path in (*beside, *given) if path.name.startswith(f"{code}-")}
    return tuple(terms for path in sorted(files) if (terms := _terms(path)))


def _terms(path: Path) -> Terms | None:
    try:
        return load_programme(path).terms
    except ProgrammeFileError:
        return None
