"""Whether a loss of the visitor is known here: public pages ask too, before they speak of a child."""

from typing import Any

from django.dispatch import receiver

from applications.public import Birth, latest_birth
from eligibility.access import MunicipalityRequest
from eligibility.public import check_opens
from postpartum_portal.shared.tenancy import tenant


def is_bereaved(request: MunicipalityRequest) -> bool:
    """Of a signed-in citizen whose latest birth in this municipality was lost; her own rows are looked at for it."""
    user: Any = request.user
    if not user.is_authenticated:
        return False
    with tenant(municipality=request.municipality.pk, citizen=user.pk):
        birth = latest_birth(user, request.municipality)
    return birth is not None and birth.outcome == Birth.Outcome.LOST


@receiver(check_opens)
def _tell_the_check(request: MunicipalityRequest, **_: Any) -> bool:
    return is_bereaved(request)
