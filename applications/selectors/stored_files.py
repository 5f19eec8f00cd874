"""The files that letters, prints and documents name."""

from collections.abc import Iterator

from applications.models import Document, Letter, PrintRun
from postpartum_portal.shared.stored import AT_ONCE, StoredFile, notes_hash, tells_files


@tells_files
def files_of_letters(using: str) -> Iterator[StoredFile]:
    for model in (Letter, PrintRun):
        rows = model.objects.using(using).exclude(storage_name="").order_by("pk")
        for pk, name, sha256 in rows.values_list("pk", "storage_name", "sha256").iterator(chunk_size=AT_ONCE):
            yield StoredFile(name, sha256, f"{model.__name__} {pk}")


@tells_files
def files_of_documents(using: str) -> Iterator[StoredFile]:
    """Each page, and a PDF as it was handed in."""
    for document in Document.objects.using(using).order_by("pk").iterator(chunk_size=AT_ONCE):
        owner = f"{Document.__name__} {document.pk}"
        for page in document.pages:
            noted = document.page_hashes[page - 1] if document.page_hashes else ""
            yield StoredFile(document.page_path(page), noted, owner)
        if document.content_type == "application/pdf":
            yield StoredFile(document.original_path, document.sha256, owner)


@notes_hash(Document.__name__)
def note_page(file: StoredFile, sha256: str) -> None:
    """Only pages lack one: what she handed in was hashed as it came."""
    document = Document.objects.get(pk=int(file.owner.split()[1]))
    hashes = document.page_hashes or [""] * document.page_count
    pages = [document.page_path(page) for page in document.pages]
    hashes[pages.index(file.name)] = sha256
    Document.objects.filter(pk=document.pk).update(page_hashes=hashes)
