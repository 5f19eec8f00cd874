"""What ends with an approval: its grants, and the services that nothing else gives the family."""

import datetime as dt

from django.db.models import Q, QuerySet

from applications.models import Application, Decision, Entitlement, Grant, ImportedApproval, Revocation


def grants_of(decision: Decision) -> QuerySet[Grant]:
    """What an approval and its changes gave; of one that was taken over from paper the grant names no decision."""
    taken_over = ImportedApproval.objects.filter(application__decision=decision).values("application__birth")
    on_paper = Q(origin=Grant.Origin.PAPER, entitlement__birth__in=taken_over)
    return Grant.objects.filter(Q(decision=decision) | Q(amendment__decision=decision) | on_paper)


def grants_on(entitlement: Entitlement, day: dt.date) -> QuerySet[Grant]:
    """All grants of a family that give something on a day."""
    return Grant.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day), entitlement=entitlement).order_by("pk")


def entitlement_under(decision: Decision) -> Entitlement:
    """The entitlement that an approval granted into."""
    rows = Entitlement.objects.select_related("birth__household", "citizen", "municipality", "programme_version")
    return rows.get(birth=decision.application.birth)


def lost_with(decision: Decision, *, on: dt.date) -> frozenset[str]:
    """The services that a family loses from a day on when the approval gives nothing any more."""
    own = set(grants_of(decision).values_list("pk", flat=True))
    held = list(grants_on(entitlement_under(decision), on))
    kept = {service for given in held if given.pk not in own for service in given.services}
    return frozenset(service for given in held if given.pk in own for service in given.services) - kept


def revocation_of(application: Application) -> Revocation | None:
    """How its approval ended; None where it was not revoked."""
    return Revocation.objects.filter(decision__application=application).select_related("by").first()
