"""Invented applications in bulk, to see whether a municipality's pages stay quick after years: `manage.py seed_scale`.

The rows are those that the services leave behind, but for letters, mails and jobs: nothing is sent to anybody. One
decided case in five was approved, with its entitlement; the others were withdrawn, which writes the fewest rows.
"""

import datetime as dt
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from applications.models import (
    Application,
    Birth,
    Decision,
    Entitlement,
    Grant,
    Hearing,
    Household,
    HouseholdClass,
    PhoneCall,
    Pool,
)
from applications.selectors.records import as_json
from applications.steps import Step, steps_of
from eligibility import engine
from eligibility.public import Municipality, ProgrammeVersion, programme_of, version_on
from postpartum_portal.accounts.models import Membership, User
from postpartum_portal.shared import clock
from postpartum_portal.shared.bulk import write_families
from postpartum_portal.shared.models import Event

Status = Application.Status
ORDER: tuple[type[models.Model], ...] = (
    User,
    Household,
    HouseholdClass,
    Birth,
    Application,
    PhoneCall,
    Hearing,
    Decision,
    Entitlement,
    Grant,
    Pool,
)
"""Each after those it hangs on."""
BATCH = 2000
APPROVED_OF = 5
DECIDED_WITHIN = 5 * 365
"""Days back over which the decided cases lie."""
OPEN_WITHIN = 20
LONGEST = 9999
"""Numbers to a series, which has four digits. No era begins with S any more: no number of the office is taken away."""


def _pairs(words: str) -> tuple[tuple[str, str], ...]:
    """Each name with its reading, which follows it."""
    names = words.split()
    return tuple(zip(names[::2], names[1::2], strict=True))


FAMILY = _pairs(
    """
    佐藤 さとう 鈴木 すずき 髙橋 たかはし 田中 たなか 伊藤 いとう 渡辺 わたなべ 山本 やまもと 中村 なかむら
    小林 こばやし 加藤 かとう 𠮷田 よしだ 山田 やまだ 佐々木 ささき 山口 やまぐち 松本 まつもと 井上 いのうえ
    木村 きむら 林 はやし 斎藤 さいとう 清水 しみず 山﨑 やまざき 森 もり 池田 いけだ 橋本 はしもと 阿部 あべ
    石川 いしかわ 山下 やました 中島 なかじま 石井 いしい 小川 おがわ 前田 まえだ 岡田 おかだ 長谷川 はせがわ
    藤田 ふじた 後藤 ごとう 近藤 こんどう 村上 むらかみ 遠藤 えんどう 青木 あおき 坂本 さかもと 福田 ふくだ
    太田 おおた 西村 にしむら 藤井 ふじい 金子 かねこ 岡本 おかもと 藤原 ふじわら 髙木 たかぎ 三浦 みうら
    原田 はらだ
    """
)
GIVEN = _pairs(
    """
    美咲 みさき さくら さくら 陽子 ようこ 愛 あい 千尋 ちひろ ゆう子 ゆうこ 真帆 まほ 亜由美 あゆみ 花 はな
    恵 めぐみ 彩 あや 綾香 あやか 麻衣 まい 舞 まい 沙織 さおり 香織 かおり 由美 ゆみ 由香 ゆか 智子 ともこ
    裕子 ゆうこ 直子 なおこ 奈々 なな 七海 ななみ 結衣 ゆい 葵 あおい 遥 はるか 春香 はるか 桃子 ももこ 莉子 りこ
    理恵 りえ 友美 ともみ 瞳 ひとみ 泉 いずみ 薫 かおる 静香 しずか 涼子 りょうこ 里美 さとみ 久美子 くみこ
    明日香 あすか 梓 あずさ 楓 かえで 栞 しおり 茜 あかね 渚 なぎさ 未来 みく 萌 もえ 優 ゆう 凛 りん 雅子 まさこ
    典子 のりこ
    """
)
"""As many as make two mothers of one name seldom, as in a town."""
IN_WORK = (
    Status.SUBMITTED,
    Status.SCREENING,
    Status.SCREENING,
    Status.RECOMMENDED,
)


