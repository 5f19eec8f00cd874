"""The page of one case: on the left the facts, on the right the work, first the call and then the decision."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from applications.letting_go import erased_on
from applications.public import (
    RECTIFIABLE,
    AgeForm,
    AnswerForm,
    Application,
    ApproveForm,
    Birth,
    Case,
    CentreLossForm,
    Line,
    RefuseCertificateForm,
    RefuseForm,
    ReturnForm,
    check_card,
    coupon_card,
    may_correct_age,
    may_take_back,
    notes_card,
    proxy_of,
    reached_now,
    read_case,
    read_thread,
    rectified,
    same_hands,
    standing_loss,
    to_check,
    told_notices,
)
from eligibility.engine import Verdict, pregnancy_age
from facilities.public import told_unwell, wish_desk
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.pages.moved_back import cancelled_for_a_move, moved_back
from postpartum_portal.shared import clock

from .call_card import call_card, heard_card
from .decision_card import decision_card
from .handovers import read_handovers
from .moments import moments
from .narrowed import way
from .next_steps import next_steps
from .paper_card import paper_context
from .rows import tag
from .use_card import UseCard, entitlement_for, use_card

KNOWN = {"name", "phone"}  # they stand in the page's head
LONGEST_PREGNANCY = 42  # weeks; beyond them the birth has not been told
MARKS = {Verdict.UNMET: "✗", Verdict.ASK: "?", Verdict.MET: "✓"}


@access.centre
@require_safe
def case(request: PortalRequest, number: str) -> HttpResponse:
    now = clock.now()
    found = read_case(number, by=request.user, at=now)
    if found is None:
        return _erased(request, number)
    granted, today = entitlement_for(found.birth), now.date()
    context = {
        **_facts(found, today),
        "arranging": wish_desk(granted) if granted else None,
        **_work(request, found, use_card(granted) if granted else None, today),
        "way": way(request, number, now=now),
    }
    return render(request, "centre/case.html", context)


def _erased(request: PortalRequest, number: str) -> HttpResponse:
    """Lists of figures and the register still lead here after its time is over."""
    day = erased_on(number)
    if day is None:
        raise Http404
    return render(request, "centre/erased.html", {"number": number, "day": day})


def _facts(case: Case, today: dt.date) -> dict[str, Any]:
    """The left column, and the head."""
    terms, lost = case.terms, case.birth.outcome == Birth.Outcome.LOST
    received = clock.day_of(case.submitted_at)
    tone, word = tag(case.application, case.state)
    edits = rectified(case.application, terms)
    decided = () if case.is_open else edits[::-1]  # it keeps her words; the latest edit comes first, and holds
    after = {change.label: change.after for edit in decided for change in edit.changes}
    return {
        "case": case,
        "told": standing_loss(case.birth) if lost else None,
        "proxy": proxy_of(case.application),
        "unwell": told_unwell(case.birth, now=clock.now()),
        "tone": tone,
        "state_word": word,
        "age": _age(case.household.birth_date, today),
        "weeks": _weeks(case, today),
        "waited": (today - received).days,
        "marks": _marks(case),
        "contents": _lines(case, after, lambda line: line.field not in KNOWN and not line.judged),
        "answers": _lines(case, after, lambda line: line.judged),
        "tiles": [(document, page) for document in case.documents for page in document.pages],
        "missing": range(case.proof.missing) if case.proof else (),
        "rectified": edits,
        "standing_class": terms.classes[0].label,
    }


def _work(request: PortalRequest, case: Case, use: UseCard | None, today: dt.date) -> dict[str, Any]:
    """The right column: forms for those who may use them, a sentence for those who may not."""
    membership, own = request.membership, case.application.citizen_id == request.user.pk
    may_change = membership.may_change and not own
    may_work = may_change and case.is_open
    may_settle = may_change and membership.may_decide and case.application.status == Application.Status.APPROVED
    lost = case.birth.outcome == Birth.Outcome.LOST
    reached = case.household.citizen_id is not None  # not by an application on paper
    thread = read_thread(case.household, by=request.user, at=clock.now()) if reached else None
    changes = told_notices(case.household, case.terms)
    notices = [told.notice for told in changes]
    checks = to_check(case.application)
    handovers = read_handovers(case.birth, by=request.user, at=clock.now())
    waiting: dict[str, Any] = {"thread": thread, "changes": changes, "to_check": checks, "handovers": handovers}
    return {
        **paper_context(case, may_change=may_change, on=today),
        **waiting,
        "answer_form": AnswerForm(thread=thread) if thread and may_change else None,
        "next_steps": next_steps(case, **waiting, may_decide=membership.may_decide) if may_change else (),
        "use": use,
        "moments": moments(case, thread=thread, changes=changes, cards=use.cards if use else ()),
        "refusal_form": RefuseCertificateForm() if may_change else None,
        "freed": cancelled_for_a_move(case.birth, notices, now=clock.now()) if moved_back(notices) else (),
        "may_see_changes": may_change,
        "age_form": AgeForm(settled=case.birth.corrected_age)
        if may_settle and may_correct_age(case.birth, case.terms)
        else None,
        "may_work": may_work,
        "may_rectify": may_change and case.application.status in RECTIFIABLE,
        **notes_card(case, may_write=may_change),
        **check_card(case, may_write=may_change, on=today),
        **coupon_card(case, may_write=may_change, on=today),
        "own": own,
        **decision_card(request, case),
        **heard_card(case),
        "loss_form": CentreLossForm(today=today) if may_change and not lost else None,
        "may_take_back_loss": may_change and lost and may_take_back(case.birth),
        **(call_card(case, thread) if may_work else {}),
        "return_form": ReturnForm(case=case) if may_work and not case.asked else None,
        **_deciding(request, case, may_work=may_work),
    }


def _deciding(request: PortalRequest, case: Case, *, may_work: bool) -> dict[str, Any]:
    """The decision's forms for who may decide and did not do the hearing."""
    waits = case.state == "decide"
    asked = may_work and waits and request.membership.may_decide
    same = asked and same_hands(case.application, request.user)
    decides = asked and not same
    return {
        "waits_for_decision": waits,
        "same_hands": same,
        "approve_form": ApproveForm(case=case) if decides else None,
        "refuse_form": RefuseForm(case=case) if decides else None,
    }


