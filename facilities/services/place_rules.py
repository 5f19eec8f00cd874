"""空きのきまり, saved as its page sends it: weeks, the ward and the notices together."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from facilities.models import Facility
from facilities.selectors.notices import Notice
from postpartum_portal.accounts.models import User

from .notices import set_notices
from .patterns import Week, set_patterns


def set_place_rules(
    facility: Facility, weeks: Mapping[str, Week], notices: Mapping[str, Notice | None], *, by: User, at: dt.datetime
) -> None:
    """Write all of it down or nothing. No day changes by it.

    Raises:
        PermissionDenied: `by` does not work at the facility.
        NotToBePlanned, NotKept: a kind is not offered here.
    """
    with transaction.atomic():
        set_patterns(facility, weeks, by=by, at=at)
        set_notices(facility, notices, by=by, at=at)
