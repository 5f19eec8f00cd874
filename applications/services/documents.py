"""Certificates handed in with an application or after it: read elsewhere, kept as pictures of their pages."""

import datetime as dt
import hashlib
import secrets
import time
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.models import Application, Document
from applications.selectors.certificates import wanted_for
from applications.selectors.proofs import Proof, usable_of
from applications.services.holding import locked
from applications.services.households import write_class
from eligibility.public import programme_of
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.arriving import LeftOut
from postpartum_portal.shared.lifecycle import authorise
from postpartum_portal.shared.storage import save_whole
from postpartum_portal.shared.uploads import MAX_BYTES, Kind, ReadUpload, UploadRefused, read_upload

MOST = 20
"""Files of one application: a household of that size exists, a disk to fill does not."""

SECONDS_AT_ONCE = 40
"""For reading the files of one request: twenty photographs of a phone take half; twenty bombs would hold a thread, for
which others wait, for ten minutes."""

LONGEST_NAME = 120
HERE_ALREADY = gettext_lazy("同じファイルがもう届いています。ほかの人の証明書なら、別の写真を選んでください。")


def hand_in(
    application: Application,
    kind: str,
    file: "UploadedFile[Any]",
    *,
    by: User,
    at: dt.datetime,
    fiscal_year: int | None = None,
) -> Document:
    """Add a certificate to her draft or application; once that is approved, one that her uses to come still need.

    `kind` is the programme's code of the paper, `fiscal_year` the year it is of, where the programme asks for one. What
    is stored can be shown: pages as JPEG without metadata, and the original of a PDF that holds no scripts, files or
    actions. With the last certificate of a submitted application her household's class has its proof from that day on;
    what comes after the approval waits for the centre, and what comes with a correction is held until she hands it in.

    Raises:
        PermissionDenied: not her own application, nor one that is being written for her.
        UploadRefused: the file cannot be used; its message says what to do.
        TooManyDocuments: likewise.
        AlreadyDecided: nothing is handed in any more, or nothing of this kind and year.
    """
    authorise(by, "applications.write", application)

    data = _bytes_of(file)
    sha256 = hashlib.sha256(data).hexdigest()
    _refuse_unless_open(application, kind, fiscal_year, on=clock.day_of(at))
    if same := _sent_before(application, kind, sha256):
        return same
    upload = read_upload(data)

    document = Document(
        municipality_id=application.municipality_id,
        citizen_id=application.citizen_id,
        application=application,
        kind=kind,
        fiscal_year=fiscal_year,
        token=secrets.token_hex(16),
        original_name=_shown_name(file.name),
        content_type=_kept_type(upload),
        size=len(data),
        sha256=sha256,
        page_count=len(upload.pages),
        uploaded_at=at,
    )
    _store(document, upload, data)  # files first: a row never names a file that is not there
    kept = _keep(document, by=by, at=at)
    if kept is not document:
        forget_files(document)
    return kept


def hand_in_all(
    application: Application, proof: Proof, files: "Iterable[UploadedFile[Any]]", *, by: User, at: dt.datetime
) -> list[str]:
    """Hand several in as `proof`; return a sentence for each file that added nothing, so that she knows which and why.

    Raises:
        PermissionDenied, AlreadyDecided: as `hand_in`.
    """
    sentences = []
    kind, fiscal_year = proof.document.code, proof.certificate.fiscal_year
    until = time.monotonic() + SECONDS_AT_ONCE
    for file in files:
        name = _shown_name(file.name)
        try:
            if time.monotonic() > until:
                raise UploadRefused("busy")
            kept = hand_in(application, kind, file, by=by, at=at, fiscal_year=fiscal_year)
        except (UploadRefused, TooManyDocuments) as refusal:
            sentences.append(f"{name}: {refusal}")
        else:
            if kept.uploaded_at != at:
                sentences.append(f"{name}: {HERE_ALREADY}")
    return sentences


def remove(document: Document, *, by: User, at: dt.datetime) -> None:
    """Take back a certificate that has not been handed in yet, with its application or a correction; its files go too.

    Raises:
        PermissionDenied: not her own application, nor one that is being written for her.
        AlreadyDecided: the application is submitted, and the centre may have read it.
    """
    application = document.application
    authorise(by, "applications.write", application)

    with transaction.atomic():
        held = document.status == Document.Status.HELD
        if locked(application).status != (Application.Status.RETURNED if held else Application.Status.DRAFT):
            raise AlreadyDecided
        events.record("document.removed", document, at=at, by_id=by.pk, application=application.pk)
        transaction.on_commit(partial(forget_files, document), robust=True)
        document.delete()


