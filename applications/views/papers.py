"""The papers that come with a step: kept, put in the place of others, or taken out."""

import datetime as dt
from collections.abc import Callable

from django.shortcuts import get_object_or_404

from applications.forms.certificates import PREFIX, REPLACE
from applications.models import Application, Document
from applications.selectors.proofs import proof_for
from applications.services import documents
from applications.steps import Step
from eligibility.engine import Terms
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared.typed import row_key


def hand_in_files(
    request: PortalRequest,
    here: Step,
    application: Application,
    terms: Terms,
    now: dt.datetime,
    *,
    take_out: Callable[[Document], None],
) -> dict[str, list[str]]:
    """Keep the files that came with the step; the sentences about those that could not be used, by field.

    A file in the place of a paper that is there already: once it is kept, `take_out` takes the other.
    """
    refused: dict[str, list[str]] = {}
    if here is not Step.HOUSEHOLD:
        return refused
    for name in request.FILES:
        field, _, replaced = name.partition(REPLACE)
        proof = proof_for(application, terms, field.removeprefix(PREFIX), None, on=now.date())
        if proof is None:
            continue
        other = paper_named(application, replaced) if replaced else None
        files = request.FILES.getlist(name)
        sentences = documents.hand_in_all(application, proof, files, by=request.user, at=now)
        if sentences:
            refused[field] = refused.get(field, []) + sentences
        elif other:
            take_out(other)
    return refused


def paper_named(application: Application, wanted: str) -> Document:
    """The paper that `remove` or the box for another file names.

    Raises:
        Http404: it is none of this application's.
    """
    rows = Document.objects.select_related("application")
    return get_object_or_404(rows, pk=row_key(wanted), application=application)
