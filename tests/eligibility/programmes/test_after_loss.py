"""The second wording of a file: compiled beside the first, and wanted wherever a bereaved family reads of a child."""

from typing import Any

import pytest

from eligibility.engine import Facts, Family, assess
from eligibility.programmes.contradictions.bereaved import WORDS
from tests.eligibility.five import KAWASAKI, KODAIRA, KUMAGAYA, OKAYAMA, ZUSHI, eligible, terms_of
from tests.eligibility.kodaira import BORN
from tests.eligibility.programmes.refusing import DATA, LEAVE_OUT, edited, problems, terms
from tests.eligibility.sixth import FIRST
from tests.eligibility.sixth import terms_of as terms_of_sixth

BARE = {
    f"{name}.after_loss": LEAVE_OUT
    for name in (
        "requirements.1",
        "services.2",
        "services.3",
        *(f"circumstances.{code}" for code in list(DATA["circumstances"])[1:]),
    )
}
"""Kodaira's file without its second wording."""
VISIT = "services.2"
OPEN = {"open_to": ["mother", "bereaved"], "source": "x"}
ASKED = "circumstances.needs_medical_care"
WRITE = "after_loss に、その言葉のない文を書いてください。"


def test_terms__without_a_second_wording_are_the_same_for_everybody() -> None:
    kawasaki = terms_of(KAWASAKI)
    assert all(kawasaki.said_to(family) is kawasaki for family in Family)


def test_terms__in_the_second_wording_are_for_a_bereaved_family_only() -> None:
    terms = terms_of(ZUSHI)
    after_loss = terms.said_to(Family.BEREAVED)
    assert after_loss is terms.after_loss
    assert after_loss.said_to(Family.BEREAVED) is after_loss
    assert all(terms.said_to(family) is terms for family in set(Family) - {Family.BEREAVED})


def test_second_wording__puts_otherwise_what_it_names_and_keeps_the_rest() -> None:
    first = terms_of(OKAYAMA)
    second = first.said_to(Family.BEREAVED)
    assert second.letters.period == "1年になる日の前日まで"
    assert second.letters.how_to_use == first.letters.how_to_use[1:]
    assert second.letters.appeal == first.letters.appeal
    assert second.service("day_service").care == ("心身のケア",)
    assert second.service("day_service").notes == first.service("day_service").notes
    assert second.pools == first.pools
    assert [item.code for item in second.circumstances] == [item.code for item in first.circumstances]


@pytest.mark.parametrize("code", [KUMAGAYA, KODAIRA, KAWASAKI, ZUSHI, OKAYAMA])
@pytest.mark.parametrize("told", [True, False, None])
def test_questions__speak_of_no_child_in_any_programme(code: str, told: bool | None) -> None:
    """A loss may come after the application, whoever the programme is open to."""
    terms = terms_of(code)
    said = {} if told is None else {item.code: told for item in terms.circumstances}
    facts = Facts(birth_date=eligible(terms).birth_date, family=Family.BEREAVED, told=said)
    codes = {rule.code for rule in terms.requirements}
    after_loss = terms.said_to(Family.BEREAVED)
    found = [f"{item.title} {item.fact}" for item in assess(facts, terms, on=BORN).findings if item.code in codes]
    found += [f"{item.question} {item.purpose}" for item in after_loss.circumstances]
    assert len(found) == len(codes) + len(terms.circumstances)
    assert not [text for text in found if WORDS.search(text.replace("子育て支援課", ""))]  # the name of an office


def test_findings__are_in_the_second_wording() -> None:
    terms = terms_of_sixth(FIRST)
    unknown = Facts(birth_date=eligible(terms).birth_date, family=Family.BEREAVED)
    finding = assess(unknown, terms, on=BORN).finding("health")
    assert finding.fact == "あなたに、うつる病気のおそれがありますか(まだわかりません)"


@pytest.mark.parametrize(
    ("changes", "key", "word"),
    [
        ({}, "circumstances.needs_medical_care.question", "お母さん"),
        ({}, "circumstances.fever_or_infection.purpose", "お母さん"),
        ({}, "consents[1].text", "育児"),
        ({}, "letters.period", "お子さ"),
        ({f"{VISIT}.care": ["母乳の相談"]}, "services[2].care[0]", "母乳"),
        ({f"{VISIT}.notes": ["赤ちゃんと"]}, "services[2].notes[0]", "赤ちゃん"),
        ({f"{VISIT}.hours.text": "授乳の後"}, "services[2].hours.text", "授乳"),
        ({f"{VISIT}.cancellation.letter": "乳児の方は"}, "services[2].cancellation.letter", "乳児"),
        ({f"{ASKED}.after_loss": {"question": "妊娠中ですか"}}, f"{ASKED}.after_loss.question", "妊娠"),
        ({"requirements.1.after_loss": {"title": "出産した"}}, "requirements[1].after_loss.title", "出産"),
        ({"pools.0.label": "双子の枠"}, "pools[0].label", "双子"),
        ({"page.waiver_text": "多胎児は"}, "page.waiver_text", "多胎"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_words_of_a_child__are_refused_where_a_bereaved_family_reads_them(
    changes: dict[str, Any], key: str, word: str
) -> None:
    found = dict(problems(edited({"examples": [], **BARE, f"{VISIT}.families": OPEN, **changes})))
    assert found[key] == f"流産・死産のあとの方も読む文に「{word}」があります。{WRITE}"


def test_words_of_a_child__are_not_looked_for_where_no_such_family_reads() -> None:
    found = [key for key, _ in problems(edited({"examples": [], **BARE, f"{VISIT}.families": OPEN}))]
    assert not [
        key for key in found if key.startswith(("page.flow", "page.who", "age_limit", "application", "offices"))
    ]
    assert not [key for key in found if key.endswith((".source", ".reading"))]
    assert not [key for key in found if key.startswith(("services[0].care", "services[1].notes"))]
    assert "こども家庭センター" in DATA["offices"][0]["name"]
    assert terms(BARE).after_loss is None


def test_a_deadline_with_a_time__says_whether_the_moment_is_in_time() -> None:
    tier = "services.0.cancellation.tiers.0.deadline"
    without = {"days_before": "1", "at": "16:00", "source": "x"}
    ((key, sentence),) = problems(edited({"examples": [], tier: without}))
    assert key == "services[0].cancellation.tiers[0].deadline.inclusive"
    assert sentence.startswith("at のときは必ず書いてください。")
    whole_day = terms({tier: {"days_before": "1", "source": "x"}}).services[0].cancellation.tiers[0].deadline
    assert (whole_day.at, whole_day.inclusive) == (None, False)
