"""What differs between two programme files, as an officer reads it."""

from eligibility.programmes.comparing import Change, ChangeKind, changes
from tests.eligibility.kodaira import FILE

TEXT = FILE.read_text(encoding="utf-8")
NIGHT = "amount: 5000\n      source: 宿泊型 1泊5,000円"


def changed(old: str, new: str) -> tuple[Change, ...]:
    """The changes when the first `old` of Kodaira's file becomes `new`."""
    assert old in TEXT
    return changes(TEXT, TEXT.replace(old, new, 1))


def without_pool(code: str) -> str:
    start = TEXT.index(f"  - code: {code}\n", TEXT.index("\npools:"))
    return TEXT[:start] + TEXT[TEXT.index("\n  - code: ", start) + 1 :]


def test_the_same_text__has_no_changes() -> None:
    assert changes(TEXT, TEXT) == ()
    assert changes(TEXT, f"# ほかの注釈\n{TEXT}") == ()


def test_a_changed_price__is_named_with_both_amounts_and_the_new_sentence() -> None:
    (change,) = changed(NIGHT, "amount: 5500\n      source: 宿泊型 1泊5,500円")
    assert change == Change(
        chapter="使えるもの",
        path="宿泊型 › 料金 › 額",
        kind=ChangeKind.CHANGED,
        before="5,000円",
        after="5,500円",
        source="宿泊型 1泊5,500円",
        reading="",
        is_words=False,
    )


def test_a_price_that_is_no_longer_published__is_a_change_of_the_rule() -> None:
    (change,) = changed("amount: 5000", "amount: {unpublished: 施設が決めた額, who_knows: facility}")
    assert (change.before, change.after) == ("5,000円", "公表されていません: 施設が決めた額(わかるところ: 施設)")
    assert not change.is_words


def test_a_new_key__is_added() -> None:
    (change,) = changed("    unit: days\n    limit: 7\n", "    unit: days\n    limit: 7\n    limit_multiples: 10\n")
    assert (change.kind, change.path) == (ChangeKind.ADDED, "宿泊型と日帰り型の合計 › 双子など多胎のときの上限")
    assert (change.before, change.after) == ("", "10日")


def test_an_entry_that_is_gone__is_told_whole() -> None:
    (change,) = changes(TEXT, without_pool("midwife"))
    assert (change.kind, change.chapter, change.path) == (ChangeKind.REMOVED, "回数の枠", "助産師による訪問")
    assert change.before.splitlines() == [
        "枠の名前: 助産師による訪問",
        "合わせて数える種類: 助産師による訪問",
        "数え方: 回",
        "上限: 2回",
    ]
    assert change.source.startswith("助産師による訪問 2回まで")


def test_entries__are_matched_by_their_code_wherever_they_stand() -> None:
    (change,) = changes(without_pool("stay_and_day"), TEXT)
    assert (change.kind, change.path) == (ChangeKind.ADDED, "宿泊型と日帰り型の合計")


def test_another_order__is_told_where_it_may_be_a_rule() -> None:
    start = TEXT.index("  - code: general\n")
    second = TEXT.index("  - code: tax_exempt\n")
    third = TEXT.index("  - code: public_assistance\n", second)
    turned = TEXT[:start] + TEXT[second:third] + TEXT[start:second] + TEXT[third:]
    (change,) = changes(TEXT, turned)
    assert (change.chapter, change.path) == ("利用者負担の区分", "並べる順")
    assert change.before.startswith("一般、住民税非課税世帯(均等割)")
    assert change.after.startswith("住民税非課税世帯(均等割)、一般")
    assert not change.is_words


def test_mere_texts__stand_apart_and_last() -> None:
    new = TEXT.replace("summary: 施設で休む。食事つき", "summary: 施設で休みます").replace(
        "limit: 2\n", "limit: 3\n", 1
    )
    rule, words = changes(TEXT, new)
    assert (rule.path, rule.is_words) == ("助産師による訪問 › 上限", False)
    assert (words.path, words.is_words) == ("宿泊型 › ひとこと", True)


def test_a_sentence_that_changes_alone__is_a_change_of_text() -> None:
    (change,) = changed("source: 宿泊型 1泊5,000円", "source: 宿泊型 1泊 5,000円")
    assert (change.path, change.is_words) == ("宿泊型 › 料金 › きまりの文", True)


def test_a_reading_that_is_added__is_told() -> None:
    (change,) = changed("source: 宿泊型 1泊5,000円", "source: 宿泊型 1泊5,000円\n      reading: 税込み")
    assert (change.path, change.kind, change.after) == ("宿泊型 › 料金 › 読み方", ChangeKind.ADDED, "税込み")


def test_a_renamed_service__is_one_change_and_not_one_for_each_mention() -> None:
    (change,) = changed("    label: 宿泊型\n", "    label: ショートステイ\n")
    assert (change.path, change.before, change.after) == ("ショートステイ › 名前", "宿泊型", "ショートステイ")


def test_a_chapter_that_is_new__is_told_whole() -> None:
    (change,) = changed("documents:\n", "office_days:\n  source: 土日祝日は休み\ndocuments:\n")
    assert (change.chapter, change.path, change.kind) == ("開庁日", "開庁日", ChangeKind.ADDED)


def test_the_files_own_examples__are_no_rules() -> None:
    rules = TEXT.partition("\nexamples:")[0]
    assert changes(rules, f"{rules}\nexamples: []\n") == ()


def test_a_rule_that_is_only_a_sentence__is_told_by_it() -> None:
    start = TEXT.index("    not_on_vaccination_day:\n")
    (change,) = changes(TEXT, TEXT[:start] + TEXT[TEXT.index("    cancellation:\n", start) :])
    assert (change.path, change.kind) == ("助産師による訪問 › 予防接種の日は使えない", ChangeKind.REMOVED)
    assert (change.before, change.after) == ("もとの文のとおり", "")
    assert "予防接種当日" in change.source
