"""The conversation with the mail server: what is handed over, and what its answers mean for the next try.

A refusal for good (5xx) of address or text stops the mail where staff see it. Whatever time may mend is tried again:
a server that asks to come back (4xx), hangs, is not there, or does not let the portal in.
"""

import datetime as dt
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from .jobs import GiveUp
from .jobs.runner import put_off
from .mail_html import as_html
from .mail_kinds import Group, group_of
from .models import Mail

QUEUE = "mail"
FOR_GOOD = 500


def hand_over(mail: Mail, *, now: dt.datetime) -> None:
    """Give the mail to the server, always under its own Message-ID.

    No step waits longer than `EMAIL_TIMEOUT`. Where the server is away, every mail waits a little, so that it does not
    keep workers from their letters.

    Raises:
        AddressRefused, TextRefused: for good.
        ServerBusy, ServerAway, NotLetIn: for now.
    """
    try:
        with _named_failures():
            _message(mail).send()
    except ServerAway:
        put_off(QUEUE, until=now + dt.timedelta(seconds=settings.MAIL_SERVER_AWAY_SECONDS))
        raise


class AddressRefused(GiveUp):
    """Nobody gets mail at this address."""


class TextRefused(GiveUp):
    """The server wants no such mail."""


class ServerBusy(Exception):
    """The server asks to come back later; some do so with every stranger (greylisting)."""


class ServerAway(Exception):
    """No server answers, or it stopped answering."""


class NotLetIn(Exception):
    """The server does not accept the portal's account or sender: a setting is wrong, not this mail."""


def _message(mail: Mail) -> EmailMultiAlternatives:
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    if group_of(mail.kind) != Group.OFFICIAL:
        headers["List-Unsubscribe"] = f"<{settings.PORTAL_ORIGIN}{reverse('mails')}>"
    message = EmailMultiAlternatives(mail.subject, mail.text, to=[mail.to], headers=headers)
    message.attach_alternative(as_html(mail.subject, mail.text), "text/html")
    return message


@contextmanager
def _named_failures() -> Iterator[None]:
    try:
        yield
    except smtplib.SMTPRecipientsRefused as refused:
        for_good = all(code >= FOR_GOOD for code, _ in refused.recipients.values())
        raise AddressRefused if for_good else ServerBusy from None  # its words quote the address
    except smtplib.SMTPDataError as refused:
        raise TextRefused if refused.smtp_code >= FOR_GOOD else ServerBusy from None
    except (smtplib.SMTPAuthenticationError, smtplib.SMTPSenderRefused) as refused:
        raise NotLetIn if refused.smtp_code >= FOR_GOOD else ServerBusy from None
    except (smtplib.SMTPException, OSError) as away:
        raise ServerAway from away
