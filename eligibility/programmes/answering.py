"""From a question to all of its answers, in the office's words. They are the engine's; nothing is reckoned here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from eligibility.engine import (
    HANDBOOK,
    Amount,
    Consequence,
    ConsequenceKind,
    Finding,
    Plan,
    Quote,
    Terms,
    Unpublished,
    Use,
    UseStatus,
    Verdict,
    WindowKind,
    application_window,
    assess,
    balances_of,
    cancel,
    certificate_for,
    each_day,
    effective_class,
    goes_beyond,
    no_show,
    plan_use,
    quote,
    quotes,
    total,
    use_period,
)
from eligibility.programmes.questions import Booking, Cancelling, Judging, NotComing, Question, Windows
from eligibility.programmes.schema.examples import ASK, NO, NOT_PUBLISHED, YES
from eligibility.programmes.use_words import plain, use_words

NOT_KNOWN = "わかりません"
OPENS_ON = "申請できる日"
_VERDICTS = {Verdict.MET: YES, Verdict.UNMET: NO, Verdict.ASK: ASK, Verdict.NOT_APPLICABLE: YES}
_WINDOWS = {WindowKind.UNPUBLISHED: NOT_PUBLISHED, WindowKind.ANY_TIME: "いつでも"}


@dataclass(frozen=True, slots=True)
class Each:
    """An answer that each service has; `whole` is the one for all of them, empty where they differ."""

    parts: Mapping[str, str]
    whole: str


Answer: TypeAlias = str | int | Each | Mapping[str, str | int] | Sequence[str | int]


def answers(question: Question, terms: Terms) -> dict[str, Answer]:
    """Everything the engine says to a question, by the key under which an example expects it."""
    asked = question.asked
    if isinstance(asked, Windows):
        return _windows(question, terms)
    if isinstance(asked, Judging):
        return _judged(question, asked, terms)
    if isinstance(asked, Booking):
        return _booked(question, asked, terms)
    if isinstance(asked, Cancelling):
        return _cancelled(question, asked, terms)
    return _not_come(question, asked, terms)


def _windows(question: Question, terms: Terms) -> dict[str, Answer]:
    window = application_window(question.facts, terms)
    opens = window.opens_on.isoformat() if window.opens_on else _WINDOWS.get(window.kind, NOT_KNOWN)
    periods = {
        plain(service.label): use_period(service.code, question.facts, terms, place=question.place)
        for service in terms.services
    }
    last = {label: period.last.isoformat() if period.last else NOT_KNOWN for label, period in periods.items()}
    how = {label: period.arithmetic for label, period in periods.items()}
    return {
        OPENS_ON: opens,
        "最後の日": _each(last),
        "算式": Each({OPENS_ON: window.arithmetic, **how}, _each(how).whole),
    }


def _judged(question: Question, asked: Judging, terms: Terms) -> dict[str, Answer]:
    assessment = assess(question.facts, terms, on=asked.on, place=question.place)
    usable = {plain(outlook.service.label): _VERDICTS[outlook.verdict] for outlook in assessment.services}
    deciding = [finding for finding in assessment.findings if finding.decides]
    return {
        "使える": Each(usable, _VERDICTS[assessment.verdict]),
        "申請が要る": _to_apply(assessment.findings),
        "理由": _facts(finding for finding in deciding if finding.verdict is Verdict.UNMET),
        "確かめること": _facts(finding for finding in deciding if finding.verdict is Verdict.ASK),
        "証明書": _certificates(question, [asked.on], terms),
    }


def _to_apply(findings: Sequence[Finding]) -> str:
    """はい but where what she applies for was handed to her with the handbook, or will be."""
    handed = next((finding.verdict for finding in findings if finding.code == HANDBOOK), Verdict.MET)
    return {Verdict.NOT_APPLICABLE: NO, Verdict.ASK: ASK}.get(handed, YES)


def _booked(question: Question, asked: Booking, terms: Terms) -> dict[str, Answer]:
    use = asked.use
    plan = plan_use(
        use,
        facts=question.facts,
        grant=question.grant,
        terms=terms,
        on=asked.on,
        held=question.held,
        vaccination_days=question.vaccination_days,
        place=question.place,
        applied_on=question.applied_on,
    )
    others = _other_quotes(question, [*question.held, use], terms)
    return {
        "予約できる": _allowed(plan),
        "理由を記録すれば認められる": YES if plan.grantable else NO,
        "理由": _facts(plan.refusals),
        "確かめること": _facts([*plan.asks, *plan.quote.findings]),
        "料金": _yen(plan.quote.total),
        "内訳": [_yen(line.amount) for line in plan.quote.lines],
        "ほかの予約の料金": _prices(question, others, terms),
        "合計": _yen(total([plan.quote.total, *(price.total for price in others.values())])),
        "のこり": _left(question, plan.units if plan.allowed else {}, terms),
        "期限": plan.cancel.wording,
        "証明書": _certificates(question, each_day(use.first_day, use.last_day), terms),
    }


def _cancelled(question: Question, asked: Cancelling, terms: Terms) -> dict[str, Answer]:
    beyond = _is_beyond(question, asked.use, question.held, terms)
    consequence = cancel(
        asked.use,
        facts=question.facts,
        terms=terms,
        contact_at=asked.contact_at,
        price=_price(question, asked.use, terms, beyond=beyond),
        place=question.place,
        beyond=beyond,
    )
    in_time = YES if consequence.kind is ConsequenceKind.IN_TIME else NO
    return {
        "期限": consequence.deadline.wording,
        "まにあう": in_time if consequence.deadline.at else NOT_PUBLISHED,
        **_consequence(question, asked.use, consequence, terms),
    }


def _not_come(question: Question, asked: NotComing, terms: Terms) -> dict[str, Answer]:
    beyond = _is_beyond(question, asked.use, question.held, terms)
    price = _price(question, asked.use, terms, beyond=beyond)
    consequence = no_show(
        asked.use, facts=question.facts, terms=terms, price=price, place=question.place, beyond=beyond
    )
    return _consequence(question, asked.use, consequence, terms)


def _consequence(question: Question, use: Use, consequence: Consequence, terms: Terms) -> dict[str, Answer]:
    over = replace(use, status=consequence.leaves)
    others = _other_quotes(question, [*question.held, over], terms)
    return {
        "数える": dict(consequence.counted),
        "お金": _yen(consequence.total),
        "内訳": [_yen(line.amount) for line in consequence.lines],
        "見出し": consequence.headline,
        "ほかの予約の料金": _prices(question, others, terms),
        "のこり": _left(question, consequence.counted, terms),
    }


def _price(question: Question, use: Use, terms: Terms, *, beyond: bool) -> Quote:
    """What she would have paid."""
    return quote(use, facts=question.facts, terms=terms, place=question.place, held=question.held, beyond=beyond)


def _other_quotes(question: Question, uses: Sequence[Use], terms: Terms) -> dict[int, Quote]:
    """The prices of the uses held, by number: of those that are over as they were then, of others as they are now."""
    facts, place = question.facts, question.place
    over = [use for use in question.held if use.status is not UseStatus.LIVE]
    paid = {
        use.number: quote(use, facts=facts, terms=terms, place=place, held=[item for item in over if item is not use])
        for use in over
        if use.status is UseStatus.ATTENDED
    }
    beyond = [use.number for use, before in _each_with_those_before(uses) if _is_beyond(question, use, before, terms)]
    live = quotes(uses, facts=facts, terms_of=lambda _: terms, place_of=lambda _: place, beyond=beyond)
    held = {use.number for use in question.held}
    return paid | {number: price for number, price in live.items() if number in held}


def _each_with_those_before(uses: Sequence[Use]) -> Iterable[tuple[Use, Sequence[Use]]]:
    return ((use, uses[:place]) for place, use in enumerate(uses))


def _is_beyond(question: Question, use: Use, before: Sequence[Use], terms: Terms) -> bool:
    """Whether a use was booked at full price, after those written before it."""
    children = question.facts.counted_children
    balances = balances_of(before, question.grant, terms, children=children)
    return goes_beyond(use, balances, terms, children=children)


def _prices(question: Question, found: Mapping[int, Quote], terms: Terms) -> dict[str, str | int]:
    words = {use.number: use_words(use, terms) for use in question.held}
    return {words[number]: _yen(price.total) for number, price in sorted(found.items())}


def _left(question: Question, taken: Mapping[str, int], terms: Terms) -> dict[str, str | int]:
    """What is left of every pool after `taken` is used besides what is held."""
    children = question.facts.counted_children
    balances = balances_of(question.held, question.grant, terms, children=children)
    return {pool: max(0, balance.left - taken.get(pool, 0)) for pool, balance in balances.items()}


def _certificates(question: Question, days: Iterable[date], terms: Terms) -> list[str | int]:
    """What must show the class that she names on these days, each certificate once."""
    at_her_word = replace(question.facts, proofs=None)
    needed = [certificate_for(effective_class(at_her_word, terms, on=day), day) for day in days]
    return list(dict.fromkeys(certificate.label for certificate in needed if certificate))


def _allowed(plan: Plan) -> str:
    if not plan.allowed:
        return NO
    return ASK if plan.asks else YES


def _facts(findings: Iterable[Finding]) -> dict[str, str | int]:
    return {finding.code: finding.fact for finding in findings}


def _each(parts: Mapping[str, str]) -> Each:
    """Also as one answer, where all services have the same."""
    different = set(parts.values())
    return Each(parts, different.pop() if len(different) == 1 else "")


def _yen(amount: Amount) -> str | int:
    return NOT_PUBLISHED if isinstance(amount, Unpublished) else int(amount)
