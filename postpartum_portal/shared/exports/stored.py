"""The files that exports name as long as they are kept."""

from collections.abc import Iterator

from postpartum_portal.shared.models import Export
from postpartum_portal.shared.stored import AT_ONCE, StoredFile, notes_hash, tells_files

from .asking import files_of


@tells_files
def files_of_exports(using: str) -> Iterator[StoredFile]:
    kept = Export.objects.using(using).filter(removed_at=None).exclude(storage_name="").order_by("pk")
    for export in kept.iterator(chunk_size=AT_ONCE):
        hashes = (export.sha256, export.unfit_sha256)
        for name, noted in zip(files_of(export), hashes, strict=False):  # without unfit characters it is one file
            yield StoredFile(name, noted, f"{Export.__name__} {export.pk}")


@notes_hash(Export.__name__)
def note_export(file: StoredFile, noted: str) -> None:
    export = Export.objects.get(pk=int(file.owner.split()[1]))
    field = "sha256" if file.name == export.storage_name else "unfit_sha256"
    Export.objects.filter(pk=export.pk).update(**{field: noted})
