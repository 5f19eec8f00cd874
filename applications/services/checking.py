"""The centre writes down what it looked up about a household. A look changes nothing else."""

import datetime as dt

from django.db import transaction

from applications.models import Application, Household, OfficialCheck
from applications.selectors.handed_in import handed_in
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events
from postpartum_portal.shared.lifecycle import authorise
from postpartum_portal.shared.tenancy import same_tenant

from .holding import locked

Kind, Result = OfficialCheck.Kind, OfficialCheck.Result


def record_check(
    application: Application,
    *,
    kind: str,
    result: str,
    seen: str = "",
    fiscal_year: int | None = None,
    holds_from: dt.date | None = None,
    by: User,
    at: dt.datetime,
) -> OfficialCheck:
    """Keep who looked at what and what came of it. The same form sent twice is one look.

    Raises:
        PermissionDenied: not the work of this person, or her own application.
    """
    authorise(by, "applications.screen", application)
    said = {"kind": kind, "result": result, "seen": seen, "fiscal_year": fiscal_year, "holds_from": holds_from}
    with transaction.atomic():
        household = handed_in(locked(application)).household
        latest = OfficialCheck.objects.filter(household=household).last()
        if latest and latest.by_id == by.pk and all(getattr(latest, name) == value for name, value in said.items()):
            return latest
        row = _keep(household, by=by, at=at, **said)
        events.record("record.checked", application, at=at, by_id=by.pk, check=row.pk, kind=kind, result=result)
    return row


def keep_certificate_check(
    household: Household,
    fiscal_year: int | None,
    *,
    holds_from: dt.date | None = None,
    refusal: str = "",
    by: User,
    at: dt.datetime,
) -> OfficialCheck:
    """What became of a certificate, in the transaction that accepts it from `holds_from` on or gives a `refusal`."""
    result = Result.NOT_CONFIRMED if refusal else Result.CONFIRMED
    said = {"kind": Kind.CERTIFICATE, "result": result, "seen": refusal}
    return _keep(household, by=by, at=at, fiscal_year=fiscal_year, holds_from=holds_from, **said)


def _keep(household: Household, *, by: User, at: dt.datetime, **said: object) -> OfficialCheck:
    return OfficialCheck.objects.create(**same_tenant(household), household=household, by=by, at=at, **said)
