"""減免決定・減免却下: where a programme names such a letter, a judged certificate sends one; elsewhere none."""

from dataclasses import replace
from typing import Any

import pytest
from django_scopes import scopes_disabled

from applications.models import Letter, OfficialCheck
from applications.selectors import case
from applications.selectors import handed_in as reading
from eligibility.programmes.compiling.letters import _named
from eligibility.programmes.schema.letters import NoReductionLetterEntry, ReductionLetterEntry
from eligibility.public import Municipality, programme_of
from tests import factories
from tests.facilities.test_later_certificates import answers, approved, colleague, hands_in
from tests.facilities.walking import Family
from tests.walks.person import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]

REASON = "令和8年6月1日の申請は令和6年度の所得のものです。「申請時点の最新の世帯の所得状況により決定します」"


@pytest.fixture
def waiting(zushi: Municipality, monkeypatch: pytest.MonkeyPatch, clock_at: Any) -> tuple[Family, str, Person]:
    """逗子 as if it named both letters: a request has come. The decider is at her desk."""

    def naming(version: Any) -> Any:
        programme = programme_of(version)
        letters = replace(
            programme.terms.letters,
            reduction=_named(ReductionLetterEntry(source="見本")),
            no_reduction=_named(NoReductionLetterEntry(source="見本")),
        )
        return replace(programme, terms=replace(programme.terms, letters=letters))

    clock_at.move_to("2026-06-01T10:00:00+09:00")
    household, number = approved(zushi)
    hands_in(household, year="")
    for module in (reading, case):
        monkeypatch.setattr(module, "programme_of", naming)
    return household, number, Person(factories.MembershipFactory(municipality=zushi, role="decider").user)


def letters() -> list[Letter]:
    with scopes_disabled():
        return list(Letter.objects.exclude(kind="approval"))


def test_an_accepted_request__sends_a_numbered_letter_with_class_and_day(waiting: tuple[Family, str, Person]) -> None:
    household, number, decider = waiting
    clerk = Person(factories.MembershipFactory(municipality=household.municipality, role="centre").user)
    clerk.opens(f"/zushi/centre/cases/{number}/")
    clerk.sees("決定する職員が確かめます")
    clerk.misses("使えないと伝える")
    decider.opens(f"/zushi/centre/cases/{number}/")
    decider.presses("通知書を下見する")
    decider.sees("産後ケア事業利用者負担額減免決定通知書", "下見です")
    assert not letters(), "a preview changes nothing"

    decider.opens(f"/zushi/centre/cases/{number}/")
    decider.presses("確かめた")

    letter = letters()[0]
    assert (letter.kind, letter.subject_kind, letter.number, letter.series) == ("reduction", "class", 2, "decision")
    said = str(letter.snapshot)
    assert "非課税世帯" in said
    assert "令和8年6月1日以後に利用する分" in said
    assert "減免後の額は、子育て支援課が決めます" in said, "what is not published is said in words"
    assert letter.snapshot["appeal"]
    with scopes_disabled():
        assert OfficialCheck.objects.get().result == "confirmed"


def test_a_refused_request__wants_fact_and_rule_and_tells_them(waiting: tuple[Family, str, Person]) -> None:
    household, number, _ = waiting
    browser = colleague(household.municipality, "decider")
    thin = answers(browser, household, number, "refuse", year="", reason="だめです").content.decode()
    assert "使えない" in thin
    assert not letters()

    answers(browser, household, number, "refuse", year="", reason=REASON)

    letter = letters()[0]
    assert (letter.kind, letter.subject_kind) == ("no_reduction", "document")
    assert letter.snapshot["reasons"] == [REASON]
    assert letter.snapshot["reasons_heading"] == "減免しない理由"


def test_the_published_programmes__name_no_such_letter(zushi: Municipality, clock_at: Any) -> None:
    clock_at.move_to("2026-06-01T10:00:00+09:00")
    household, number = approved(zushi)
    hands_in(household, year="")
    answers(colleague(zushi), household, number, "accept", year="")
    assert not letters()
    with scopes_disabled():
        assert OfficialCheck.objects.get().result == "confirmed", "a clerk's work, for no letter goes out"
