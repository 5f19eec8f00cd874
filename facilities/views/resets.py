"""A lost second factor of somebody at a facility, on its pages and a centre's: what waits, and what is refused."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from eligibility.public import Municipality
from facilities.access import FacilityRequest
from facilities.models import StaffReset
from facilities.services import staff_resetting
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.accounts.models import User
from postpartum_portal.accounts.services.resetting import AskedAlready, ResetOver, WorksElsewhere
from postpartum_portal.shared import clock
from postpartum_portal.shared.deeds import do_and_tell

REFUSED: Mapping[type[Exception], str] = {
    PermissionDenied: "頼んだ人とは別の管理者か、契約している市町村の決定者が確かめます。",
    staff_resetting.WorksAtCentre: "この方は、市町村のセンターでも働いています。"
    "登録を消せるのは、そのセンターの職員2人だけです。",
    WorksElsewhere: "この方は、ほかの施設でも働いています。そのすべての施設の管理者か、"
    "そのすべてと契約している市町村の決定者が確かめます。",
    AskedAlready: "もう頼んであります。もう1人の確認を待ってください。",
    ResetOver: "この依頼は、もう済んだか、1日が過ぎています。",
}
"""What the services refuse, in words."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """`refusal`: why the reader cannot confirm it, or ""."""

    reset: StaffReset
    refusal: str


def said_of(
    resets: Iterable[StaffReset], *, by: User, on: dt.date, municipality: Municipality | None = None
) -> list[Waiting]:
    """Each with what its reader may do about it; for `municipality`, or as a colleague."""
    found = []
    for reset in resets:
        reason = staff_resetting.hindrance(reset, by=by, on=on, municipality=municipality)
        found.append(Waiting(reset, REFUSED[reason] if reason else ""))
    return found


def confirm(
    request: FacilityRequest | PortalRequest, asked: StaffReset, municipality: Municipality | None = None
) -> None:
    """The word of the second person, done and said."""
    do_and_tell(
        request,
        lambda: staff_resetting.confirm_reset(asked, by=request.user, at=clock.now(), municipality=municipality),
        f"{asked.user}さんの登録を消しました。次のログインで、新しく登録します。",
        refused=REFUSED,
    )