@dataclass(frozen=True, slots=True)
class Town:
    """Whose cases they are, who works on them, and what is drawn for them."""

    municipality: Municipality
    version: ProgrammeVersion
    terms: engine.Terms
    staff: tuple[User, ...]
    dice: random.Random
    at: dt.datetime


def seed_scale(
    municipality: Municipality, *, applications: int, open_ones: int, seed: int, at: dt.datetime
) -> Iterator[int]:
    """Add so many applications, the last `open_ones` of them still open; after each batch how many there are so far.

    The same seed gives the same people. Numbers and addresses go on from those of an earlier run.

    Raises:
        NobodyWorksHere: the centre has no decider, so nobody can have called or decided.
    """
    deciding = Membership.objects.filter(municipality=municipality, role=Membership.Role.DECIDER)
    staff = User.objects.filter(pk__in=deciding.values("user_id"))
    version = version_on(municipality, clock.day_of(at))
    dice = random.Random(seed)  # noqa: S311 - invented people, no secret
    town = Town(municipality, version, programme_of(version).terms, tuple(staff.order_by("pk")), dice, at)
    if not town.staff:
        raise NobodyWorksHere
    begun = Application.objects.filter(municipality=municipality, number__startswith="S").count()
    for first in range(begun, begun + applications, BATCH):
        numbers = range(first, min(first + BATCH, begun + applications))
        _write([_case(town, number, is_open=number >= begun + applications - open_ones) for number in numbers])
        yield numbers[-1] + 1 - begun


class NobodyWorksHere(Exception):
    """The centre has no decider."""


def _write(cases: Iterable[list[models.Model]]) -> None:
    with transaction.atomic():
        rows = write_families(cases, order=ORDER)
        Event.objects.bulk_create(_submitted(row) for row in rows[Application])


def _case(town: Town, number: int, *, is_open: bool) -> list[models.Model]:
    """All rows of one application, decided or not."""
    dice = town.dice
    days = dice.randrange(OPEN_WITHIN) if is_open else dice.randrange(OPEN_WITHIN, DECIDED_WITHIN)
    at = town.at - dt.timedelta(days=days, minutes=dice.randrange(600))
    citizen, household = _mother(town, number)
    own: dict[str, Any] = {"municipality": town.municipality, "citizen": citizen}
    class_code = dice.choice(town.terms.classes).code
    proved = HouseholdClass(**own, household=household, code=class_code, starts_on=clock.day_of(at))
    birth = _birth(household, own, clock.day_of(at) + dt.timedelta(days=dice.randrange(1, 120)), is_open=is_open)
    approved = not is_open and number % APPROVED_OF == 0
    status = dice.choice(IN_WORK) if is_open else Status.APPROVED if approved else Status.WITHDRAWN
    application = Application(
        **own,
        birth=birth,
        programme_version=town.version,
        number=f"S{number // LONGEST}-{number % LONGEST + 1:04}",
        status=status,
        answers=_answers(town, household, birth, class_code),
        assignee=None if status == Status.SUBMITTED else dice.choice(town.staff),
        created_at=at,
        saved_at=at,
        submitted_at=at,
    )
    rows: list[models.Model] = [citizen, household, proved, birth, application]
    if status != Status.SUBMITTED:
        rows += _heard(town, application, own, at)
    return rows + (_approved(town, application, own, class_code) if approved else [])


def _mother(town: Town, number: int) -> tuple[User, Household]:
    (family, family_kana), (given, given_kana) = town.dice.choice(FAMILY), town.dice.choice(GIVEN)
    citizen = User(email=f"scale-{town.municipality.slug}-{number}@example.jp", date_joined=town.at)
    return citizen, Household(
        municipality=town.municipality,
        citizen=citizen,
        name=f"{family} {given}",
        kana=f"{family_kana} {given_kana}",
        birth_date=dt.date(1985, 1, 1) + dt.timedelta(days=town.dice.randrange(6000)),
        postcode="187-0043",
        address=f"見本町{number % 9 + 1}-{number % 97 + 1}",
        phone=f"090-{number // 10000:04}-{number % 10000:04}",
    )


