"""Until when a family lives in the municipality: with the day on which it moves out, every use ends.

No page says whether that day itself still counts. It is read as the last one, and the reading is marked as such.
"""

from dataclasses import replace
from datetime import date

from eligibility.engine.ages import Period
from eligibility.engine.facts import Facts
from eligibility.engine.terms import Terms
from eligibility.engine.uses import Use
from eligibility.engine.values import Finding, Source, Verdict
from eligibility.engine.wording import day_seen_from, month_day, span, weekday_day

TITLE = "転出の日まで"
RESIDENT = "resident"
"""The circumstance that every programme file asks with the address."""
_READING = "転出の日そのものについては書かれていません。その日までを、住んでいる日と読みます。"


def while_resident(period: Period, facts: Facts, terms: Terms) -> Period:
    """A period as far as the family lives there; the very same one where no move ends it earlier."""
    out = facts.moves_out_on
    if out is None or period.last is None or period.last <= out:
        return period
    arithmetic = f"転出の日が{month_day(out)}なので、その日まで"
    return replace(period, last=out, arithmetic=arithmetic, source=_source(terms, period.source))


def beyond_residence(use: Use, period: Period, facts: Facts, terms: Terms) -> Finding | None:
    """What refuses a use with a day after the move, where it is the move that ends the period; else None."""
    here = while_resident(period, facts, terms)
    if here is period or here.last is None or use.last_day <= here.last:
        return None
    last = weekday_day(here.last)
    fact = (
        f"{span(use.first_day, use.last_day)}は予約できません。{last}に転出するので、使える最後の日は{last}です。"
        f"{last}までの日を選んでください。転出の日が変わったときは、届け出てください。"
    )
    return Finding("moving_away", Verdict.UNMET, TITLE, fact, here.source)


def residence_findings(facts: Facts, terms: Terms, *, on: date) -> list[Finding]:
    """One where a move is known: whether she still lives there on a day."""
    out = facts.moves_out_on
    if out is None:
        return []
    verdict, said = (Verdict.MET, "です") if on <= out else (Verdict.UNMET, "でした")
    fact = f"転出の日は{day_seen_from(out, on)}{said}。使える最後の日も、この日{said}。"
    return [Finding("moving_away", verdict, TITLE, fact, _source(terms, terms.application.source))]


def _source(terms: Terms, otherwise: Source) -> Source:
    """The sentence that asks for residence; `otherwise` where a programme asks for none."""
    asking = (rule.source for rule in terms.requirements if RESIDENT in {item.code for item in rule.circumstances})
    return replace(next(asking, otherwise), reading=_READING)
