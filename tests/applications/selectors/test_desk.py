"""The centre's list: whom a search finds, what it is combined with, who is overdue, whose papers are missing."""

import datetime as dt
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django_scopes import scopes_disabled

from applications.models import Document
from applications.selectors.finding import MOST
from applications.selectors.narrowing import NOBODY, Narrowing
from applications.selectors.proofs import proof_of
from applications.selectors.worklist import EVERY, LATE, PAPER, Desk
from eligibility.public import programme_of
from postpartum_portal.shared import clock, text
from tests.cases import certificate, handed_in, heard

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]
FULL_WIDTH = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
HALF_KANA = str.maketrans(dict(zip("タカハシミサキバ", ("ﾀ", "ｶ", "ﾊ", "ｼ", "ﾐ", "ｻ", "ｷ", "ﾊﾞ"), strict=True)))


def numbers(chosen: Narrowing) -> list[str]:
    return [entry.application.number for entry in Desk(now=clock.now()).page(chosen)]


def spellings(typed: str) -> Iterator[str]:
    """As it is typed with a keyboard in any mode, with a space of any width or none; a phone without hyphens too."""
    kana = text.fold_kana(typed)
    bare = typed if typed.startswith("R") else typed.replace("-", "")
    forms = {typed, bare, typed.lower(), kana, kana.translate(HALF_KANA), typed.replace("髙", "高")}
    for form, gap, dash in product(forms, (" ", "　", ""), ("-", "ー", "−")):
        spelled = form.replace(" ", gap).replace("-", dash)
        yield from (spelled, spelled.translate(FULL_WIDTH), f"　{spelled} ")


@pytest.mark.parametrize("typed", ["髙橋 美咲", "たかはし みさき", "みさき", "090-1234-5678", "090-1234", "R7-9001"])
def test_search__finds_a_row_in_whatever_width_it_is_typed(kodaira, typed):
    household: dict[str, Any] = {"name": "髙橋 美咲", "kana": "たかはし みさき", "phone": "090-1234-5678"}
    handed_in(kodaira, number="R7-9001", **{f"household__{name}": value for name, value in household.items()})
    handed_in(
        kodaira, household__name="山﨑 ゆう子", household__kana="やまざき ゆうこ", household__phone="042-000-0000"
    )
    asked = {
        spelled for spelled in spellings(typed) if not (typed == "R7-9001" and "-" not in text.fold_dashes(spelled))
    }
    desk = Desk(now=clock.now())
    for words, state in product(asked, ("open", EVERY)):
        found = [entry.application.number for entry in desk.page(Narrowing(state, words=words))]
        assert found == ["R7-9001"], words


def test_search__for_any_beginning_of_a_name_finds_it_and_for_a_mere_count_the_number_of_this_year(kodaira):
    handed_in(kodaira, number="R7-0041", household__name="グエン ティ ラン", household__kana="ぐえん てぃ らん")
    for words in ("グ", "ｸﾞｴﾝ", "グエンテ", "ティラ", "ぐえん て", "ﾃｨﾗ", "41", "0041", "r7-41"):
        assert numbers(Narrowing(EVERY, words=words)) == ["R7-0041"], words
    for words in ("エン", "ﾗﾝ", "42", "090", "%", "_", "ー", "r7-"):
        assert numbers(Narrowing(EVERY, words=words)) == [], words


def test_search__is_combined_with_state_office_and_person(kodaira, nurse, decider):
    mine = heard(kodaira, nurse, household__office="a")
    other = heard(kodaira, decider, household__office="b")
    new = handed_in(kodaira, household__office="b")
    gone = handed_in(kodaira, household__office="b", status="withdrawn")
    words = "たかはし"
    assert set(numbers(Narrowing("open", words=words))) == {mine.number, other.number, new.number}
    assert set(numbers(Narrowing("decide", words=words))) == {mine.number, other.number}
    assert numbers(Narrowing("decide", charge=str(nurse.pk), words=words)) == [mine.number]
    assert numbers(Narrowing("open", office="b", charge=NOBODY, words=words)) == [new.number]
    assert set(numbers(Narrowing(EVERY, office="b", words=words))) == {other.number, new.number, gone.number}
    counted = {tab.code: tab.count for tab in Desk(now=clock.now()).tabs(Narrowing(office="b", words=words))}
    assert (counted["open"], counted["new"], counted["decide"], counted[EVERY]) == (2, 1, 1, None)


