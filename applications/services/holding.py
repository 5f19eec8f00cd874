"""Holding an application while it is judged and changed: whoever moves it second sees what the first one did."""

from applications.models import Application


def locked(application: Application) -> Application:
    """The row as it stands now; nobody else changes it before the caller's transaction ends.

    The municipality that is read with it stays free, or every new row of that municipality would wait.
    """
    rows = Application.objects.select_related("municipality")
    return rows.select_for_update(of=("self",)).get(pk=application.pk)
