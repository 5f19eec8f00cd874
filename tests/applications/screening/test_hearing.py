"""The call by its script: what is kept, and two colleagues who write at once."""

from typing import Any

import pytest

from applications.models import Hearing, HearingEntry
from applications.selectors.facts import facts_under_review
from applications.selectors.handed_in import handed_in as rows_of
from applications.selectors.hearing import differing, script_of
from applications.services.hearing import NothingAside, choose_answer, save_hearing
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event
from tests.cases import handed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]
HARM = {"call_harm": "unsure", "call_helpers": "none", "call_illness": "甲状腺の薬"}


@pytest.fixture
def application(kodaira):
    return handed_in(kodaira)


def saves(application: Any, answers: dict[str, Any], by: Any, **seen: Any) -> Any:
    return save_hearing(application, answers, by=by, at=clock.now(), **seen)


def test_answers_of_the_script__are_kept_and_judged_by_nobody(application, nurse):
    before = facts_under_review(application, on=clock.today())
    saves(application, {**HARM, "weather": "rain"}, nurse)
    assert Hearing.objects.get().told == HARM
    assert facts_under_review(application, on=clock.today()) == before


def test_answers_of_the_script__stand_in_no_event(application, nurse):
    saves(application, HARM, nurse)
    assert Event.objects.get(verb="hearing.saved").data == {"fields": sorted(HARM)}


def test_two_at_once__who_touches_different_questions_lose_nothing(application, nurse, decider):
    """Both opened the page before anybody had written."""
    saves(application, {"note": "夜", "call_helpers": None, "resident": None}, nurse, page="a", stood={})
    saved = saves(application, {"note": "", "call_helpers": "none", "resident": None}, decider, page="b", stood={})
    hearing = Hearing.objects.get()
    assert (hearing.note, hearing.told["call_helpers"]) == ("夜", "none")
    assert [(entry.code, entry.by) for entry in saved.others] == [("note", nurse)]
    saved = saves(application, {"note": "夜", "call_helpers": None}, nurse, page="a", stood={})
    assert (Hearing.objects.get().told["call_helpers"], [entry.by for entry in saved.others]) == ("none", [decider])


def test_two_at_once__at_one_question_keep_both_answers_until_one_is_chosen(application, nurse, decider, kodaira):
    saves(application, {"note": "夜がつらい"}, nurse, page="a", stood={})
    for _ in range(2):  # it saves by itself again and again
        saved = saves(application, {"note": "昼がつらい"}, decider, page="b", stood={})
    hearing = Hearing.objects.get()
    assert (hearing.note, [entry.by for entry in saved.others]) == ("夜がつらい", [nurse])

    from_both = differing(hearing, script_of(application, rows_of(application).terms))
    assert [(item.stands, item.aside, item.entry.by) for item in from_both] == [("夜がつらい", "昼がつらい", decider)]
    entry = HearingEntry.objects.get(set_aside=True)
    choose_answer(application, entry.pk, use=True, by=nurse, at=clock.now())
    assert Hearing.objects.get().note == "昼がつらい"
    assert not HearingEntry.objects.filter(set_aside=True).exists()
    with pytest.raises(NothingAside):
        choose_answer(application, entry.pk, use=False, by=nurse, at=clock.now())


def test_one_page__may_change_and_take_back_what_it_wrote(application, nurse):
    for answer in ("none", "daily", None):
        saves(application, {"call_helpers": answer}, nurse, page="a", stood={})
    assert Hearing.objects.get().told["call_helpers"] is None
    assert HearingEntry.objects.count() == 1


def test_what_agrees__is_set_aside_no_longer(application, nurse, decider):
    saves(application, {"call_helpers": "none"}, nurse, page="a", stood={})
    saves(application, {"call_helpers": "daily"}, decider, page="b", stood={})
    saved = saves(application, {"call_helpers": "none"}, decider, page="b", stood={})
    assert (saved.others, HearingEntry.objects.filter(set_aside=True).count()) == ((), 0)
