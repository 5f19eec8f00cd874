"""From a question in the office's words to the engine's values. An unknown word is an error at its own place."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import TypeVar

from eligibility.engine import (
    ANYWHERE,
    TOKYO,
    AgeLimit,
    AgeUnit,
    Counts,
    Entered,
    Facts,
    Family,
    Grant,
    HeldClass,
    Place,
    Proof,
    Service,
    Source,
    Terms,
    Use,
    UseStatus,
    Verdict,
    Yen,
    judge_grant,
    standard_grant,
    unpublished_amounts,
)
from eligibility.programmes.questions import Asked, Booking, Cancelling, Judging, NotComing, Question, Windows
from eligibility.programmes.reading import Mistakes, Path
from eligibility.programmes.schema import examples as schema
from eligibility.programmes.use_words import service_of, use_of

DAYS_AHEAD = 14
"""A booking is asked for two weeks before its first day, unless きょう says when."""

_FAMILIES = {"母子": Family.MOTHER, "父子": Family.FATHER, "里親": Family.FOSTER, "流産・死産": Family.BEREAVED}
_YES_NO = {schema.YES: True, schema.NO: False}
_AGE_UNITS = {AgeUnit.DAYS: "日", AgeUnit.MONTHS: "か月", AgeUnit.YEARS: "年"}
_Value = TypeVar("_Value")


def question_of(entry: schema.QuestionEntry, terms: Terms) -> Question:
    """The question as the engine sees it.

    Raises:
        Mistakes: it asks two things at once, or names what the programme does not know.
    """
    reader = _Reader(entry, terms)
    held = tuple(replace(use, number=number) for number, use in enumerate(reader.held(), start=1))
    facts, place = reader.facts(), reader.place()
    grant, asked = reader.grant(facts), reader.asked(held)
    if asked is None or reader.found:
        raise Mistakes(reader.found)
    return Question(asked, facts, grant, place, held, entry.applied_on, frozenset(entry.vaccinations))


class _Reader:
    """Reads one question, and gathers all that is wrong with it in `found`."""

    def __init__(self, entry: schema.QuestionEntry, terms: Terms) -> None:
        self.entry, self.terms = entry, terms
        self.found: list[tuple[Path, str]] = []

    def held(self) -> Iterator[Use]:
        entry = self.entry
        yield from self._uses("利用ずみ", entry.attended, UseStatus.ATTENDED)
        yield from self._uses("予約ずみ", entry.booked, UseStatus.LIVE)
        for use in self._uses("期限後に取り消した", entry.counted, UseStatus.COUNTED):
            yield use if _counts_when_late(use, self.terms) else replace(use, status=UseStatus.LATE)

    def asked(self, held: Sequence[Use]) -> Asked | None:
        """What is asked, its use numbered after those held; None where it cannot be told."""
        entry = self.entry
        named = {"判定": entry.judge, "予約": entry.plan, "取り消し": entry.cancel, "来なかった": entry.no_show}
        if entry.siblings == schema.YES and not entry.plan:
            self.found.append((("きょうだいも来る",), "きょうだいも来る は、予約 の事例に書いてください。"))
        several = [key for key, value in named.items() if value]
        if len(several) > 1:
            self.found.append(((several[1],), f"{'と'.join(several)}は、別の事例に書いてください。"))
            return None
        if entry.judge:
            return Judging(entry.judge)
        if entry.plan:
            return self._booking(entry.plan, held)
        if entry.cancel:
            return self._cancelling(entry.cancel, held)
        if entry.no_show:
            return self._not_coming(entry.no_show, held)
        return Windows()

    def facts(self) -> Facts:
        given = self.entry.given
        if given.handbook and self.terms.application.handbook is None:
            self.found.append(
                (("前提", "手帳の交付日"), "application に handbook がないので、手帳の交付日では変わりません。")
            )
        return Facts(
            due_date=given.due_date,
            birth_date=given.birth_date,
            children=given.children,
            family=_FAMILIES[given.family],
            told=self._told(),
            household_class=self._household(("前提", "世帯"), given.household) if given.household else "",
            classes=tuple(self._classes(given.households)),
            proofs=None if given.certificates is None else frozenset(self._proofs(given.certificates)),
            income=given.income,
            handbook_on=given.handbook if isinstance(given.handbook, date) else None,
            handbook_awaited=given.handbook == schema.NOT_YET,
            corrected_age=None if given.corrected is None else _YES_NO[given.corrected],
        )

    def grant(self, facts: Facts) -> Grant:
        """What the rules give, or the services and limits that are written: no more than staff may give."""
        named = self.entry.granted
        services = None if named is None else {service.code for service in self._granted(named)}
        standard = standard_grant(facts, self.terms, services=services)
        for code in self.entry.limits:
            if code not in standard.limits:
                known = "、".join(standard.limits) or "ありません"
                self.found.append((("認められた回数", code), f"{code} は認められた枠にありません。枠: {known}"))
        limits = {code: number for code, number in self.entry.limits.items() if code in standard.limits}
        grant = replace(standard, limits={**standard.limits, **limits})
        for finding in judge_grant(grant, children=facts.counted_children, terms=self.terms):
            if finding.verdict is Verdict.UNMET and not finding.overridable:
                self.found.append((("認められた回数", finding.code.removeprefix("grant_")), finding.fact))
        return grant

    def place(self) -> Place:
        entry = self.entry.place
        if entry is None:
            return ANYWHERE
        return Place(
            name=entry.name,
            age_limit=_age_limit(entry.age, entry.name) if entry.age else None,
            multiples=None if entry.multiples is None else _YES_NO[entry.multiples],
            siblings=None if entry.siblings is None else _YES_NO[entry.siblings],
            entered=tuple(self._entered(entry)),
        )

    def _uses(self, key: str, each: Sequence[str], status: UseStatus) -> Iterator[Use]:
        for number, words in enumerate(each):
            use = self._use((key, number), words)
            if use:
                yield replace(use, status=status)

    def _booking(self, words: str, held: Sequence[Use]) -> Asked | None:
        use = self._asked_use(("予約",), words, held)
        if use is None:
            return None
        on = self.entry.today or use.first_day - timedelta(days=DAYS_AHEAD)
        return Booking(replace(use, siblings=_YES_NO[self.entry.siblings]), on)

    def _cancelling(self, entry: schema.CancelEntry, held: Sequence[Use]) -> Asked | None:
        use = self._asked_use(("取り消し", "予約"), entry.use, held)
        at = self._understood(("取り消し", "連絡"), lambda: _moment(entry.contact))
        if use and any(_is_same(use, other) for other in held):
            self.found.append((("取り消し", "予約"), "予約ずみ には、ほかの予約だけを書いてください。"))
        return Cancelling(use, at) if use and at else None

    def _not_coming(self, words: str, held: Sequence[Use]) -> Asked | None:
        use = self._asked_use(("来なかった",), words, held)
        return NotComing(use) if use else None

    def _asked_use(self, path: Path, words: str, held: Sequence[Use]) -> Use | None:
        use = self._use(path, words)
        return replace(use, number=len(held) + 1) if use else None

    def _use(self, path: Path, words: str) -> Use | None:
        return self._understood(path, lambda: use_of(words, self.terms))

    def _understood(self, path: Path, read: Callable[[], _Value]) -> _Value | None:
        try:
            return read()
        except ValueError as wrong:
            self.found.append((path, str(wrong)))
            return None

    def _told(self) -> dict[str, bool]:
        """All that the programme asks, as it speaks for her; what is written stands instead."""
        told = {item.code: rule.expects for rule in self.terms.requirements for item in rule.circumstances}
        for code, answer in self.entry.given.told.items():
            if code not in told:
                self.found.append((("前提", "ようす", code), f"{code} が circumstances にありません。"))
            elif answer in _YES_NO:
                told[code] = _YES_NO[answer]
            else:
                del told[code]
        return told

    def _granted(self, labels: Sequence[str]) -> Iterator[Service]:
        for number, label in enumerate(labels):
            service = self._understood(("認められた種類", number), partial(service_of, label, self.terms))
            if service:
                yield service

    def _classes(self, entries: Sequence[schema.HeldClassEntry]) -> Iterator[HeldClass]:
        for number, entry in enumerate(entries):
            path: Path = ("前提", "世帯の移り変わり", number)
            if entry.starts and entry.ends and entry.ends < entry.starts:
                self.found.append(((*path, "まで"), "から より後の日を書いてください。"))
            yield HeldClass(self._household((*path, "世帯"), entry.household), entry.starts, entry.ends)

    def _household(self, path: Path, label: str) -> str:
        for household in self.terms.classes:
            if household.label == label:
                return household.code
        known = "、".join(household.label for household in self.terms.classes)
        self.found.append((path, f"{label} という区分はありません。{known} のどれかを書いてください。"))
        return ""

    def _proofs(self, entries: Sequence[schema.CertificateEntry]) -> Iterator[Proof]:
        codes = {document.label: document.code for document in self.terms.documents}
        for number, entry in enumerate(entries):
            path: Path = ("前提", "証明書", number)
            if entry.name not in codes:
                self.found.append(((*path, "名前"), f"{entry.name} という書類が documents にありません。"))
                continue
            if entry.fiscal_year is None and codes[entry.name] in self._dated_documents():
                self.found.append((path, f"{entry.name}は、何年度のものかも 年度 に書いてください。"))
            yield Proof(codes[entry.name], entry.fiscal_year, entry.since)

    def _dated_documents(self) -> set[str]:
        """Papers of which the year matters; a consent is of no year."""
        rules = [household.proof for household in self.terms.classes if household.proof]
        dated = (item for rule in rules if rule.fiscal_year_from_month for item in rule.documents)
        return {item.code for item in dated if not item.consent}

    def _entered(self, entry: schema.PlaceEntry) -> Iterator[Entered]:
        known = {amount.key for amount, _ in unpublished_amounts(self.terms)}
        for key, amount in entry.amounts.items():
            if key not in known:
                names = "、".join(sorted(known)) or "ありません"
                self.found.append((("施設", "額", key), f"{key} は公表されています。公表されていない額: {names}"))
            yield Entered(key, Yen(amount))


def _counts_when_late(use: Use, terms: Terms) -> bool:
    """Whether anything counts as used once the last deadline has passed."""
    tiers = terms.service(use.service).cancellation.tiers
    return bool(tiers) and tiers[-1].outcome.counts is not Counts.NONE


def _is_same(use: Use, other: Use) -> bool:
    return other.status is UseStatus.LIVE and replace(other, number=use.number) == use


def _age_limit(entry: schema.AgeEntry, place: str) -> AgeLimit:
    title = f"生後{entry.under}{_AGE_UNITS[entry.unit]}未満"
    return AgeLimit(entry.under, entry.unit, title, Source(title, place))


def _moment(words: str) -> datetime:
    """2026-06-09T15:59:59, in Tokyo."""
    try:
        at = datetime.fromisoformat(words)
    except ValueError:
        at = None
    if at is None or at.tzinfo or len(words) <= len("2026-06-09"):
        raise ValueError("日時を 2026-06-09T15:59:59 の形で書いてください。")
    return at.replace(tzinfo=TOKYO)
