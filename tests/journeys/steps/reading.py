"""The mother's letters."""

from io import BytesIO

from pypdf import PdfReader

from tests.journeys.person import Person


def reads_her_letter(mother: Person, *, titled: str = "決定通知書") -> str:
    """Answers the text of the PDF."""
    mother.opens(f"/{mother.town}/my/letters/")
    mother.reloads_until("に届きました")
    link = mother.page.get_by_role("link", name=titled).first
    text = pdf_text(mother.fetches(str(link.get_attribute("href"))))
    mother.reloads()
    mother.sees("に読みました")
    return text


def pdf_text(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
