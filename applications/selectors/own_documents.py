"""The papers a mother has handed in, each with its day and what became of it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from applications.models import Application, Document
from eligibility import engine
from eligibility.public import Municipality
from postpartum_portal.accounts.models import User

from .handed_in import handed_in


@dataclass(frozen=True, slots=True)
class OwnDocument:
    """`label`: 令和7年度の世帯全員分の非課税証明書."""

    document: Document
    label: str

    @property
    def state(self) -> str:
        return str(Document.Status(self.document.status).label)

    @property
    def refused(self) -> bool:
        return bool(self.document.status == Document.Status.REFUSED)


def own_documents(citizen: User, municipality: Municipality) -> tuple[OwnDocument, ...]:
    """All of hers in a municipality, the latest first; those of a draft stand in the draft."""
    rows = Document.objects.filter(citizen=citizen, municipality=municipality)
    sent = rows.exclude(application__status=Application.Status.DRAFT)
    found = sent.select_related("application__birth__household", "application__programme_version")
    return tuple(OwnDocument(row, _label(row)) for row in found.order_by("-uploaded_at", "-pk"))


def _label(document: Document) -> str:
    """As the programme calls it; one that it does not know (any more) is a paper."""
    terms = handed_in(document.application).terms
    papers = tuple(item for item in terms.documents if item.code == document.kind)
    return engine.Certificate(papers, document.fiscal_year).label if papers else _("書類")
