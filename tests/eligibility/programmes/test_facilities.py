"""Facility files: what the municipalities' lists say, and what is refused."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from eligibility.programmes import (
    Accepts,
    FacilityList,
    FacilityRecord,
    ProgrammeFileError,
    load_facilities,
    load_programme,
)
from tests.eligibility.kodaira import FACILITIES

PUBLISHED = settings.PROGRAMME_DIR / "facilities"
SAMPLES = settings.ROOT / "fixtures" / "demo" / "facilities"
LISTS = [path for folder in (PUBLISHED, SAMPLES) for path in sorted(folder.glob("*.yaml"))]
WHOLE = """\
municipality: "132110"
from: 2026-04-01
document: 一覧
facilities:
  - code: clinic
    kind: facility
    name: 医院
    from: 2026-05-01
    until: 2027-03-31
    area: 市内
    phones: [042-000-0001, 042-000-0002]
    ages: {under: 4, unit: months, title: 生後4か月未満}
    multiples: true
    message: ひとこと
    booking: {by: mail, email: a@example.jp, text: メールで申し込む}
    services:
      - short_stay
      - code: day_service
        ages: {under: 60, unit: days, inclusive: true, title: 生後60日まで}
        siblings: false
        prices:
          - {amount: 5000, per: 1日, source: 5000円}
          - {amount: 6000, per: 1日, from: 2026-10-01, source: 6000円}
          - {amount: 0, household_class: public_assistance, source: 無料}
          - {of: late_fee, amount: 1000, source: キャンセル料1000円}
          - {of: extra.1, amount: 300, per: 1回, source: 交通費300円}
    note: 読めない
    source: 医院の行
