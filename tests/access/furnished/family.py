"""What one family has open, beside the application that is approved."""

from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from applications import models as applications
from eligibility.public import Municipality, version_on
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock

from .common import DAY, SHA256, Rows, following, kept

PICTURE = b"\xff\xd8\xff\xe0 a picture"


def family(mother: User, town: Municipality, nurse: User, writer: User) -> Rows:
    """What one mother, whose application is approved already, has open: each an object of an address."""
    whose = {"municipality": town, "citizen": mother}
    now, today = clock.now(), clock.today()
    household = applications.Household.objects.get(**whose)
    entitlement = applications.Entitlement.objects.get(**whose)
    approved = applications.Application.objects.get(**whose, status="approved")
    approved.number = f"R8-7{following():03d}"  # numbers begin anew in each municipality: this one is nobody else's
    approved.save(update_fields=["number"])
    again = applications.Application.objects.create(
        **whose,
        birth=entitlement.birth,
        programme_version=version_on(town, today),
        number=f"R8-9{following():03d}",
        status="returned",
        answers=approved.answers,
        submitted_at=now - DAY,
    )
    asked = {
        "number": 1,
        "marks": {"person": ["phone"]},
        "message": "電話番号を確かめてください。",
        "asked_at": now,
        "stood": approved.answers,
    }
    applications.Correction.objects.create(
        **whose, application=again, **asked, returned_from="submitted", asked_by=nurse
    )
    heard = _heard(approved, entitlement, whose, town, nurse)
    document = _document(approved, whose)
    letter = applications.Letter.objects.filter(**whose).order_by("pk")[0]
    _issue(letter)
    revoked = applications.Amendment.objects.filter(**whose, issued_at=None).first()
    amendment = revoked or applications.Amendment.objects.create(**whose, decision=approved.decision)
    earlier = applications.Birth.objects.create(
        **whose, household=household, outcome="lost", due_date=today - 300 * DAY, ended_on=today - 400 * DAY
    )
    loss = applications.Loss.objects.create(
        **whose, birth=earlier, outcome_before="expected", wants_call=False, told_at=now, by=mother
    )
    said = {"text": "相談したいことがあります。", "from_centre": False, "by": mother, "at": now}
    applications.Message.objects.create(**whose, household=household, **said, form_token=f"m{following()}")
    notice = applications.ChangeNotice.objects.create(
        **whose,
        household=household,
        kind="phone",
        before={"phone": household.phone},
        after={"phone": "090-0000-1111"},
        effective_on=today,
        by=mother,
        form_token=f"c{following()}",
    )
    applications.CaseNote.objects.create(**whose, application=approved, text="電話は夕方に。", by=nurse)
    coupon = applications.Coupon.objects.filter(**whose).first() or applications.Coupon.objects.create(
        **whose, entitlement=entitlement, code=f"{following():012d}", issued_at=now
    )
    hers = {"relation": "partner", "name": "見本 健", "mother_name": household.name, "mother_email": mother.email}
    told = applications.Application.objects.create(municipality=town, channel="proxy")
    for_me = applications.Proxy.objects.create(**whose, writer=writer, **hers, application=told, handed_over_at=now)
    offer = applications.AccountOffer.objects.create(
        **whose, household=household, email=mother.email, checked="電話で確かめた", offered_by=nurse
    )
    return {
        "household": household.pk,
        "entitlement": entitlement.pk,
        "case": approved.number,
        "application": approved.number,
        "returned": again.number,
        "recommended": heard.number,
        "document": document.pk,
        "letter": letter.pk,
        "amendment": amendment.pk,
        "loss": loss.pk,
        "coupon": coupon.code,
        "proxy_for_me": for_me.pk,
        "join": offer.pk,
        "notice": notice.pk,
        "own_draft": applications.Application.objects.create(**whose).pk,
        "proxy": _written(town, writer, whose),
    }


def _heard(approved: Any, entitlement: Any, whose: Rows, town: Municipality, nurse: User) -> Any:
    row = applications.Application.objects.create(
        **whose,
        birth=entitlement.birth,
        programme_version=approved.programme_version,
        number=f"R8-8{following():03d}",
        status="recommended",
        answers=approved.answers,
        assignee=nurse,
        submitted_at=clock.now() - DAY,
    )
    said = {"consent": True, "recommendation": "approve", "by": nurse}
    applications.Hearing.objects.create(**whose, application=row, **said)
    return row


def _document(application: Any, whose: Rows) -> Any:
    row = applications.Document.objects.create(
        **whose,
        application=application,
        kind="class_certificate",
        token=f"access-{following()}",
        original_name="証明書.pdf",
        content_type="application/pdf",
        size=16,
        sha256="0" * 64,
        status="filed",
    )
    default_storage.save(row.page_path(1), ContentFile(PICTURE))
    default_storage.save(row.original_path, ContentFile(b"%PDF-1.4"))
    return row


def _issue(letter: Any) -> None:
    if letter.status != "issued":
        stored = {"storage_name": kept("letter.pdf"), "sha256": SHA256}
        type(letter).objects.filter(pk=letter.pk).update(status="issued", issued_at=clock.now(), **stored)


def _written(town: Municipality, writer: User, whose: Rows) -> int:
    """What somebody writes for her and has not handed over."""
    told = {
        "relation": "partner",
        "name": "見本 健",
        "mother_name": "見本",
        "mother_email": f"p{following()}@example.jp",
    }
    draft = applications.Application.objects.create(municipality=town, channel="proxy")
    return int(applications.Proxy.objects.create(municipality=town, writer=writer, application=draft, **told).pk)
