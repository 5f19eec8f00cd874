"""allauth's mails go the way of every mail of the portal: as a row first."""

import datetime as dt
import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings

from postpartum_portal.shared import clock, mail


class PortalAccountAdapter(DefaultAccountAdapter):
    """Sign-in codes and account notices as mail rows, so that nothing is lost when the server stalls."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write allauth's mail (`account/email/login_code`, …) with our template of the same last name."""
        kind = "account/" + template_prefix.rsplit("/", 1)[-1]
        plain = {name: value for name, value in context.items() if isinstance(value, str)}
        at = clock.now()
        until = at + dt.timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT) if "code" in plain else None
        mail.post(kind, email, key=f"{kind}:{secrets.token_hex(12)}", at=at, until=until, **plain)

    def send_account_already_exists_mail(self, email: str) -> None:
        """allauth would name its password-reset page here; this portal has no passwords."""
        self.send_mail("account/email/account_already_exists", email, {})
