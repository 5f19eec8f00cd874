"""allauth as the portal has it: mails as rows first, a browser that is remembered, counts that lock nobody out."""

import datetime as dt
import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from postpartum_portal.shared import clock, mail

from .known_browsers import known_as, plain_email, remember


class PortalAccountAdapter(DefaultAccountAdapter):
    """Sign-in codes and account notices as mail rows, so that nothing is lost when the server stalls."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _("コードがちがいます。メールにある数字を、もういちど確かめてください。"),
        "too_many_login_attempts": _("まちがいが続いたので、はじめからにしました。新しいコードを受け取ってください。"),
        "rate_limited": _("短いあいだに何度も送られました。1分ほどたってから、もういちど送ってください。"),
    }

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

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """After every way in: this browser is known from now on."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        remember(request, response, user.email)
        return response

    def get_client_ip(self, request: HttpRequest) -> str:
        """With whom allauth counts a request: the known browser of the address typed, else where it comes from."""
        typed = request.POST.get("login") or request.POST.get("email") or ""
        browser = known_as(request, plain_email(typed))
        return f"browser-{browser}" if browser else self.source(request)

    def source(self, request: HttpRequest) -> str:
        """The address of the client; a proxy too few lets nobody's sign-in fail for that."""
        try:
            return str(super().get_client_ip(request))
        except ImproperlyConfigured:
            return str(request.META.get("REMOTE_ADDR") or "unknown")
        except PermissionDenied:
            return "unknown"
