"""A mother whose application was handed in, and a nurse who returns it."""

from typing import Any

import pytest

from applications.models import Application, Correction
from applications.selectors.corrections import corrections_of
from applications.selectors.handed_in import handed_in
from applications.services.returning import return_for_correction
from applications.steps import Step
from postpartum_portal.shared import clock
from tests.applications.apply.conftest import Applicant
from tests.applications.apply.posts import COMPLETE

MESSAGE = "通知書を送るので、住民票の住所を書いてください。"


class Corrector(Applicant):
    """Presses the buttons of a correction."""

    number = "R7-0001"

    def correct_url(self, step: Step | None = None) -> str:
        return self.url("correct", number=self.number) + (f"{step.value}/" if step else "")

    def page(self, step: Step | None = None) -> str:
        answer = self.client.get(self.correct_url(step))
        assert answer.status_code == 200, answer
        return str(answer.content.decode())

    def corrects(self, step: Step, *, go: str = "next", **changes: Any) -> Any:
        sent = {name: value for name, value in {**COMPLETE[step], **changes}.items() if value is not None}
        return self.client.post(self.correct_url(step), {**sent, "go": go})

    def hands_in_again(self) -> Any:
        return self.client.post(self.url("correct_review", number=self.number), follow=True)

    @property
    def correction(self) -> Correction:
        return Correction.objects.get(application=self.application)


@pytest.fixture
def corrector(mother: Any, media: Any) -> Corrector:
    """Her application is handed in."""
    found = Corrector(mother, "kodaira")
    found.fill_in()
    found.submit()
    return found


def returned(application: Application, by: Any, **marks: list[str]) -> Correction:
    marked = marks or {"person": ["postcode"]}
    return return_for_correction(application, marks=marked, message=MESSAGE, by=by, at=clock.now())


def changes(corrector: Corrector) -> list[tuple[str, str, str]]:
    """What the centre is told that she changed."""
    application = corrector.application
    (told,) = corrections_of(application, handed_in(application).terms)
    return [(change.label, change.before, change.after) for change in told.changes]
