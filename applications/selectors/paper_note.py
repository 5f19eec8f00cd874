"""What the case page says of an application that came on paper, and which paper of it is to be scanned next."""

import datetime as dt
from dataclasses import dataclass

from applications.models import Application, Hearing
from eligibility.engine import Terms
from postpartum_portal.accounts.models import User

from .case import Case
from .certificates import wanted_for
from .facts import heard_or_written
from .handbook import heard_on
from .on_paper import HANDBOOK, blank_words, entering_of
from .proofs import Proof


@dataclass(frozen=True, slots=True)
class PaperNote:
    """How an application reached the centre on paper, as its case page says it; `blank` is still to be asked."""

    channel: str
    received_on: dt.date
    entered_by: str
    seen_by: str
    blank: tuple[str, ...]


def paper_note(application: Application, terms: Terms) -> PaperNote | None:
    """None of an application that came another way."""
    event = entering_of(application)
    if event is None:
        return None
    people = dict(User.objects.filter(pk__in=[event.actor_id, event.data["seen_by"]]).values_list("pk", "display_name"))
    return PaperNote(
        channel=application.get_channel_display(),
        received_on=dt.date.fromisoformat(event.data["received_on"]),
        entered_by=people.get(event.actor_id or 0, ""),
        seen_by=people.get(event.data["seen_by"], ""),
        blank=tuple(blank_words(_still_blank(application, event.data["blank"], terms), terms)),
    )


def _still_blank(application: Application, blank: list[str], terms: Terms) -> list[str]:
    """Without what was heard or corrected since."""
    hearing = Hearing.objects.filter(application=application).first()
    known_now = heard_or_written(application, terms, hearing)
    heard_handbook = HANDBOOK not in blank or heard_on(application) is not None
    return [code for code in blank if known_now.get(code) is None and not (code == HANDBOOK and heard_handbook)]


def wanted_paper(case: Case, *, on: dt.date) -> Proof | None:
    """The paper that would be scanned next, of an application that came on paper; None where nothing is missing."""
    if not case.application.on_paper:
        return None
    if case.is_open:
        return case.proof if case.proof and not case.proof.complete else None
    wanted = wanted_for(case.application, on=on)
    return next((want.proof for want in wanted if not want.waits), None)
