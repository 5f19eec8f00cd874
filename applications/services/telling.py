"""The mails about an application: its number and the way to its page, never what is in it."""

import datetime as dt

from applications.models import Application
from postpartum_portal.shared import mail


def tell_her(kind: str, application: Application, *, at: dt.datetime, time: int = 1) -> None:
    """Mail her once; `time` counts what may happen to an application more often. On paper there is nobody to mail."""
    if application.citizen is None:
        return
    mail.post(
        kind,
        application.citizen.email,
        key=f"{kind}:{application.pk}" + (f":{time}" if time > 1 else ""),
        at=at,
        municipality=application.municipality,
        number=application.number,
    )
