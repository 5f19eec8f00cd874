"""The shape of a programme file: who may use it, until when, and how one applies."""

from eligibility.engine import AgeUnit, CountedFrom, Family, Opens, ProofWorks, TestedOn
from eligibility.programmes.fields import Code, Flag, Number, Pregnancy, Sourced, Strict, Text, Whole


class CircumstanceEntry(Strict):
    question: Text
    if_yes: Text
    if_no: Text
    purpose: Text


class RequirementEntry(Sourced):
    code: Code
    title: Text
    any_of: tuple[Code, ...] = ()
    none_of: tuple[Code, ...] = ()
    principle: Flag = False
    services: tuple[Code, ...] = ()
    otherwise: Text = ""


class FamiliesEntry(Sourced):
    open_to: tuple[Family, ...]
    ask: tuple[Family, ...] = ()


class AgeLimitEntry(Sourced):
    under: Number
    unit: AgeUnit
    title: Text
    inclusive: Flag = False
    tested_on: TestedOn = TestedOn.LAST_DAY
    counted_from: CountedFrom = CountedFrom.BIRTH
    corrected_up_to: Pregnancy | None = None
    correction: Sourced | None = None


class AskBeyondEntry(Sourced):
    under: Number
    unit: AgeUnit
    title: Text
    answer: Text


class LeadEntry(Sourced):
    days: Number
    working: Flag = False


class ApplicationEntry(Sourced):
    title: Text
    opens: Opens
    weeks: Number | None = None
    days: Whole | None = None
    months: Number | None = None
    words: Text = ""
    lead: LeadEntry | None = None
    takes: LeadEntry | None = None


class DocumentEntry(Sourced):
    code: Code
    label: Text
    needed_when: Text
    per_member: Flag = False
    paper_only: Flag = False
    consent: Flag = False


class ProofEntry(Sourced):
    any_of: tuple[Code, ...]
    works: ProofWorks = ProofWorks.ALWAYS
    fiscal_year_from_month: Number | None = None


class IncomeEntry(Strict):
    at_least: Whole | None = None
    under: Number | None = None


class ClassEntry(Strict):
    code: Code
    label: Text
    choice: Text
    proof: ProofEntry | None = None
    income: IncomeEntry | None = None
