"""Who writes in whose place: as the one who writes sees it, as the mother does, and as the centre does."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.models import Application, Birth, Document, Proxy
from applications.steps import Step
from eligibility.public import Municipality
from postpartum_portal.accounts.models import User

from .answers import birth_dates, clean_in, day
from .births import is_same_pregnancy
from .mine import draft_of, open_application_of

Status = Application.Status
OPEN = Q(status__in=Proxy.OPEN)
HANDED_OVER = OPEN & Q(handed_over_at__isnull=False)
TO_ENTER = HANDED_OVER & Q(entered_at=None)

RECEIVED = _("センターが受け付けました。")
DECIDED = _("決定しました。結果は、本人に届きます。")
AFTERWARDS: Mapping[str, Promise] = {
    Status.SUBMITTED: RECEIVED,
    Status.SCREENING: RECEIVED,
    Status.RETURNED: _("センターから本人に、お願いのメールが届いています。"),
    Status.RESUBMITTED: RECEIVED,
    Status.RECOMMENDED: RECEIVED,
    Status.APPROVED: DECIDED,
    Status.REFUSED: DECIDED,
    Status.REVOKED: DECIDED,
    Status.WITHDRAWN: _("本人が取り下げました。"),
}
"""All that is told to the one who wrote, once it is the mother's: nothing of what was decided, or why."""
WRITING = _("書いているところです。")
KEPT = _("センターが預かりました。本人が確かめるのを待っています。")


@dataclass(frozen=True, slots=True)
class ToEnter:
    """What was handed over and is not an application yet. `phone` and `office` are hers, as the application says."""

    proxy: Proxy
    phone: str
    birth_date: dt.date | None
    kana: str
    office: str
    waits_for_her: bool


def state_told(proxy: Proxy) -> Promise:
    """What the one who writes is told; the same whether she has not answered, or has an application of her own."""
    if proxy.entered_at is not None and proxy.application is not None:
        return AFTERWARDS[proxy.application.status]
    return WRITING if proxy.handed_over_at is None else KEPT


def written_by(user: User, municipality: Municipality) -> list[Proxy]:
    """What somebody writes, or wrote and still hears of, the latest first; the scope is the municipality."""
    rows = Proxy.objects.filter(OPEN, writer=user, municipality=municipality)
    return list(rows.select_related("application").order_by("-pk"))


def written_document(pk: int, user: User, municipality: Municipality) -> Document | None:
    """A paper of a draft that this person is writing; the scope is the municipality."""
    rows = Document.objects.filter(pk=pk, municipality=municipality, application__proxy__writer=user)
    document = rows.select_related("application").first()
    return document if document and user.has_perm("applications.write", document.application) else None


def writing_for(citizen: User, municipality: Municipality) -> list[Proxy]:
    """Who writes for her and waits for her word, or for nothing: what is not entered yet."""
    return list(Proxy.objects.filter(OPEN, citizen=citizen, municipality=municipality, entered_at=None))


def writers_for(citizen: User, municipality: Municipality) -> dict[int, str]:
    """User id → name of everybody who has ever written for her, or wanted to."""
    rows = Proxy.objects.filter(citizen=citizen, municipality=municipality)
    return dict(rows.order_by("pk").values_list("writer_id", "name"))


def has_her_own(proxy: Proxy) -> bool:
    """Whether she has begun an application herself, or has one that is not decided: hers goes before."""
    return own_draft(proxy) is not None or own_open(proxy) is not None


def is_known_otherwise(proxy: Proxy) -> bool:
    """Whether what was written is about a birth that is on record with another day, or was lost since.

    The form would have asked her; the one who writes is not asked, for the question would tell.
    """
    if proxy.application is None:
        return False
    days = [day for day in birth_dates(proxy.application)[:2] if day]
    on_record = Birth.beside(proxy)
    same = [birth for birth in on_record for day in days if is_same_pregnancy(birth, day)]
    return any(birth.outcome == Birth.Outcome.LOST or not {birth.due_date, birth.born_on} & {*days} for birth in same)


def own_draft(proxy: Proxy) -> Application | None:
    return draft_of(proxy.citizen, proxy.municipality) if proxy.citizen else None


def own_open(proxy: Proxy) -> Application | None:
    return open_application_of(proxy.citizen, proxy.municipality) if proxy.citizen else None


def to_enter() -> list[ToEnter]:
    """What waits in the centre's keeping, who handed over first at the top; the scope is the centre's."""
    rows = Proxy.objects.filter(TO_ENTER).select_related("application", "citizen", "municipality")
    return [as_told(row) for row in rows.order_by("handed_over_at", "pk")]


def as_told(proxy: Proxy) -> ToEnter:
    said = clean_in(proxy.application, Step.PERSON) if proxy.application else {}
    return ToEnter(
        proxy=proxy,
        phone=said.get("phone", ""),
        birth_date=day(said.get("birth_date")),
        kana=said.get("kana", ""),
        office=said.get("office", ""),
        waits_for_her=proxy.status == Proxy.Status.CONSENTED,
    )


def proxy_of(application: Application) -> Proxy | None:
    """Who wrote an application in her place, with who took down what she said to it."""
    return Proxy.objects.filter(application=application).select_related("answered_by").first()
