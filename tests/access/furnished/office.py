"""What a centre keeps of its own."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from applications import models as applications
from eligibility.public import Municipality, version_on
from postpartum_portal.accounts.models import FactorReset, Invitation, User
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Export, Job, Mail
from tests import factories
from tests.eligibility.drafted import replayed

from .common import DAY, SHA256, Rows, following, kept


def centre(town: Municipality, nurse: User, decider: User, household: int) -> Rows:
    """What a centre keeps of its own."""
    now = clock.now()
    letter = applications.Letter.objects.filter(municipality=town, status="issued").order_by("pk")[0]
    run = applications.PrintRun.objects.create(
        municipality=town, asked_by=nurse, storage_name=kept("print.pdf"), sha256=SHA256, made_at=now
    )
    applications.PrintedLetter.objects.create(
        municipality=town, citizen=letter.citizen, run=run, letter=letter, position=1, pages=1
    )
    asked: Rows = {
        "municipality_id": town.pk,
        "asked_by": nurse,
        "role": "centre",
        "sheet": "applications",
        "form": "csv",
    }
    export = Export.objects.create(
        **asked,
        purpose="月の報告に使う",
        narrowed={"first": "2026-04-01", "last": "2026-11-20"},
        asked_at=now,
        written_at=now,
        expires_at=now + DAY,
        rows=1,
        unfit=1,
        storage_name=kept("export.csv", "氏名".encode()),
    )
    default_storage.save(f"{export.storage_name}.unfit.csv", ContentFile("報告".encode()))
    email = f"new{following()}@example.jp"
    invitation = Invitation.objects.create(
        municipality=town,
        role="centre",
        email=email,
        display_name="招待の職員",
        user=factories.UserFactory(email=email),
        joins_by_signing_in=True,
        invited_by=decider,
        invited_at=now,
        sent_at=now,
        expires_at=now + 7 * DAY,
    )
    colleague = factories.MembershipFactory(municipality=town, role="centre")
    third = factories.MembershipFactory(municipality=town, role="centre").user
    reset = FactorReset.objects.create(
        municipality=town,
        user=colleague.user,
        reason="電話をなくした",
        asked_by=third,
        asked_at=now,
        expires_at=now + DAY,
    )
    paper = applications.Application.objects.create(municipality=town, channel="post", entered_by=nurse)
    view = applications.SavedView.objects.create(municipality=town, user=nurse, name="わたしの分", state="all")
    waiting = applications.ApprovalImport.objects.create(
        municipality=town, sha256=f"{following():064d}", content=b"", rows=1, checked_at=now, by=decider
    )
    mine = applications.Household.objects.get(pk=household)
    opening = applications.AddressOpening.objects.create(
        municipality=town,
        citizen=mine.citizen,
        household=mine,
        purpose="通知書を送る",
        last_day=clock.today(),
        asked_by=nurse,
    )
    demand = applications.Erasure.objects.create(
        municipality=town,
        subject_kind="household",
        subject_id=household,
        reason="窓口で頼まれた",
        asked_by=factories.MembershipFactory(municipality=town, role="decider").user,
        asked_at=now,
    )
    return {
        "run": run.pk,
        "export": export.pk,
        "centre_invitation": invitation.pk,
        "member": colleague.pk,
        "reset": reset.pk,
        "paper": paper.pk,
        "view": view.pk,
        "import": waiting.pk,
        "opening": opening.pk,
        "account": colleague.pk,
        "draft": replayed(town, nurse).pk,
        "version": version_on(town, clock.today()).pk,
        "mail": _stopped(town, mine),
        "demand": demand.pk,
        "centre_proxy": applications.Proxy.objects.filter(municipality=town).order_by("pk")[0].pk,
        "slug": town.slug,
    }


PASSKEY = {
    "id": "Y3JlZGVudGlhbC0x",
    "rawId": "Y3JlZGVudGlhbC0x",
    "response": {
        "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiWTJOalkyTmpZMk5qWTJOalkyTmpZdyIsIm9yaW"
        "dpbiI6Imh0dHBzOi8vbG9jYWxob3N0IiwiY3Jvc3NPcmlnaW4iOmZhbHNlfQ",
        "attestationObject": "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YViQAAAAAAAAAAAAAAAAAAAA"
        "AAAAAAAAAAAAAAAAAAAAAABBAAAAAA"
        "AAAAAAAAAAAAAAAAAAAAAADGNyZWRlbnRpYWwtMaUBAgMmIAEhWCCApqCVrZsGQtTWA6BDAr9Pf34ue936QlrRwPeo"
        "MDnL6iJYIKVm6SEy1yBIQ8pA1hW3VWuKFa2Sv9RmrCQ8QlOBf5tE",
    },
    "clientExtensionResults": {},
    "type": "public-key",
}
"""As a browser hands it in; of a key pair that nobody has."""


def key_of(user: User) -> int:
    """A passkey; nobody signs in with it."""
    data = {"name": "鍵", "credential": PASSKEY}
    return int(Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=data).pk)


def _stopped(town: Municipality, household: Any) -> int:
    """A mail of hers that went nowhere five times."""
    mail = Mail.objects.filter(to=household.citizen.email).order_by("pk")[0]
    failed = {"status": "failed", "attempts": 5, "stopped_at": clock.now(), "last_error": "AddressRefused"}
    Job.objects.filter(kind="send_mail", subject_id=mail.pk).update(**failed, done_at=None, municipality_id=town.pk)
    return int(Job.objects.get(kind="send_mail", subject_id=mail.pk).pk)