def test_search__among_all_says_when_it_shows_only_some(kodaira, monkeypatch):
    monkeypatch.setattr("applications.selectors.finding.MOST", 2)
    for _ in range(3):
        handed_in(kodaira)
    desk = Desk(now=clock.now())
    assert len(desk.page(Narrowing(EVERY, words="たか"))) == 2 < MOST
    assert desk.more
    assert len(desk.page(Narrowing("open", words="たか"))) == 3


def test_overdue__goes_by_the_working_days_of_the_promise_and_does_not_count_those_that_she_mends(okayama, clock_at):
    """岡山市: 申請から発行まで2開庁日程度. Received on a Thursday, so until Monday."""
    clock_at.move_to("2026-11-26T10:00:00+09:00")
    waiting = handed_in(okayama)
    handed_in(okayama, status="returned")
    told = {}
    for day in ("26", "27", "28", "30"), ("01",):
        for number in day:
            month = "12" if number == "01" else "11"
            clock_at.move_to(f"2026-{month}-{number}T10:00:00+09:00")
            desk = Desk(now=clock.now())
            pace = next(iter(desk.page(Narrowing("open")))).pace
            counts = {tab.code: tab.count for tab in desk.tabs(Narrowing())}
            told[number] = (pace.days, pace.worked, pace.left, pace.late, counts[LATE])
    assert told == {
        "26": (0, 0, 2, False, 0),
        "27": (1, 1, 1, False, 0),
        "28": (2, 1, 1, False, 0),
        "30": (4, 2, 0, False, 0),
        "01": (5, 3, -1, True, 1),
    }
    assert numbers(Narrowing(LATE)) == [waiting.number]


def test_overdue__is_nobody_and_no_tab_where_the_programme_promises_nothing(kodaira):
    handed_in(kodaira, submitted_at=clock.now() - dt.timedelta(days=300))
    desk = Desk(now=clock.now())
    assert LATE not in {tab.code for tab in desk.tabs(Narrowing())}
    (entry,) = desk.page(Narrowing(LATE))
    assert (entry.pace.late, entry.pace.ready_on, entry.pace.days) == (False, None, 300)


@pytest.mark.parametrize("slug", ["kodaira", "kumagaya", "kawasaki", "zushi"])
def test_papers__are_missing_in_the_list_exactly_where_the_case_page_says_so(published, slug, clock_at):
    if slug == "zushi":
        clock_at.move_to("2026-04-10T10:00:00+09:00")
    municipality = published(slug)
    terms = programme_of(handed_in(municipality, household_class="").programme_version).terms
    for household in terms.classes:
        documents = household.proof.documents if household.proof else ()
        handed_in(municipality, household_class=household.code)
        for document in documents:
            if document.consent:
                handed_in(municipality, household_class=household.code, agreed=[document.code])
                continue
            for pages, status in ((1, "filed"), (2, "filed"), (2, "refused")):
                row = certificate(handed_in(municipality, household_class=household.code), document.code, pages=pages)
                asked = proof_of(row.application, terms, on=clock.today())
                year = asked.certificate.fiscal_year if asked else None
                refusal = "読めません" if status == "refused" else ""
                Document.objects.filter(pk=row.pk).update(fiscal_year=year, status=status, refusal=refusal)
    with scopes_disabled():
        entries = list(Desk(now=clock.now()).page(Narrowing("open")))
    said = {entry.application.number: entry.lacks_proof for entry in entries}
    shown = {entry.application: proof_of(entry.application, terms, on=clock.today()) for entry in entries}
    assert said == {row.number: bool(proof and not proof.complete) for row, proof in shown.items()}
    assert set(said.values()) == {True, False}
    assert set(numbers(Narrowing(PAPER))) == {number for number, lacking in said.items() if lacking}
