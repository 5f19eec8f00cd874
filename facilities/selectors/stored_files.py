"""The files that a month's claim and payment lists name."""

from collections.abc import Iterator

from facilities.models import MonthReport, PaymentList
from postpartum_portal.shared.stored import AT_ONCE, StoredFile, notes_hash, tells_files

PAPERS = (("report_file", "report_sha256"), ("claim_file", "claim_sha256"))


@tells_files
def files_of_months(using: str) -> Iterator[StoredFile]:
    for file, sha256 in PAPERS:
        rows = MonthReport.objects.using(using).exclude(**{file: ""}).order_by("pk")
        for pk, name, noted in rows.values_list("pk", file, sha256).iterator(chunk_size=AT_ONCE):
            yield StoredFile(name, noted, f"{MonthReport.__name__} {pk}")


@tells_files
def files_of_payments(using: str) -> Iterator[StoredFile]:
    rows = PaymentList.objects.using(using).exclude(file="").order_by("pk")
    for pk, name, noted in rows.values_list("pk", "file", "sha256").iterator(chunk_size=AT_ONCE):
        yield StoredFile(name, noted, f"{PaymentList.__name__} {pk}")


@notes_hash(MonthReport.__name__)
def note_paper(found: StoredFile, noted: str) -> None:
    for file, sha256 in PAPERS:
        MonthReport.objects.filter(**{file: found.name}).update(**{sha256: noted})


@notes_hash(PaymentList.__name__)
def note_list(found: StoredFile, noted: str) -> None:
    PaymentList.objects.filter(file=found.name).update(sha256=noted)
