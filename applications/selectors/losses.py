"""What was told after a miscarriage or a stillbirth: whom it concerns, what waits for the centre, what still stands."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from applications.models import Application, Birth, Letter, Loss
from applications.steps import Step
from eligibility import engine
from eligibility.engine.families import open_to
from eligibility.public import Municipality
from postpartum_portal.accounts.models import User
from postpartum_portal.shared.models import Event
from postpartum_portal.shared.tenancy import CitizenRow

from .answers import earlier_birth, is_complete
from .joining import rows_about
from .mine import draft_of
from .standing import latest_birth

TOLD = "birth.lost"
READING = ".read"
"""How the verb of every event ends that only says who looked."""
NO_DEEDS = ("message.written", "coupon.issued")
"""She wrote to the centre: to ask is not to act. The code of her coupons is made when she looks at them first."""

OTHERS = "proxy."
"""That somebody wants to write for her is no deed in her case: a stranger must not close this to her."""


@dataclass(frozen=True, slots=True)
class ToldLoss:
    """A line of the centre's list. `application`: her latest one of this birth; None as long as she has sent none."""

    loss: Loss
    application: Application | None

    @property
    def call(self) -> str:
        return "お電話をご希望" if self.loss.wants_call else "電話は不要"


@dataclass(frozen=True, slots=True)
class Remains:
    """What a programme has for her after a loss: services open to her, and those about which the centre is asked."""

    usable: tuple[engine.Service, ...]
    asked: tuple[engine.Service, ...]


def standing_loss(birth: Birth) -> Loss | None:
    """The telling that stands; None where none was told here, or it was taken back."""
    return Loss.objects.filter(birth=birth, taken_back_at=None).first()


def may_take_back(birth: Birth) -> bool:
    """Whether a loss stands that nobody has acted on."""
    loss = standing_loss(birth)
    return loss is not None and not acted_on(loss)


def acted_on(loss: Loss) -> bool:
    """Whether somebody has done anything about her case since, other than look: then only the centre can undo it."""
    if loss.settled_at is not None or _went_out(loss):
        return True
    told = Event.objects.filter(verb=TOLD, subject_kind="birth", subject_id=loss.birth_id).order_by("pk").last()
    deeds = _events_about(loss).filter(actor_id__isnull=False)
    deeds = deeds.exclude(verb__endswith=READING).exclude(verb__in=NO_DEEDS)
    return told is not None and deeds.exclude(verb__startswith=OTHERS).filter(pk__gt=told.pk).exists()


def written_before_loss(row: CitizenRow, at: dt.datetime) -> bool:
    """Of a family after a loss: whether what it wrote in this row at `at` was written before it told so."""
    latest = Loss.beside(row).filter(taken_back_at=None).order_by("told_at").last()
    return latest is None or at < latest.told_at


def told_losses() -> list[ToldLoss]:
    """What the centre has not settled yet, who told first at the top; the scope is the centre's."""
    waiting = Loss.objects.filter(settled_at=None, taken_back_at=None).select_related("birth__household")
    losses = list(waiting)
    sent = Application.objects.filter(birth__in=[loss.birth_id for loss in losses]).order_by("submitted_at", "pk")
    latest = {application.birth_id: application for application in sent if application.number}
    return [ToldLoss(loss, latest.get(loss.birth_id)) for loss in losses]


def concerned(citizen: User, municipality: Municipality) -> Birth | Application | None:
    """What a loss would be told of: a draft of hers that knows the dates of another birth, else her latest birth."""
    draft = draft_of(citizen, municipality)
    if draft and earlier_birth(draft) is None and is_complete(draft, Step.PERSON) and is_complete(draft, Step.BIRTH):
        return draft
    return latest_birth(citizen, municipality)


def remains(terms: engine.Terms, granted: frozenset[str] | None) -> Remains:
    """In words for after a loss; `granted`: the services granted to her, None as long as nothing was decided."""
    said = terms.said_to(engine.Family.BEREAVED)
    services = [item for item in said.services if granted is None or item.code in granted]

    def those(verdict: engine.Verdict) -> tuple[engine.Service, ...]:
        return tuple(item for item in services if open_to(item.families, engine.Family.BEREAVED) is verdict)

    return Remains(those(engine.Verdict.MET), those(engine.Verdict.ASK))


def _events_about(loss: Loss) -> QuerySet[Event]:
    """Of a mother without an account by the rows about her: all such mothers' events name no citizen."""
    events = Event.objects.filter(municipality_id=loss.municipality_id)
    if loss.citizen_id:
        return events.filter(citizen_id=loss.citizen_id)
    about = Q()
    for model, keys in rows_about(loss.birth.household).items():
        about |= Q(subject_kind=model._meta.model_name, subject_id__in=keys)
    return events.filter(about)


def _went_out(loss: Loss) -> bool:
    """Whether a letter that was worded anew has been issued since."""
    reworded = loss.kept.get("letters", {})
    return Letter.objects.filter(pk__in=[int(pk) for pk in reworded]).exclude(status=Letter.Status.QUEUED).exists()
