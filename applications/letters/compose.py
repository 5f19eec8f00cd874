"""From a decision to what its letter says. Everything printed is fixed here, once."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from applications.models import Application, Birth, Household
from applications.selectors.births import dates_of
from applications.selectors.handbook import holds_paper_coupons
from applications.selectors.handed_in import handed_in
from applications.selectors.offices import own_office
from eligibility import engine
from eligibility.engine.wording import pool_units
from eligibility.public import Municipality, entered_amounts
from postpartum_portal.shared import clock, wareki

from .bereaved import without_children
from .content import Fact, Grant, LetterContent, Recipient, Sender, paragraphs
from .seal import seal_data_uri

NAMED = "\0"
"""Stands for a service's name while sentences are compared; no text holds it."""

CHILDREN, PERIOD = "お子さま", "利用できる期間"
IF_ON_TIME = "予定日に生まれた場合は、"
"""Before a last day that is reckoned from the due date."""

ALREADY_HANDED = "(母子健康手帳と一緒にお渡ししたものを含みます)"
"""How many there are does not grow by a letter that follows coupons on paper."""

TOGETHER = "あわせて"
"""How a limit says that other services draw on it, which is not so where one alone is granted."""


def approval(
    application: Application,
    *,
    number: str,
    on: dt.date,
    services: Iterable[str],
    limits: Mapping[str, int],
    class_code: str,
    corrected_age: bool | None = None,
) -> LetterContent:
    """利用承認決定通知書: what may be used, how often, until when, at what price.

    Where a price is not published, what the municipality has entered for itself by `on` stands in its place.
    """
    given = handed_in(application)
    terms, known = given.terms, dates_of(given.birth)
    if corrected_age is not None:
        known = replace(known, corrected_age=corrected_age)
    granted = [service for service in terms.services if service.code in set(services)]
    place = engine.Place(entered=entered_amounts(application.municipality))
    return LetterContent(
        **frame(application, terms.letters.approval, terms, number=number, on=on),
        facts=(
            *person_and_children(given.birth),
            *_coupons(
                limits, terms, on_paper=holds_paper_coupons(application) and known.family is not engine.Family.BEREAVED
            ),
            Fact(PERIOD, period(known, granted, terms)),
            *_class(class_code, terms),
        ),
        grants=tuple(_grants(granted, terms, limits, class_code, known, place=place, on=on)),
        instructions=_instructions(granted, terms, lost=known.family is engine.Family.BEREAVED),
    )


def refusal(application: Application, *, number: str, on: dt.date, wished: Iterable[str], reason: str) -> LetterContent:
    """利用不承認決定通知書: the facts and the rule as the decider wrote them."""
    given = handed_in(application)
    terms = given.terms
    labels = tuple(service.label for service in terms.services if service.code in set(wished))
    asked_for = (Fact("申請のあった種類", labels),) if labels else ()
    return LetterContent(
        **frame(application, terms.letters.refusal, terms, number=number, on=on),
        facts=(*person_and_children(given.birth)[:1], *asked_for),
        reasons=paragraphs(reason),
    )


def frame(
    application: Application, kind: engine.DecisionLetter, terms: engine.Terms, *, number: str, on: dt.date, **said: str
) -> dict[str, Any]:
    """What every decision letter has: number, date, both parties, title, opening, appeal, contact.

    `said` fills in what only this kind of opening holds.
    """
    given, municipality = handed_in(application), application.municipality
    household, applied_on = given.household, clock.day_of(given.at)
    return {
        "number": number,
        "issued_on": on,
        "recipient": recipient(household),
        "sender": sender(municipality, terms.letters),
        "title": kind.title,
        "opening": kind.opening.format(
            applied_on=wareki.no_weekday(applied_on), basis=basis(municipality, terms.letters), **said
        ),
        "contact": (*contact(municipality, terms.offices[0]), *_local(own_office(household, terms))),
        "appeal": terms.letters.appeal.paragraphs,
    }


def recipient(household: Household) -> Recipient:
    """Where a letter to her goes by today's record."""
    return Recipient(household.name, household.postcode, (household.address,), kept_back=household.protected)


def sender(municipality: Municipality, texts: engine.LetterTexts) -> Sender:
    omitted = municipality.seal == Municipality.Seal.OMITTED
    return Sender(
        title=texts.sender.title,
        name=municipality.mayor_name,
        seal_text=texts.sender.seal_omitted_text if omitted else "",
        seal_image="" if omitted else seal_data_uri(bytes(municipality.seal_image or b"")),
    )


def basis(municipality: Municipality, texts: engine.LetterTexts) -> str:
    return f"{municipality.legal_basis}の規定" if municipality.legal_basis else texts.basis_text()


def contact(municipality: Municipality, office: engine.Office) -> tuple[str, ...]:
    numbers = [f"電話 {office.phone}"] + ([f"FAX {office.fax}"] if office.fax else [])
    postcode = f"〒{office.postcode} " if office.postcode else ""
    name = f"{municipality.name} {office.name} {office.section}".rstrip()
    return tuple(line for line in (name, f"{postcode}{office.address}", " ".join(numbers)) if line)


