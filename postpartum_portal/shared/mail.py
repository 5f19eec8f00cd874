"""Mails as rows: written with the deed they tell of, sent by a worker, never with health data in them."""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.template import Context, Engine

from . import clock
from .failpoints import reach
from .jobs import Lease, enqueue, handler
from .jobs.holding import BY_RESTORE
from .mail_kinds import Group, group_of
from .mail_server import hand_over
from .mail_words import own_words, reworded
from .models import Job, Mail, UnwantedMail
from .once import insert_once

SEND_MAIL = "send_mail"
TO_BE_SENT = (Job.Status.QUEUED, Job.Status.RUNNING, Job.Status.FAILED)


def post(kind: str, to: str, *, key: str, at: dt.datetime, until: dt.datetime | None = None, **context: Any) -> Mail:
    """Write the mail `templates/mail/<kind>.txt` to `to` and ask for its sending. One key, one mail.

    `until`: from then on it would tell what is past, and is not sent. `municipality` in the context is whose words it
    may carry, and whose staff see a mail that could not be sent. What is a row stays as it was written.
    """
    municipality = context.get("municipality")
    subject, text = written(kind, **context)
    mail = Mail(
        key=key,
        kind=kind,
        to=to,
        subject=subject,
        text=text,
        message_id=f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{_domain()}>",
        created_at=at,
        until=until,
    )
    with transaction.atomic(savepoint=False):  # never a mail without the job that sends it
        if not insert_once(mail):
            return Mail.objects.get(key=key)
        enqueue(SEND_MAIL, mail.pk, at=at, queue="mail", municipality_id=municipality.pk if municipality else None)
    return mail


def written(kind: str, **context: Any) -> tuple[str, str]:
    """Subject and text of a mail as it would go out.

    The template's first line is the subject. Links are built from `settings.PORTAL_ORIGIN`, never from a request. Where
    the kind may be switched off, the text ends with the way to do it.
    """
    municipality = context.get("municipality")
    subject, _, text = _render(f"mail/{kind}.txt", context).strip().partition("\n")
    subject, text = reworded(subject, text.strip(), own_words(municipality, kind), municipality)
    if group_of(kind) != Group.OFFICIAL:
        text += f"\n\n{_render('mail/_unwanted.txt', {}).strip()}"
    return subject, text + "\n"


def hold(to: str, about: re.Pattern[str], *, at: dt.datetime) -> list[int]:
    """Keep back what is still to be sent to an address and speaks `about` something; ids of the jobs, for `release`."""
    waiting = Mail.objects.filter(to=to, sent_at=None)
    told = [mail.pk for mail in waiting if about.search(f"{mail.subject}\n{mail.text}")]
    jobs = Job.objects.filter(kind=SEND_MAIL, subject_id__in=told)
    waiting_jobs = jobs.filter(status__in=TO_BE_SENT) | jobs.filter(status=Job.Status.HELD, last_error=BY_RESTORE)
    held = list(waiting_jobs.order_by("pk").values_list("pk", flat=True))
    Job.objects.filter(pk__in=held).update(status=Job.Status.HELD, lease_until=None, stopped_at=at, last_error="")
    return held


def release(held: Iterable[int], *, at: dt.datetime) -> None:
    """Let go what `hold` kept back."""
    back = {"status": Job.Status.QUEUED, "run_after": at, "attempts": 0, "stopped_at": None}
    Job.objects.filter(pk__in=held, status=Job.Status.HELD).update(**back)


@handler(SEND_MAIL)
def send(lease: Lease) -> None:
    """Hand one mail to the server. A crash after the server took it may repeat it, with the same Message-ID.

    What its reader has switched off by now, or what would tell of something past, stays a row that was never sent.
    """
    mail = Mail.objects.get(pk=lease.subject_id)
    now = clock.now()
    if mail.sent_at is not None or (mail.until and mail.until <= now) or _is_unwanted(mail):
        return
    hand_over(mail, now=now)
    reach("mail.after_server")
    Mail.objects.filter(pk=mail.pk).update(sent_at=clock.now())


def _is_unwanted(mail: Mail) -> bool:
    group = group_of(mail.kind)
    return group != Group.OFFICIAL and UnwantedMail.objects.filter(user__email=mail.to, group=group).exists()


def _render(name: str, context: dict[str, Any]) -> str:
    """Plain text: nothing is escaped as if it were HTML."""
    template = Engine.get_default().get_template(name)
    return str(template.render(Context({**context, "origin": settings.PORTAL_ORIGIN}, autoescape=False)))


def _domain() -> str:
    return urlsplit(settings.PORTAL_ORIGIN).hostname or ""