"""


@pytest.fixture
def load(tmp_path: Path):
    def _load(text: str, *, name: str = "132110.yaml") -> FacilityList:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return load_facilities(path)

    return _load


# what a file says


def test_load_facilities__reads_who_offers_what() -> None:
    listed = load_facilities(FACILITIES)
    assert (listed.municipality, listed.starts, listed.sample) == ("132110", date(2024, 8, 23), False)
    assert [(item.name, item.kind, item.services, item.phones) for item in listed.facilities] == [
        ("ジュンレディースクリニック小平", "facility", ("short_stay", "day_service"), ("042-329-4103",)),
        ("中野産婦人科医院", "facility", ("short_stay", "day_service"), ("042-341-6565",)),
        ("NPO法人子育てサポートきらら", "visitor", ("supporter_visit",), ("042-345-8262",)),
    ]
    assert {item.places for item in listed.facilities} == {None}
    assert {item.accepts for item in listed.facilities} == {Accepts()}


@pytest.mark.parametrize("path", LISTS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_every_list__names_what_its_programme_knows(path: Path) -> None:
    (programme,) = settings.PROGRAMME_DIR.glob(f"{path.stem}-*.yaml")
    assert load_facilities(path, [load_programme(programme).terms]).municipality == path.stem


def test_load_facilities__reads_all_that_a_list_can_say(load) -> None:
    (clinic,) = load(WHOLE).facilities
    assert (clinic.starts, clinic.ends) == (date(2026, 5, 1), date(2027, 3, 31))
    assert (clinic.area, clinic.message, clinic.note) == ("市内", "ひとこと", "読めない")
    assert clinic.booking
    assert (clinic.booking.by, clinic.booking.email, clinic.booking.text) == (
        "mail",
        "a@example.jp",
        "メールで申し込む",
    )
    assert (_age(clinic.accepts), clinic.accepts.multiples, clinic.accepts.siblings) == (4, True, None)

    stay, day = clinic.offers
    assert (stay.accepts, stay.amounts) == (Accepts(), ())
    assert day.accepts.ages
    assert (day.accepts.ages.under, day.accepts.ages.unit, day.accepts.ages.inclusive) == (60, "days", True)
    assert (day.accepts.multiples, day.accepts.siblings) == (None, False)
    assert [(item.key, item.household_class, item.amount, item.starts) for item in day.amounts] == [
        ("day_service.price", "", 5000, date(2026, 5, 1)),
        ("day_service.price", "", 6000, date(2026, 10, 1)),
        ("day_service.price", "public_assistance", 0, date(2026, 5, 1)),
        ("day_service.late_fee", "", 1000, date(2026, 5, 1)),
        ("day_service.extra.1", "", 300, date(2026, 5, 1)),
    ]
    assert (day.amounts[0].per, day.amounts[0].source.text) == ("1日", "5000円")


def test_load_facilities__puts_the_reading_of_the_list_before_that_of_an_entry(load) -> None:
    text = WHOLE.replace("document: 一覧", "document: 一覧\nreading: 表の読み方。")
    (clinic,) = load(text + "    reading: 行の読み方。\n").facilities
    assert clinic.source.reading == "表の読み方。行の読み方。"
    assert clinic.offers[1].amounts[0].source.reading == "表の読み方。"


# what is refused


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("area: 市内", "floor: 3階", r"10: facilities\[0\]\.floor: 知らない項目です"),
        ("under: 4,", "under: 0,", r"12: facilities\[0\]\.ages\.under: 1以上の整数"),
        ("unit: months", "unit: weeks", r"12: facilities\[0\]\.ages\.unit: days、months、years"),
        (", title: 生後4か月未満", "", r"12: facilities\[0\]\.ages\.title: この項目が必要です"),
        ("multiples: true", "multiples: ○", r"13: facilities\[0\]\.multiples: true か false"),
        ("email: a@example.jp", "email: a.example.jp", r"15: facilities\[0\]\.booking\.email: メールアドレスを"),
        ("email: a@example.jp, ", "", r"15: facilities\[0\]\.booking: by: mail には email が必要"),
        ("by: mail", "by: web", r"15: facilities\[0\]\.booking: by: web には url が必要"),
        ("by: mail", "by: association", r"15: facilities\[0\]\.booking: by: association には name が必要"),
        ("by: mail", "by: fax", r"15: facilities\[0\]\.booking\.by: phone、mail、web、association"),
        ("- short_stay", "- Short Stay", r"17: facilities\[0\]\.services\[0\]\.code: コードは小文字の英字"),
        ("- short_stay", "- day_service", r"18: facilities\[0\]\.services\[1\]: 同じサービス"),
        ("amount: 5000, ", "", r"22: facilities\[0\]\.services\[1\]\.prices\[0\]\.amount: この項目が必要です"),
        ("amount: 5000", "amount: 五千", r"22: .*prices\[0\]\.amount: 0以上の整数"),
        (", source: 5000円", "", r"22: .*prices\[0\]\.source: この項目が必要です"),
        ("from: 2026-10-01", "from: 2026-05-01", r"23: .*prices\[1\]: 同じ日からの額"),
        ("until: 2027-03-31", "until: 2026-04-30", r"9: facilities\[0\]\.until: 終わりの日が、始まりの日より前"),
        ('municipality: "132110"', 'municipality: "112020"', r"1: municipality: ファイルの名前\(132110\.yaml\)"),
        (
            "facilities:",
            "amounts: [{key: x.share, amount: 1, source: 1円}]\nfacilities:",
            r"amounts: ここに書けるのは見本",
        ),
        ("facilities:", "sample: true\nfacilities:", r"facilities\[0\]\.name: 見本の施設の名前は「見本」で"),
    ],
)
def test_load_facilities__says_what_is_wrong_and_where(load, old: str, new: str, told: str) -> None:
    assert old in WHOLE
    with pytest.raises(ProgrammeFileError, match=r"132110\.yaml:.*" + told):
        load(WHOLE.replace(old, new, 1))


def test_load_facilities__refuses_a_code_given_twice(load) -> None:
    wrong = FACILITIES.read_text(encoding="utf-8").replace("code: kirara", "code: nakano-clinic")
    with pytest.raises(ProgrammeFileError, match=r"132110\.yaml:\d+: facilities\[2\]\.code: 同じコード"):
        load(wrong)


@pytest.mark.parametrize(("key", "told"), [("Share", "額のキーを"), ("short_stay.share", "同じ日からの額")])
def test_load_facilities__refuses_sample_amounts_that_cannot_be(load, key: str, told: str) -> None:
    amounts = f"[{{key: short_stay.share, amount: 1, source: 見本}}, {{key: {key}, amount: 2, source: 見本}}]"
    text = WHOLE.replace("name: 医院", "name: 見本医院").replace(
        "facilities:", f"sample: true\namounts: {amounts}\nfacilities:"
    )
    with pytest.raises(ProgrammeFileError, match=rf"amounts\[1\].*{told}"):
        load(text)


# the lists of the four other municipalities


def test_kumagaya__publishes_a_price_for_each_facility_where_they_differ() -> None:
    prices = {
        (item.name, amount.key): amount.amount
        for item in load_facilities(PUBLISHED / "112020.yaml").facilities
        for service in item.offers
        for amount in service.amounts
    }
    assert prices == {
        ("平田クリニック", "day_service.price"): 5000,
        ("さめじまボンディングクリニック", "day_service.price"): 3000,
        ("中島助産院", "day_service.price"): 5000,
    }


STAY, DAY, VISIT = "short_stay", "day_service", "home_visit"


@pytest.mark.parametrize(
    ("name", "services", "multiples", "siblings", "limit", "phones"),
    [
        ("丸山産婦人科", (STAY, DAY), False, False, (4, "months"), ("046-873-8103",)),
        ("うみかぜ助産院", (DAY, VISIT), False, False, (1, "years"), ("046-854-7390",)),
        ("逗子母乳育児相談室", (VISIT,), False, False, (1, "years"), ("070-1189-0101",)),
        ("山本助産院", (STAY, DAY, VISIT), True, True, (1, "years"), ("045-788-6601",)),
        ("みやした助産院", (STAY, DAY), True, False, (4, "months"), ("045-231-1788",)),
        ("湘南鎌倉助産院・産後ケアセンター", (STAY, DAY), True, True, (1, "months"), ("0467-45-4103",)),
        ("うみのさち 母乳育児相談室", (VISIT,), True, False, (1, "years"), ("090-4387-7190",)),
        ("ひとしずく助産院", (VISIT,), True, False, (1, "years"), ()),
        ("宮崎助産院", (VISIT,), True, True, (1, "years"), ("080-1347-4428",)),
        ("かもめ助産院", (DAY,), False, False, (4, "months"), ("046-854-4138",)),
        ("ぶくぶく助産院", (STAY, DAY, VISIT), True, False, (4, "months"), ("046-821-3063",)),
        ("齋藤助産院", (STAY, DAY, VISIT), True, True, (1, "years"), ("0467-54-8841",)),
    ],
)
def test_zushi__says_whom_each_facility_takes(name, services, multiples, siblings, limit, phones) -> None:
    item = _zushi(name)
    assert (item.services, item.phones) == (services, phones)
    assert (item.accepts.multiples, item.accepts.siblings) == (multiples, siblings)
    assert item.accepts.ages
    assert (item.accepts.ages.under, item.accepts.ages.unit) == limit


def test_zushi__leaves_out_what_cannot_be_read_and_says_so() -> None:
    listed = load_facilities(PUBLISHED / "142085.yaml").facilities
    assert len(listed) == 12
    damaged = {"山本助産院", "ひとしずく助産院", "かもめ助産院", "ぶくぶく助産院"}
    assert {item.name for item in listed if "読み取れません" in item.note or "足りません" in item.note} == damaged
    assert [item.address for item in listed if "横浜賀市" in item.source.text] == ["", ""]
    assert all("きょうだいの受入の欄" in item.source.reading for item in listed)


def test_zushi__takes_newborns_through_the_day_of_one_month_at_one_place() -> None:
    inclusive = [item.name for item in load_facilities(PUBLISHED / "142085.yaml").facilities if _is_inclusive(item)]
    assert inclusive == ["湘南鎌倉助産院・産後ケアセンター"]


def test_zushi__is_booked_by_mail_at_one_place() -> None:
    booking = _zushi("うみかぜ助産院").booking
    assert booking
    assert (booking.by, booking.email) == ("mail", "k.kkuch@umikazejosarin.com")


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_demos_list__says_that_it_is_a_sample(path: Path) -> None:
    listed = load_facilities(path)
    sentences = [item.source.text for item in listed.facilities] + [item.source.text for item in listed.amounts]
    sentences += [amount.source.text for item in listed.facilities for offer in item.offers for amount in offer.amounts]
    assert listed.sample
    assert all(sentence.startswith("見本") for sentence in sentences)


def _zushi(name: str) -> FacilityRecord:
    return next(item for item in load_facilities(PUBLISHED / "142085.yaml").facilities if item.name == name)


def _age(accepts: Accepts) -> int | None:
    return accepts.ages.under if accepts.ages else None


def _is_inclusive(item: FacilityRecord) -> bool:
    return bool(item.accepts.ages and item.accepts.ages.inclusive)
