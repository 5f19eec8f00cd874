"""Making what a proxy has handed over the mother's own application, as soon as nothing stands against it."""

import datetime as dt

from applications.models import Document, Proxy
from applications.selectors.proxies import has_her_own, is_known_otherwise
from applications.services.holding import locked
from applications.services.submission import Incomplete, NotOpenYet, enter
from postpartum_portal.accounts.models import User


def held(proxy: Proxy) -> Proxy:
    """The row as it stands now, with every other one for the same mother: of two deeds at once, one comes second."""
    rows = Proxy.objects.select_related("municipality", "citizen", "application").order_by("pk")
    siblings = rows.filter(municipality=proxy.municipality_id, citizen=proxy.citizen_id)
    return next(row for row in siblings.select_for_update(of=("self",)) if row.pk == proxy.pk)


def enter_if_free(proxy: Proxy, *, by: User, at: dt.datetime) -> bool:
    """Enter it if she has consented, it was handed over, and nothing of her own goes before; whether it is hers now.

    It counts as received when it was handed over. Part of a transaction whose caller holds it and has authorised the
    deed; the scope is the municipality, for a draft of nobody's is in nobody's own.
    """
    consented = proxy.status == Proxy.Status.CONSENTED and proxy.entered_at is None
    if not consented or proxy.handed_over_at is None or proxy.application is None:
        return False
    if has_her_own(proxy) or is_known_otherwise(proxy):
        return False
    row = locked(proxy.application)
    row.citizen = proxy.citizen
    try:
        enter(row, received_at=proxy.handed_over_at, by=by, at=at)
    except (Incomplete, NotOpenYet):  # a programme that was published since asks for more: she takes it over
        return False
    Document.objects.filter(application=row).update(citizen=row.citizen)
    proxy.application, proxy.entered_at = row, at
    proxy.save(update_fields=["entered_at"])
    return True
