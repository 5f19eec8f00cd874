"""Which of this app's rows are about somebody, for the audit pages."""

from collections.abc import Collection, Mapping

from django.apps import apps
from django.db.models import Model

from applications.public import Household, households_behind, rows_about


def booking_rows_about(household: Household) -> dict[str, list[int]]:
    """Kind → keys, of bookings and what hangs on them."""
    return rows_about(household, _models())


def households_behind_bookings(subjects: Mapping[str, Collection[int]]) -> dict[tuple[str, int], int]:
    return households_behind(subjects, _models())


def _models() -> list[type[Model]]:
    return list(apps.get_app_config("facilities").get_models())
