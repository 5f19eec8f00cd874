"""Whom the words of a search mean: by name, reading, phone or number, in full width or half.

Each is compared by its beginning with a column that the database keeps (`models.finding`). What the words can be is
told from them here, so that each question asked of the database has an index that answers it.
"""

import datetime as dt
import re
from contextlib import suppress
from functools import reduce
from operator import or_

from django.core.exceptions import ValidationError
from django.db.models import Q

from applications.models import Application, Household
from applications.models.finding import SPACES, found_under
from postpartum_portal.shared import text, wareki
from postpartum_portal.shared.forms import KanaField

MOST = 100
"""Households that one search among all applications shows; whoever finds more is asked to type more."""
SHORTEST_PHONE = 4  # digits
_NUMBER = re.compile(r"([A-Z]\d+)-(\d{1,6})")
_COUNT = re.compile(r"\d{1,5}")
_PHONE = re.compile(r"\+?[\d\s().-]+")


def matching(words: str, *, on: dt.date) -> Q:
    """As a condition on applications; for a list that is short by itself, such as the open ones."""
    ways = [Q((f"birth__household__{lookup}", value)) for lookup, value in _keys(words)]
    if numbers := _numbers(words, on):
        ways.append(Q(number__in=numbers))
    return reduce(or_, ways, Q(pk__in=[]))


def all_found(words: str, who: Q, *, on: dt.date) -> tuple[list[int], bool]:
    """The keys of the applications that are meant, decided ones too, and whether there are more than are told.

    Takes one short query for each way to read the words, however many applications there are.
    """
    households: set[int] = set()
    more = False
    for key in _keys(words):
        some = list(Household.objects.filter(Q(key)).values_list("pk", flat=True)[: MOST + 1])
        more |= len(some) > MOST
        households |= set(some[:MOST])
    meant = Q(birth__household__in=households)
    rows = Application.objects.exclude(status=Application.Status.DRAFT).filter(who)
    found = set(rows.filter(meant).values_list("pk", flat=True)) if households else set()
    if numbers := _numbers(words, on):
        found |= set(rows.filter(number__in=numbers).values_list("pk", flat=True))
    return sorted(found), more


def _keys(words: str) -> list[tuple[str, str]]:
    """Lookups on a household, each with what its column has to begin with. None for what can be no name or phone."""
    typed, folded = found_under(words.strip()), found_under(text.fold(words))
    if _PHONE.fullmatch(plain := text.fold_dashes(words)):
        return [("phone_key__startswith", digits)] if len(digits := _digits(plain)) >= SHORTEST_PHONE else []
    names = dict.fromkeys(key for key in (typed, folded) if key)
    keys = [(f"{column}__startswith", name) for name in names for column in ("name_key", "given_key")]
    with suppress(ValidationError):  # not a reading
        kana = reduce(lambda inner, gap: inner.replace(gap, ""), SPACES, _kana(words))
        keys += [(f"{column}__startswith", kana) for column in ("kana_key", "given_kana_key")]
    return keys if names else []


def _kana(words: str) -> str:
    return KanaField(limit=len(words) * 2).clean(words)  # ﾀﾞ is two characters


def _digits(plain: str) -> str:
    """As the column keeps them: those of the stored form for a whole number, else as typed."""
    with suppress(text.TextError):
        plain = text.normalise_phone(plain)
    return re.sub(r"[^\d+]", "", plain)


def _numbers(words: str, on: dt.date) -> list[str]:
    """The 受付番号 that may be meant; a mere count is of this fiscal year or of the last."""
    plain = text.fold_dashes(words).upper()
    if found := _NUMBER.fullmatch(plain):
        return [f"{found[1]}-{int(found[2]):04}"]
    if not _COUNT.fullmatch(plain):
        return []
    year = wareki.fiscal_year(on)
    return [f"{_year(opening)}-{int(plain):04}" for opening in (dt.date(year, 4, 1), dt.date(year - 1, 4, 1))]


def _year(opening: dt.date) -> str:
    era = wareki.era_of(opening)
    return f"{era.letter}{era.year_of(opening.year)}"
