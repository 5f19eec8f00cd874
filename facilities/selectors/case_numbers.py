"""Under which number a family's case stands at the centre."""

from collections.abc import Iterable

from applications.public import Application


def case_numbers(births: Iterable[int]) -> dict[int, str]:
    """Birth id → the number of its latest application; without one where all came on paper. One statement."""
    sent = Application.objects.filter(birth__in=set(births)).exclude(number="").order_by("submitted_at", "pk")
    return dict(sent.values_list("birth_id", "number"))
