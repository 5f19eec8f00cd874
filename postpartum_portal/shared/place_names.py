"""Names of towns as people type them: one spelling to look for, and whether a name is that of a whole city or ward."""

import re

from . import text

_SPELT_ALIKE = str.maketrans("ヶがガ之の", "ケケケノノ")
_NUMBERS = str.maketrans("一二三四五六七八九", "123456789")
_WHOLE = re.compile("(市|区|町|村)(?:内全域|全域|全体|一円|内)$")
_CHOME = re.compile("([0-9一二三四五六七八九])丁目")
_KINDS = (re.compile("(?:[^市区町村0-9-]{1,6}市)?[^市区町村0-9-]{1,6}区"), re.compile("[^市区町村0-9-]{1,6}市"))


def place_key(typed: str) -> str:
    """One spelling of a place: 小平市内全域 is 小平市, 喜平町１丁目 and 喜平町一丁目 are 喜平町1-."""
    plain = "".join(text.fold_dashes(typed).split()).replace("大字", "").translate(_SPELT_ALIKE)
    for shape, usual in text.SAME_CHARACTER:
        plain = plain.replace(shape, usual)
    plain = _CHOME.sub(lambda found: f"{found[1].translate(_NUMBERS)}-", plain)
    return _WHOLE.sub(r"\1", plain)


def surely_outside(areas: list[str], where: str) -> bool:
    """Whether all `areas` are wards, or all are cities, and `where` names one of that kind which is none of them.

    Both as `place_key` gives them; a ward may bear its city. A town's name may be written otherwise, and says nothing.
    """
    for kind in _KINDS:
        if all(kind.fullmatch(area) for area in areas):
            return kind.search(where) is not None and not any(area in where for area in areas)
    return False
