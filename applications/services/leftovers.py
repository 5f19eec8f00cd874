"""What no office keeps: drafts that nobody sent, proxies without an answer, wishes to be told that are over."""

import datetime as dt

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q

from applications.erasing import files_of
from applications.models import Application, ApprovalImport, Document, Proxy, WindowNotice
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events

from .holding import locked

AT_ONCE = 100
UNSENT = "draft.expired"


def remove_unsent(*, drafts_before: dt.datetime, proxies_before: dt.datetime, at: dt.datetime) -> int:
    """Drafts untouched since `drafts_before`, and those of proxies that nobody answered since `proxies_before`; how
    many of them are gone, `AT_ONCE` at most.
    """
    old = Q(saved_at__lt=drafts_before, proxy=None) | Q(proxy__asked_at__lt=proxies_before, proxy__entered_at=None)
    drafts = Application.objects.filter(old, status=Application.Status.DRAFT).order_by("pk")[:AT_ONCE]
    removed = sum(_removed(draft, old, at) for draft in drafts)
    Proxy.objects.filter(application=None, asked_at__lt=proxies_before).delete()
    WindowNotice.objects.filter(told_at__lt=drafts_before).delete()
    ApprovalImport.objects.filter(imported_at=None, checked_at__lt=drafts_before).exclude(content=b"").update(
        content=b""
    )
    return removed


def forget_unsent(citizen: User, *, at: dt.datetime) -> int:
    """All that a person has not sent in, herself and as a proxy, at her own demand; in the scope's municipality."""
    hers = Q(citizen=citizen) | Q(proxy__writer=citizen) | Q(proxy__citizen=citizen)
    drafts = Application.objects.filter(hers, status=Application.Status.DRAFT).order_by("pk")
    removed = sum(_removed(draft, Q(), at) for draft in drafts)
    Proxy.objects.filter(Q(citizen=citizen) | Q(writer=citizen), application=None).delete()
    WindowNotice.objects.filter(citizen=citizen).delete()
    return removed


def _removed(draft: Application, still: Q, at: dt.datetime) -> bool:
    """Files first: a run that dies leaves a row that is found again, never a file that no row names."""
    with transaction.atomic():
        row = locked(draft)
        if row.status != Application.Status.DRAFT or not Application.objects.filter(still, pk=row.pk).exists():
            return False
        for document in Document.objects.filter(application=row).order_by("pk"):
            for name in files_of(document):
                default_storage.delete(name)
        Proxy.objects.filter(application=row).delete()
        events.record(UNSENT, row, at=at, by_id=None)
        row.delete()
    return True