def _lines(case: Case, after: Mapping[str, str], wanted: Callable[[Line], bool]) -> list[dict[str, str]]:
    """What she told, line by line, of the fields that are wanted; how she is reached, as it is now.

    `after`: what holds since her words were put right, by the label of its line.
    """
    now = reached_now(case.household, case.terms)
    lines = [line for section in case.sections for line in section.lines if wanted(line)]
    put_right = {
        line.label: f"訂正前 {line.value} → 訂正後 {after[line.label]}" for line in lines if line.label in after
    }
    return [
        {"term": line.label, "value": now.get(line.field) or put_right.get(line.label) or line.value} for line in lines
    ]


def _marks(case: Case) -> str:
    """`✗1 ?1 ✓3`: how many findings of each kind."""
    verdicts = [finding.verdict for finding in case.findings]
    return " ".join(f"{mark}{verdicts.count(verdict)}" for verdict, mark in MARKS.items() if verdict in verdicts)


def _age(born: dt.date, on: dt.date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _weeks(case: Case, on: dt.date) -> str:
    """`32週4日` as long as the child is awaited; after a loss nothing counts on."""
    if case.birth.outcome != Birth.Outcome.EXPECTED or case.birth.due_date is None:
        return ""
    weeks, days = pregnancy_age(case.birth.due_date, on)
    return f"{weeks}週{days}日" if weeks <= LONGEST_PREGNANCY else "生まれた日の届けがありません"