def _local(office: engine.Office | None) -> Iterable[str]:
    """Her own office beside the one that decides, where the programme has one for each area."""
    if office:
        yield f"お住まいの地域の窓口 {office.name} {office.section} 電話 {office.phone}"


def person_and_children(birth: Birth) -> tuple[Fact, ...]:
    """After a loss no row speaks of a child."""
    household: Household = birth.household
    person = Fact("利用する方", (f"{household.name}({wareki.no_weekday(household.birth_date)}生まれ)",))
    if birth.outcome == Birth.Outcome.LOST:
        return (person,)
    born = f"{wareki.no_weekday(birth.born_on)}生まれ" if birth.born_on else ""
    due = f"出産予定日 {wareki.no_weekday(birth.due_date)}" if birth.due_date else ""
    return (person, Fact(CHILDREN, (f"{birth.children}人({born or due})",)))


def _coupons(limits: Mapping[str, int], terms: engine.Terms, *, on_paper: bool) -> Iterable[Fact]:
    """How many coupons she has, where they are what she uses: one for each unit of the pools that no other holds.

    `on_paper`: they were handed to her with the 母子健康手帳, so the letter adds none to them.
    """
    if terms.coupons is None or terms.coupons.each is not engine.EachCoupon.UNIT:
        return
    pools = [pool for pool in terms.pools if pool.code in limits]
    outer = [pool for pool in pools if not any(set(pool.services) < set(other.services) for other in pools)]
    number = f"{sum(limits[pool.code] for pool in outer)}枚"
    yield Fact(f"{terms.coupons.label}の枚数", (number, ALREADY_HANDED) if on_paper else (number,))


def _class(code: str, terms: engine.Terms) -> Iterable[Fact]:
    """Nothing where the programme knows one class only."""
    if len(terms.classes) > 1:
        yield Fact("利用者負担の区分", (engine.class_label(code, terms),))


def period(facts: engine.Facts, granted: list[engine.Service], terms: engine.Terms) -> tuple[str, ...]:
    """The rule, then the last day; a line for each last day where the services differ."""
    lost = facts.family is engine.Family.BEREAVED
    labels: dict[tuple[dt.date, str], list[str]] = {}
    for service in granted:
        period = engine.use_period(service.code, facts, terms)
        corrected = "修正月齢で、" if period.source == service.age_limit.correction else ""
        if period.last:
            labels.setdefault((period.last, corrected), []).append(service.label)
    before = "" if facts.birth_date else IF_ON_TIME
    lines = [
        f"{'、'.join(names)} " * (len(labels) > 1) + f"({before}{corrected}{wareki.no_weekday(last)}まで)"
        for (last, corrected), names in labels.items()
    ]
    asked = [
        f"{service.label}は、{service.ask_beyond.limit.title}のとき、{service.ask_beyond.answer}。"
        for service in granted
        if service.ask_beyond and not lost
    ]
    rule = without_children([terms.letters.period]) if lost else [terms.letters.period]
    return (*rule, *lines, *asked)


def _grants(
    granted: list[engine.Service],
    terms: engine.Terms,
    limits: Mapping[str, int],
    class_code: str,
    facts: engine.Facts,
    *,
    place: engine.Place,
    on: dt.date,
) -> Iterable[Grant]:
    """A row for each service, and after the last of several that are counted together, a row with their sum."""
    children = facts.counted_children
    codes = [service.code for service in granted]
    shared = [pool for pool in terms.pools if len(set(pool.services) & set(codes)) > 1 and pool.code in limits]
    for service in granted:
        row = engine.price_row(service, terms, children=children, place=place, on=on)
        own = engine.limit_text(service.code, terms, children=children, limits=limits)
        if not any(service.code in pool.services for pool in shared):
            own = own.replace(TOGETHER, "")
        units = own + (f"({row.duration_text})" if own and row.duration_text else row.duration_text)
        yield Grant(service.label, units, row.price_for(class_code).text)
        for pool in shared:
            if service.code == [code for code in codes if code in pool.services][-1]:
                yield Grant(pool.label, pool_units(limits[pool.code], pool) + "まで")


def _instructions(granted: list[engine.Service], terms: engine.Terms, *, lost: bool) -> tuple[str, ...]:
    """How to use, then what each granted service says about cancelling; after a loss without a word of children.

    Services whose sentences differ only by their names share one: 宿泊型・日帰り型を前日の午後4時以降に…
    """
    sentences: dict[str, list[str]] = {}
    for service in granted:
        sentences.setdefault(service.cancellation.letter.replace(service.label, NAMED), []).append(service.label)
    cancelling = (sentence.replace(NAMED, "・".join(labels)) for sentence, labels in sentences.items())
    said = (*terms.letters.how_to_use, *cancelling)
    return without_children(said) if lost else said
