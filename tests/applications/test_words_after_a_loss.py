"""After a loss no page and no letter speaks of a child, in each programme that is open to such a family."""

import datetime as dt
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from applications.forms.decide import RefuseForm
from applications.forms.hearing import HearingForm
from applications.letters import compose
from applications.letters.bereaved import without_children
from applications.letters.reasons import draft_reason
from applications.models import Application, Birth
from applications.selectors.case import case_of
from applications.steps import steps_of
from eligibility import engine
from eligibility.public import Municipality, programme_on
from postpartum_portal.shared import clock
from tests.cases import handed_in
from tests.factories import BirthFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants", "media")]

OPEN_TO_HER = {"zushi": ("home_visit",), "okayama": ("short_stay", "day_service", "home_visit")}
LOST = {"outcome": "lost", "born_on": None, "due_date": dt.date(2026, 7, 1), "ended_on": dt.date(2026, 2, 1)}
OF_CHILDREN = re.compile(
    "赤ちゃん|ベビー|お子さ|子ども|こども|子供|わが子|親子|母子|児|子育て|きょうだい|双子|三つ子|多胎|"
    "生まれ|うまれ|産まれ|誕生|出生|出産|予定日|妊娠|おなか|生後|月齢|授乳|母乳|ミルク|沐浴|離乳|おむつ|発育|予防接種"
)
"""産後 and 産後ケア are not among them: they name the programme and her own body. 流産・死産 neither."""


@pytest.fixture(params=OPEN_TO_HER)
def town(request: Any) -> Municipality:
    found: Municipality = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def bereaved(town: Municipality) -> Birth:
    return BirthFactory(municipality=town, **LOST)


def about_children(town: Municipality, *texts: str) -> list[str]:
    """The lines that speak of a child; names of offices, people's own birthdays and the programme's name do not."""
    office = [part for item in terms_of(town).offices for part in (*item.name.split(), *item.section.split())]
    names = re.compile("|".join([re.escape(name) for name in office] + [r"平成\d+年\d+月\d+日生まれ"]))
    lines = [line.strip() for text in texts for line in text.splitlines()]
    return [line for line in lines if OF_CHILDREN.search(names.sub("", line))]


def terms_of(town: Municipality) -> engine.Terms:
    return programme_on(town, clock.today()).terms


def test_rules_sentence__about_milk_or_an_age_is_left_out() -> None:
    told = ("積極的に母乳分泌を促すマッサージはできません。", "受け入れる月齢が異なります。", "外出はできません。")
    assert without_children(told) == told[2:]


def page(answer: Any) -> str:
    """What a page says of its own, titles of boxes and buttons too; head and foot are those of every page."""
    text = answer.content.decode()
    assert answer.status_code == 200, text
    main = re.search(r"<main.*?</main>", text, re.DOTALL)
    title = re.search(r"<title>.*?</title>", text, re.DOTALL)
    assert main
    assert title
    said = re.sub(r'<[^>]*?(?:aria-label|title|alt|placeholder)="([^"]*)"[^>]*>', r"\n\1\n", title[0] + main[0])
    return unescape(re.sub(r"<[^>]+>", "\n", said))


class Mother:
    """Her browser."""

    def __init__(self, birth: Birth) -> None:
        self.town, self.browser = birth.municipality, Client()
        assert birth.citizen is not None
        self.browser.force_login(birth.citizen)

    def address(self, name: str, **where: Any) -> str:
        return reverse(name, kwargs={"slug": self.town.slug, **where})

    def reads(self, name: str, **where: Any) -> str:
        return page(self.browser.get(self.address(name, **where)))


def answers(birth: Birth) -> dict[str, dict[str, Any]]:
    """What she sends with each step."""
    terms = terms_of(birth.municipality)
    told = {item.code: "yes" if rule.expects else "no" for rule in terms.requirements for item in rule.circumstances}
    person = {"name": "見本 花子", "kana": "みほん はなこ", "postcode": "249-8686", "address": "見本町1-1"}
    born = {"birth_date_year": "H6", "birth_date_month": "8", "birth_date_day": "1", "phone": "0468731111"}
    return {
        "person": {**person, **born, **told},
        "birth": {"stage": f"earlier-{birth.pk}"},
        "condition": told,
        "household": {"household_class": "general", "members": "1"},
        "wishes": {"services": ["home_visit"]},
        "consent": {f"consent_{item.code}": "on" for item in terms.consents},
    }


def test_check__speaks_of_no_child_once_she_has_said_it(bereaved: Birth) -> None:
    mother, town = Mother(bereaved), bereaved.municipality
    where = mother.address("eligibility:check")
    asked = page(mother.browser.post(where, {"family": "bereaved"}))
    day = {"lost_year": "2026", "lost_month": "2", "lost_day": "1"}
    answered = page(mother.browser.post(where, {"family": "bereaved", "household_class": "general", **day}))
    assert "使えるものがあります" in answered or "使えます" in answered
    assert about_children(town, asked, answered) == []


