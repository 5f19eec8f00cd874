"""What the wider vocabulary compiles to: ages, families, applying, pools, rules of booking."""

from eligibility.engine import (
    AgeUnit,
    Beyond,
    CountedFrom,
    Coupons,
    EachCoupon,
    Family,
    Opens,
    PriceChange,
)
from eligibility.programmes import load_programme, stored_programme
from tests.eligibility.programmes.refusing import LEAVE_OUT, edited, terms

SAID = {"source": "x"}
STAY, VISIT = "services.0", "services.2"


def test_compile__takes_families_and_ages_of_the_programme_where_a_service_has_none_of_its_own() -> None:
    own = {"under": "1", "unit": "years", "title": "産後1年未満", "inclusive": "true", "tested_on": "first_day", **SAID}
    compiled = terms(
        {
            f"{VISIT}.age_limit": own,
            f"{VISIT}.families": {"open_to": ["mother", "father"], **SAID},
            f"{VISIT}.ask_beyond": {"under": "4", "unit": "months", "title": "x", "answer": "施設へ", **SAID},
        }
    )
    stay, visit = compiled.service("short_stay"), compiled.service("midwife_visit")
    assert (stay.age_limit.number, stay.age_limit.unit, stay.ask_beyond) == (4, AgeUnit.MONTHS, None)
    assert (stay.families.open_to, stay.families.ask) == ({Family.MOTHER}, {Family.BEREAVED})
    assert (visit.age_limit.number, visit.age_limit.unit, visit.age_limit.inclusive) == (1, AgeUnit.YEARS, True)
    assert visit.families.open_to == {Family.MOTHER, Family.FATHER}
    assert visit.ask_beyond
    assert (visit.ask_beyond.limit.number, visit.ask_beyond.answer) == (4, "施設へ")
    assert visit.ask_beyond.limit.tested_on is visit.age_limit.tested_on


def test_compile__reads_corrected_age_by_weeks_and_days() -> None:
    limit = (
        terms(
            {
                "age_limit.counted_from": "corrected",
                "age_limit.corrected_up_to": "36w6d",
                "age_limit.correction": {"source": "36週6日までに出生した方は修正月齢"},
            }
        )
        .services[0]
        .age_limit
    )
    assert (limit.counted_from, limit.corrected_up_to) == (CountedFrom.CORRECTED, (36, 6))
    assert limit.correction
    assert limit.correction.text.startswith("36週6日")


def test_compile__reads_durations_in_hours_and_in_minutes() -> None:
    compiled = terms({f"{VISIT}.duration": {"minutes": "90", "hours_multiples": "2", **SAID}})
    visit, supporter = compiled.service("midwife_visit").duration, compiled.service("supporter_visit").duration
    assert visit
    assert supporter
    assert (visit.minutes, visit.minutes_multiples) == (90, 120)
    assert (supporter.minutes, supporter.minutes_multiples) == (120, 120)


def test_compile__takes_hours_and_lengths_as_far_as_they_are_published() -> None:
    compiled = terms(
        {
            f"{STAY}.hours.opens": LEAVE_OUT,
            f"{STAY}.hours.closes": LEAVE_OUT,
            f"{STAY}.length": {"shortest": "2", "longest": "7", **SAID},
        }
    )
    stay = compiled.service("short_stay")
    assert (stay.hours.opens, stay.hours.closes) == (None, None)
    assert stay.length
    assert (stay.length.shortest, stay.length.longest) == (2, 7)


def test_compile__knows_hours_of_principle() -> None:
    compiled = terms({f"{STAY}.hours.principle": "true"})
    assert [compiled.service(code).hours.principle for code in ("short_stay", "day_service")] == [True, False]


def test_compile__reads_how_one_applies() -> None:
    compiled = terms(
        {
            "application": {
                "title": "x",
                "opens": "months_before_due",
                "months": "2",
                "lead": {"days": "3", "working": "true", **SAID},
                "takes": {"days": "2", **SAID},
                **SAID,
            },
            "requirements.0.services": ["short_stay"],
            "requirements.0.otherwise": "センターに相談してください。",
        }
    )
    rule = compiled.application
    assert (rule.opens, rule.months, rule.weeks) == (Opens.MONTHS_BEFORE_DUE, 2, 0)
    assert rule.lead
    assert rule.takes
    assert (rule.lead.days, rule.lead.working, rule.takes.working) == (3, True, False)
    assert compiled.requirements[0].services == ("short_stay",)
    assert compiled.requirements[0].otherwise == "センターに相談してください。"
    assert compiled.circumstances[0].purpose == "小平市に住む方のための事業なので聞きます。"


def test_compile__reads_pools_and_rules_of_booking() -> None:
    compiled = terms(
        {
            "pools.0.limit_multiples": "10",
            "pools.0.counter": "回",
            "pools.0.beyond": "full_price",
            "booking.birth_recorded": LEAVE_OUT,
            "booking.notice": {"days": "2", **SAID},
            "booking.horizon": {"number": "60", **SAID},
            "booking.open_at_once": {"number": "3", **SAID},
            "booking.provisional": SAID,
        }
    )
    pool, booking = compiled.pools[0], compiled.booking
    assert (pool.limit, pool.limit_multiples, pool.counter, pool.beyond) == (7, 10, "回", Beyond.FULL_PRICE)
    assert compiled.pools[4].limit_multiples == compiled.pools[4].limit
    assert booking.birth_recorded is None
    assert booking.notice
    assert booking.horizon
    assert booking.open_at_once
    assert booking.provisional
    assert (booking.notice.days, booking.horizon.number, booking.open_at_once.number) == (2, 60, 3)


def test_compile__lets_one_book_before_anything_is_granted() -> None:
    assert terms({}).booking.before_granted is None
    early = terms({"booking.before_granted": {"answer": "市にお問い合わせください", **SAID}}).booking.before_granted
    assert early
    assert early.answer == "市にお問い合わせください"


def test_compile__reads_the_whole_programmes_own_rules() -> None:
    closed = [{"label": "年末年始", "first": "12-29", "last": "01-03", **SAID}]
    compiled = terms(
        {
            "programme.price_change": "each_day",
            "programme.granted_by": "coupons",
            "coupons": {"label": "クーポン", "each": "all", **SAID},
            "office_days": {"closed": closed, **SAID},
        }
    )
    assert compiled.price_change is PriceChange.EACH_DAY
    assert compiled.office_days.source
    assert compiled.coupons == Coupons("クーポン", EachCoupon.ALL, compiled.office_days.source)
    assert compiled.office_days.closed[0].last == (1, 3)


def test_compile__reads_a_stored_version_from_before_the_section_on_coupons_as_it_was_meant() -> None:
    stored = stored_programme(edited({"programme.granted_by": "coupons"})).terms
    assert stored.coupons == Coupons("利用券", EachCoupon.UNIT, stored.booking.approved)


def test_compile__has_defaults_for_what_a_file_leaves_out() -> None:
    programme = load_programme(edited({"programme.published": LEAVE_OUT}))
    assert programme.published is None
    assert (programme.terms.price_change, programme.terms.coupons) == (PriceChange.FIRST_DAY, None)
    assert programme.terms.office_days.closed == ()
