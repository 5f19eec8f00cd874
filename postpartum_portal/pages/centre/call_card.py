"""The call's card on the case page: attempts, times to call again, the questions, and what two wrote differently."""

from typing import Any

from applications.public import (
    AnswerForm,
    CallForm,
    Case,
    HearingForm,
    Thread,
    answers_of,
    attempts_of,
    call_times,
    call_times_of,
    differing,
    heard_lines,
    script_of,
    urgent,
)
from postpartum_portal.shared import clock

AFTER_VAIN_CALLS = (
    "産後ケアの申請のことでお電話しましたが、つながりませんでした。"
    "お話しできる日と時間を、このメッセージに返信で教えてください。お急ぎのときは、センターにお電話ください。"
)


class CallMessage(AnswerForm):
    """A message ready to be sent as it stands: every box of it is hidden."""

    def __init__(self, *args: Any, thread: Thread, **kwargs: Any) -> None:
        super().__init__(*args, thread=thread, **kwargs)
        self.initial["text"] = self.words = AFTER_VAIN_CALLS
        self.fields["text"].widget = self.fields["seen"].widget.__class__()


def heard_card(case: Case) -> dict[str, Any]:
    """What was said on the phone, for whoever decides or looks at it later."""
    script = script_of(case.application, case.terms)
    told = answers_of(case.application, case.hearing, case.terms) if case.hearing else {}
    return {"heard": heard_lines(script, told), "urgent": urgent(script, told)}


def call_card(case: Case, thread: Thread | None) -> dict[str, Any]:
    """For those who may work on the case."""
    now, attempts = clock.now(), attempts_of(case.calls)
    hearing_form = HearingForm(application=case.application, terms=case.terms, hearing=case.hearing)
    offered = call_times_of(case.application, case.terms.office_days, now=now)
    return {
        "attempts": attempts,
        "call_times": call_times(case.application),
        "call_form": CallForm(on=clock.day_of(now), offered=offered, initial={"known": attempts.number}),
        "call_message": CallMessage(thread=thread) if thread and attempts.should_write else None,
        "hearing_form": hearing_form,
        "differing": differing(case.hearing, hearing_form.script),
    }
