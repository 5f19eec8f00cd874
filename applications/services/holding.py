"""Holding a row while it is judged and changed: whoever moves it second sees what the first one did."""

from applications.models import Application, Birth, Entitlement, Household


def locked(application: Application) -> Application:
    """The row as it stands now; nobody else changes it before the caller's transaction ends.

    The municipality that is read with it stays free, or every new row of that municipality would wait.
    """
    rows = Application.objects.select_related("municipality")
    return rows.select_for_update(of=("self",)).get(pk=application.pk)


def hold_family(entitlement: Entitlement) -> None:
    """Make whoever grants, books, moves, cancels or revokes for this family wait until the caller's transaction ends.

    Asked before any row of its bookings or pools is moved. With one order for everybody (the case or the birth, the
    family, its drafted changes and letters, its bookings, its pools, then days by date) a mother who cancels and a
    decider who revokes never wait for each other for good.
    """
    Entitlement.objects.select_for_update(no_key=True).get(pk=entitlement.pk)


def held_family(birth: Birth) -> Entitlement | None:
    """The entitlement of a birth that the caller holds, held as by `hold_family`; None if nothing was granted."""
    return Entitlement.objects.select_for_update(no_key=True).filter(birth=birth).first()


def hold_household(household: Household) -> Household:
    """All cases of a household and what hangs on them, in everybody's order; who applies anew comes before or after."""
    list(Application.objects.filter(birth__household=household).order_by("pk").select_for_update(of=("self",)))
    list(Birth.objects.filter(household=household).order_by("pk").select_for_update(of=("self",)))
    families = Entitlement.objects.filter(birth__household=household).order_by("pk")
    list(families.select_for_update(no_key=True, of=("self",)))
    return Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