def forget_files(document: Document) -> None:
    """Delete the files of a document whose row is gone."""
    _forget(_names(document))


def note_proof(application: Application, at: dt.datetime) -> None:
    """After submission the class's row takes the proof from the day on which it is complete."""
    if application.birth is None or application.programme_version is None:
        return
    terms = programme_of(application.programme_version).terms
    write_class(application.birth.household, application, terms, on=clock.day_of(at))


class AlreadyDecided(Exception):
    """Documents of this application are not changed any more."""


class TooManyDocuments(Exception):
    """The message is a sentence for the page."""

    def __init__(self) -> None:
        super().__init__(_("書類は%(most)s件までです。足りないときは、センターに電話してください。") % {"most": MOST})


def _refuse_unless_open(application: Application, kind: str, fiscal_year: int | None, *, on: dt.date) -> None:
    """Before the decision anything may come; after an approval what `wanted_for` names."""
    if application.correcting and application.status != Application.Status.RETURNED:
        raise AlreadyDecided
    if application.status in {Application.Status.DRAFT, *Application.OPEN}:
        return
    papers = [(want.proof.document.code, want.fiscal_year) for want in wanted_for(application, on=on)]
    if (kind, fiscal_year) not in papers:
        raise AlreadyDecided


def _sent_before(application: Application, kind: str, sha256: str) -> Document | None:
    """The same file, if a first tap has sent it; else whether one more may come is judged."""
    earlier = usable_of(application)
    same = next((row for row in earlier if (row.kind, row.sha256) == (kind, sha256)), None)
    if same is None and len(earlier) >= MOST:
        raise TooManyDocuments
    return same


def _keep(document: Document, *, by: User, at: dt.datetime) -> Document:
    """Write the row, or give the one that a second tap wrote first. Reading took seconds, so it is judged once more."""
    try:
        with transaction.atomic():
            application = locked(document.application)
            application.correcting = document.application.correcting
            if not by.has_perm("applications.write", application):  # a proxy has handed it over meanwhile
                raise AlreadyDecided
            _refuse_unless_open(application, document.kind, document.fiscal_year, on=clock.day_of(at))
            if same := _sent_before(application, document.kind, document.sha256):
                return same
            late = application.status == Application.Status.APPROVED
            if late:
                document.wait()
            elif application.correcting:
                document.hold()
            document.save()
            events.record(
                "document.handed_in", document, at=at, by_id=by.pk, application=application.pk, kind=document.kind
            )
            if document.status == Document.Status.FILED:
                note_proof(application, at)
    except (AlreadyDecided, TooManyDocuments):
        forget_files(document)
        raise
    return document


def _bytes_of(file: "UploadedFile[Any]") -> bytes:
    if isinstance(file, LeftOut):
        raise UploadRefused("too_much_at_once")
    if file.size is None or file.size > MAX_BYTES:
        raise UploadRefused("too_large")
    data: bytes = file.read()
    return data


def _kept_type(upload: ReadUpload) -> str:
    """Of the file as handed in; of a PDF whose original is not kept, of the pictures that are."""
    if upload.kind is Kind.PDF:
        return "image/jpeg" if upload.active else "application/pdf"
    return f"image/{upload.kind}"


def _shown_name(name: str | None) -> str:
    """The name as she knows it, shortened in the middle so that the ending stays; only ever shown, never a path."""
    plain = "".join(char for char in name or "" if char.isprintable()) or _("書類")
    return plain if len(plain) <= LONGEST_NAME else f"{plain[:90]}…{plain[-20:]}"


def _store(document: Document, upload: ReadUpload, data: bytes) -> None:
    document.page_hashes = [hashlib.sha256(page).hexdigest() for page in upload.pages]
    try:
        _store_pages(document, upload, data)
    except OSError:
        forget_files(document)  # of a full disk's half of a paper nothing stays
        raise


def _store_pages(document: Document, upload: ReadUpload, data: bytes) -> None:
    for number, page in enumerate(upload.pages, start=1):
        save_whole(document.page_path(number), page)
    if upload.kind is Kind.PDF and not upload.active:
        save_whole(document.original_path, data)


def _names(document: Document) -> list[str]:
    pages = [document.page_path(number) for number in document.pages]
    return [*pages, document.original_path]


def _forget(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)  # deleting what is not there is no error