def test_application__speaks_of_no_child_on_any_step(bereaved: Birth) -> None:
    mother, town = Mother(bereaved), bereaved.municipality
    found = {}
    for step in steps_of(terms_of(town)):
        found[f"{step} empty"] = about_children(town, mother.reads("applications:step", step=step.value))
        where = mother.address("applications:step", step=step.value)
        found[f"{step} wrong"] = about_children(town, page(mother.browser.post(where, {"go": "next"})))
        sent = mother.browser.post(where, {**answers(bereaved)[step.value], "go": "next"})
        assert sent.status_code == 302, sent.context["form"].errors
        found[f"{step} filled"] = about_children(town, mother.reads("applications:step", step=step.value))
    found["review"] = about_children(town, mother.reads("applications:review"))
    assert not any(found.values()), {name: lines for name, lines in found.items() if lines}


def test_application__goes_on_to_her_own_page(bereaved: Birth) -> None:
    mother, town = Mother(bereaved), bereaved.municipality
    for step, sent in answers(bereaved).items():
        if step in steps_of(terms_of(town)):
            mother.browser.post(mother.address("applications:step", step=step), {**sent, "go": "next"})
    done = mother.browser.post(mother.address("applications:review"), {"application": latest(bereaved)}, follow=True)

    assert about_children(town, page(done), mother.reads("pages:my_page")) == []


def latest(birth: Birth) -> int:
    return Application.objects.get(citizen_id=birth.citizen_id).pk


def test_another_application__is_asked_about_only_when_she_wants_it(bereaved: Birth) -> None:
    mother = Mother(bereaved)
    where = mother.address("applications:step", step="birth")
    said = page(mother.browser.post(where, {"stage": "another", "go": "next"}))
    assert "これから出産するか、もう生まれたかを選んでください。" in said
    assert "人数を選んでください" not in said
    assert "受け取ったかどうかを選んでください" not in said
    sent = {"stage": "expected", "due_date_year": "2026", "due_date_month": "10", "due_date_day": "30", "children": "1"}
    assert mother.browser.post(where, {**sent, "handbook": "awaited", "go": "next"}).status_code == 302
    assert "妊娠・出産" in mother.reads("applications:step", step="condition")


def lost_case(town: Municipality, **told: bool) -> Any:
    lost: dict[str, Any] = {f"birth__{name}": value for name, value in LOST.items()} | {"circumstances": told}
    services = [service.code for service in terms_of(town).services]
    case = handed_in(town, services=services, birth__expected=False, birth__children=2, household__name="見本", **lost)
    case.answers["condition"]["clean"]["trouble"] = ""  # her own words are hers
    case.save()
    return case


def test_status__of_what_she_had_handed_in_before_speaks_of_no_child(town: Municipality) -> None:
    application = lost_case(town)
    mother = Mother(application.birth)
    said = [mother.reads("applications:done", number=application.number), mother.reads("pages:my_page")]
    assert about_children(town, *said) == []


def test_hearing__asks_about_no_child(town: Municipality) -> None:
    case = case_of(lost_case(town).number, on=clock.today())
    assert case
    form = HearingForm(application=case.application, terms=case.terms, hearing=None)
    said = [str(text) for field in form.fields.values() for text in (field.label, field.help_text)]
    said += [f"{line.label} {line.value}" for section in case.sections for line in section.lines]
    said += [section.title for section in case.sections]
    assert about_children(town, *said) == []


@pytest.mark.parametrize("told", [True, False, None])
def test_findings__speak_of_no_child_whatever_she_told(town: Municipality, told: bool | None) -> None:
    terms = terms_of(town)
    said = {} if told is None else {item.code: told for item in terms.circumstances}
    facts = engine.Facts(birth_date=dt.date(2026, 2, 1), family=engine.Family.BEREAVED, told=said, children=2)
    assessment = engine.assess(facts, terms, on=clock.today())
    found = [text for item in assessment.findings for text in (item.title, item.fact)]
    for outlook in assessment.services:
        if outlook.service.code in OPEN_TO_HER[town.slug]:
            service = outlook.service
            found += [service.label, service.summary, *service.care, *service.notes, outlook.price.text]
            found += [service.cancellation.text, service.cancellation.letter, outlook.row.limit_text]
    assert about_children(town, *found) == []


def test_draft_of_a_refusal__names_the_rule_and_does_not_quote_it(town: Municipality) -> None:
    case = case_of(lost_case(town, resident=False).number, on=clock.today())
    assert case
    reason = RefuseForm(case=case).initial["reason"]
    assert "に当たらないため、承認できません。" in reason
    assert about_children(town, reason) == []


def test_letters__speak_of_no_child(town: Municipality) -> None:
    application = lost_case(town)
    terms, on = terms_of(town), clock.today()
    limits = {pool.code: pool.limit for pool in terms.pools}
    granted = compose.approval(
        application, number="第1号", on=on, services=OPEN_TO_HER[town.slug], limits=limits, class_code="general"
    )
    against = {item.code: not rule.expects for rule in terms.requirements for item in rule.circumstances}
    known = engine.Facts(birth_date=dt.date(2024, 2, 1), family=engine.Family.BEREAVED, told=against)
    reason = draft_reason(engine.assess(known, terms, on=on), after_loss=True)
    assert len(reason.splitlines()) >= len(terms.requirements)
    refused = compose.refusal(application, number="第2号", on=on, wished=[], reason=reason)
    for letter in (granted, refused):
        assert about_children(town, *texts_of(letter.as_snapshot())) == []
    (period,) = [fact.lines for fact in granted.facts if fact.label == "利用できる期間"]
    assert period[0] == "1年になる日の前日まで"


def texts_of(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts_of(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts_of(inner)
