"""What may become of an approval: changed or ended by a decider, or how it was ended."""

from typing import Any

from applications.public import Application, Case, may_redecide, revocation_of
from postpartum_portal.accounts.access import PortalRequest


def decision_card(request: PortalRequest, case: Case) -> dict[str, Any]:
    """For `centre/_decision_card.html`. The links are for those who may decide; the pages look again."""
    membership, approved = request.membership, case.application.status == Application.Status.APPROVED
    decides = membership.may_change and membership.may_decide
    return {
        "may_redecide": decides and approved and may_redecide(case.application, request.user),
        "revocation": revocation_of(case.application)
        if case.application.status == Application.Status.REVOKED
        else None,
    }
