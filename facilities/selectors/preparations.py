"""The visit before the visits: what is planned and agreed for a wish, and whether the visits may be arranged yet."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from applications.public import Entitlement, Standing
from eligibility import engine
from eligibility.engine.wording import clock, weekday_day
from facilities.models import Preparation, Wish


@dataclass(frozen=True, slots=True)
class PreparationCard:
    """`when`: 3月9日(月) 10:00; `who`: who comes; `plan`: what it is for, in the programme's own sentence."""

    preparation: Preparation
    when: str
    who: str
    plan: str

    @property
    def planned(self) -> bool:
        return bool(self.preparation.status == Preparation.Status.PLANNED)

    @property
    def done(self) -> bool:
        return bool(self.preparation.status == Preparation.Status.DONE)

    @property
    def tone(self) -> str:
        return {Preparation.Status.PLANNED: "key", Preparation.Status.DONE: "ok"}.get(self.preparation.status, "")


def preparation_card(preparation: Preparation, service: engine.Service) -> PreparationCard:
    """`preparation` came with its facility."""
    return PreparationCard(
        preparation=preparation,
        when=f"{weekday_day(preparation.day)} {clock(preparation.arrival)}",
        who=preparation.facility.name,
        plan=service.preparatory_visit.text if service.preparatory_visit else "",
    )


def preparations_of(wish: Wish, service: engine.Service) -> tuple[PreparationCard, ...]:
    """All of a wish, by their days; those that were given up among them."""
    rows = Preparation.objects.filter(wish=wish).select_related("facility")
    return tuple(preparation_card(row, service) for row in rows)


def is_prepared(entitlement: Entitlement, service: engine.Service) -> bool:
    """Whether nothing is to be settled at home before the first visit, or that was done."""
    if service.preparatory_visit is None:
        return True
    done = Preparation.objects.filter(entitlement=entitlement, service=service.code, status=Preparation.Status.DONE)
    return done.exists()


def unprepared(standing: Standing, code: str) -> tuple[engine.Finding, ...]:
    """What speaks against a visit as long as nobody has come before to settle days and hours."""
    service = standing.terms.service(code)
    if service.preparatory_visit is None or is_prepared(standing.entitlement, service):
        return ()
    fact = _("事前訪問がまだすんでいません。先に事前訪問の日を決め、すんだことを記録してください。")
    return (
        engine.Finding("preparation", engine.Verdict.UNMET, _("事前訪問がすんでいる"), fact, service.preparatory_visit),
    )