def _birth(household: Household, own: dict[str, Any], due: dt.date, *, is_open: bool) -> Birth:
    """Awaited as long as the application is open; born on its day else."""
    if is_open:
        return Birth(**own, household=household, due_date=due)
    return Birth(**own, household=household, outcome=Birth.Outcome.BORN, due_date=due, born_on=due)


def _answers(town: Town, household: Household, birth: Birth, class_code: str) -> dict[str, Any]:
    """As the steps keep them, all in her favour."""
    said = {item.code: rule.expects for rule in town.terms.requirements for item in rule.circumstances}
    clean: dict[Step, dict[str, Any]] = {
        Step.PERSON: {
            **{name: getattr(household, name) for name in ("name", "kana", "postcode", "address", "phone")},
            **said,
            "birth_date": household.birth_date.isoformat(),
            "call_times": ["evening"],
        },
        Step.BIRTH: {"stage": "expected", "due_date": str(birth.due_date), "born_on": None, "children": 1},
        Step.CONDITION: {**said, "trouble": "夜のお世話"},
        Step.HOUSEHOLD: {"members": 2, "household_class": class_code},
        Step.WISHES: {"services": [town.terms.services[0].code]},
        Step.CONSENT: {"consents": [consent.code for consent in town.terms.consents]},
    }
    return {step.value: {"clean": clean[step]} for step in steps_of(town.terms)}


def _heard(town: Town, application: Application, own: dict[str, Any], at: dt.datetime) -> list[models.Model]:
    """A call on the day after; one in three was in vain, with a promise to call again. What she said, once it ended."""
    reached, by = town.dice.randrange(3) > 0, application.assignee
    again = None if reached else town.at + dt.timedelta(hours=town.dice.randrange(-3, 8))
    called_at = min(at + dt.timedelta(days=1), town.at)
    call = PhoneCall(**own, application=application, at=called_at, by=by, reached=reached, call_back_at=again)
    if application.status not in (Status.RECOMMENDED, Status.APPROVED):
        return [call]
    hearing = Hearing(**own, application=application, consent=True, recommendation="approve", by=by, at=called_at)
    return [call, hearing]


def _approved(town: Town, application: Application, own: dict[str, Any], class_code: str) -> list[models.Model]:
    """The decision three days later, and what it gave."""
    birth, by, version = application.birth, application.assignee, town.version
    at = min((application.submitted_at or town.at) + dt.timedelta(days=3), town.at)
    facts = engine.Facts(due_date=birth.due_date if birth else None, household_class=class_code)
    granted = engine.standard_grant(facts, town.terms)
    services, limits = sorted(granted.services), dict(granted.limits)
    decision = Decision(
        **own,
        application=application,
        outcome=Decision.Outcome.APPROVED,
        programme_version=version,
        facts=as_json(facts),
        findings=[],
        granted={"services": services, "limits": limits, "class_code": class_code, "extension_reason": ""},
        decided_at=at,
        decided_on=clock.day_of(at),
        by=by,
    )
    entitlement = Entitlement(**own, birth=birth, programme_version=version, created_at=at)
    given: dict[str, Any] = {"services": services, "limits": limits, "at": at, "by": by}
    grant = Grant(**own, entitlement=entitlement, origin=Grant.Origin.DECISION, decision=decision, **given)
    pools = [Pool(**own, entitlement=entitlement, code=code, limit=limit) for code, limit in limits.items()]
    return [decision, entitlement, grant, *pools]


def _submitted(application: Application) -> Event:
    return Event(
        at=application.created_at,
        verb="application.submitted",
        actor_id=application.citizen_id,
        municipality_id=application.municipality_id,
        citizen_id=application.citizen_id,
        subject_kind="application",
        subject_id=application.pk,
    )
