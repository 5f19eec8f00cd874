"""An application in words: what she answered, line by line, for her review, her status page and the centre."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.models import Application, Birth
from applications.steps import Step, label_of
from eligibility.engine import Certificate, Document, Family, Terms
from postpartum_portal.shared import wareki

from .answers import after_loss, birth_dates, circumstances, clean_in, day, earlier_birth
from .handbook import handbook_words
from .losses import written_before_loss
from .offices import office_label, office_words
from .proofs import documents_of
from .protection import HIDDEN

CALL_TIMES = {
    "morning": gettext_lazy("午前"),
    "noon": gettext_lazy("お昼ごろ"),
    "afternoon": gettext_lazy("午後"),
    "evening": gettext_lazy("夕方"),
}
SAID = {True: gettext_lazy("はい"), False: gettext_lazy("いいえ"), None: gettext_lazy("わからない")}
NONE_TOLD = gettext_lazy("入力していません")


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    value: str
    field: str
    """The first box of this answer, where a link to correct it leads."""
    judged: bool = False
    """A question of the programme, or a consent: the findings say what follows from it."""


@dataclass(frozen=True, slots=True)
class Section:
    step: Step
    title: str
    lines: tuple[Line, ...]


def summary(application: Application, terms: Terms, *, to_her: bool = False) -> tuple[Section, ...]:
    """The complete steps in order; a step that is still open is left out, after a loss all that is about a birth.

    `to_her` a class is named as she chose it, and what she wrote in her own words before a loss is not shown back.
    """
    lost = after_loss(application)
    said = terms.said_to(Family.BEREAVED) if lost else terms
    sections = (
        Section(step, label_of(step, after_loss=lost), lines)
        for step in Step
        if application.answers.get(step, {}).get("clean") is not None
        and (lines := tuple(_LINES[step](application, said)))
    )
    if not to_her:
        return tuple(sections)
    return tuple(
        replace(part, lines=tuple(_to_her(line, application, said, lost=lost) for line in part.lines))
        for part in sections
    )


def without_address(sections: Iterable[Section]) -> tuple[Section, ...]:
    """As the centre reads them where an address is kept back (支援措置)."""
    return tuple(
        replace(
            part, lines=tuple(replace(line, value=HIDDEN) if line.field == "postcode" else line for line in part.lines)
        )
        for part in sections
    )


def _to_her(line: Line, application: Application, terms: Terms, *, lost: bool) -> Line:
    """A class as she chose it, どちらでもない; what she wrote before a loss not word for word."""
    if line.field == "household_class_0":
        code = clean_in(application, Step.HOUSEHOLD)["household_class"]
        return replace(line, value=next((item.choice for item in terms.classes if item.code == code), line.value))
    written = line.field == "trouble" and line.value != str(NONE_TOLD)
    if lost and written and written_before_loss(application, application.created_at):
        return replace(line, value=_("前に書いたとおり"))
    return line


def birth_label(birth: Birth) -> str:
    """`出産予定日が令和8年4月30日の赤ちゃん`: how a known birth is named."""
    if birth.born_on:
        return _("%(day)sに生まれた赤ちゃん") % {"day": wareki.no_weekday(birth.born_on)}
    return (
        _("出産予定日が%(day)sの赤ちゃん") % {"day": wareki.no_weekday(birth.due_date)}
        if birth.due_date
        else _("前の申請の赤ちゃん")
    )


def same_birth_label(birth: Birth) -> str:
    """How she is offered to apply again for a birth that is known; after a loss without a word of a child."""
    if birth.outcome == Birth.Outcome.LOST:
        return _("前の申請の続き")
    return _("前の申請と同じ、%(birth_label)s") % {"birth_label": birth_label(birth)}


def call_times(application: Application) -> str:
    """`午前、夕方`, or いつでも where she has not said."""
    chosen = clean_in(application, Step.PERSON).get("call_times") or ()
    return "、".join(str(CALL_TIMES[time]) for time in chosen if time in CALL_TIMES) or _("いつでも")


def _person(application: Application, terms: Terms) -> Iterable[Line]:
    said = clean_in(application, Step.PERSON)
    yield Line(_("氏名"), f"{said['name']}({said['kana']})", "name")
    yield Line(_("生年月日"), _day(said["birth_date"]), "birth_date_year")
    yield Line(_("住所"), f"〒{said['postcode']} {said['address']}", "postcode")
    if terms.local_offices:
        yield Line(office_label(terms), office_words(said.get("office", ""), terms), "office_0")
    yield Line(_("電話番号"), said["phone"], "phone")
    yield Line(_("つながりやすい時間"), call_times(application), "call_times_0")
    if said.get("family") and not after_loss(application):
        yield Line(_("ご家庭"), str(Birth.Family(said["family"]).label), "family_0")
    yield from _said(application, terms, ("resident",))


def _birth(application: Application, terms: Terms) -> Iterable[Line]:
    known = earlier_birth(application)
    lost = after_loss(application)
    if known:
        yield Line(_("申請") if lost else _("赤ちゃん"), same_birth_label(known), "stage_0")
    elif not lost:
        yield from _dates(application)
    if terms.application.handbook and not lost:
        yield Line(_("母子健康手帳の交付日"), handbook_words(application), "handbook_0")


def _dates(application: Application) -> Iterable[Line]:
    due_date, born_on, children = birth_dates(application)
    if born_on:
        yield Line(_("生まれた日"), wareki.full(born_on), "born_on_year")
    elif due_date:
        yield Line(_("出産予定日"), wareki.full(due_date), "due_date_year")
    yield Line(_("赤ちゃんの人数"), _("%(children)s人") % {"children": children}, "children_0")


def _condition(application: Application, terms: Terms) -> Iterable[Line]:
    yield from _said(application, terms, [item.code for item in terms.circumstances if item.code != "resident"])
    trouble = clean_in(application, Step.CONDITION).get("trouble")
    yield Line(_("困っていること"), trouble or str(NONE_TOLD), "trouble")


def _household(application: Application, terms: Terms) -> Iterable[Line]:
    said = clean_in(application, Step.HOUSEHOLD)
    if said.get("members"):
        yield Line(_("世帯の人数"), _("%(members)s人") % {"members": said["members"]}, "members")
    code = said["household_class"]
    yield Line(_("世帯の区分"), _label(terms.classes, code), "household_class_0")
    named = next((item for item in terms.classes if item.code == code), None)
    proofs = named.proof.documents if named and named.proof else ()
    papers = [document for document in proofs if not document.consent]
    if said.get("issued_by"):
        yield Line(_("証明書を出すまち"), said["issued_by"], f"proof_{code}")
    agreed = [document for document in proofs if document.code in said.get("agreed", ())]
    for document in agreed or (() if papers else proofs):
        yield Line(document.label, _("同意しました") if agreed else _("同意していません"), f"proof_{code}")
    for document in papers:
        yield from _certificates(application, document, f"proof_{code}", awaited=not agreed)


def _certificates(application: Application, document: Document, field: str, *, awaited: bool) -> Iterable[Line]:
    """How many pages came, for each fiscal year by itself; that none came is said as long as they are awaited."""
    pages: dict[int | None, int] = {}
    for item in documents_of(application, document.code):
        pages[item.fiscal_year] = pages.get(item.fiscal_year, 0) + item.page_count
    for year, number in (pages or ({None: 0} if awaited else {})).items():
        label = Certificate((document,), year).label
        yield Line(label, _("%(number)s枚") % {"number": number} if number else _("まだありません"), field)


def _wishes(application: Application, terms: Terms) -> Iterable[Line]:
    said = clean_in(application, Step.WISHES)
    yield Line(_("使いたいもの"), "、".join(_label(terms.services, code) for code in said["services"]), "services_0")
    parts = [said.get(f"emergency_{part}") for part in ("name", "relation", "phone")]
    yield Line(_("緊急連絡先"), " ".join(part for part in parts if part) or str(NONE_TOLD), "emergency_name")


def _consent(application: Application, terms: Terms) -> Iterable[Line]:
    given = clean_in(application, Step.CONSENT).get("consents", ())
    for consent in terms.consents:
        words = _("同意しました") if consent.code in given else _("同意していません")
        yield Line(consent.label, words, f"consent_{consent.code}", judged=True)


_LINES = {
    Step.PERSON: _person,
    Step.BIRTH: _birth,
    Step.CONDITION: _condition,
    Step.HOUSEHOLD: _household,
    Step.WISHES: _wishes,
    Step.CONSENT: _consent,
}


def _said(application: Application, terms: Terms, codes: Iterable[str]) -> Iterable[Line]:
    answers = circumstances(application, terms)
    asked = {item.code: item.question for item in terms.circumstances}
    for code in codes:
        if code in asked:
            yield Line(asked[code], str(SAID[answers[code]]), f"{code}_0", judged=True)


def _label(rows: Iterable[Any], code: str) -> str:
    return next((row.label for row in rows if row.code == code), code)


def _day(text: str) -> str:
    born: dt.date | None = day(text)
    return wareki.no_weekday(born) if born else ""
