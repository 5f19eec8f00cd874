"""A programme as its file says it, compiled once."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from eligibility.engine import Terms, Words, words_offered
from eligibility.programmes.cases import Case, read_cases
from eligibility.programmes.compiling import compile_terms
from eligibility.programmes.contradictions import contradictions
from eligibility.programmes.reading import Document, Mistakes, read, text_of, validate
from eligibility.programmes.schema import ProgrammeFile


@dataclass(frozen=True, slots=True)
class Programme:
    """One version of a municipality's programme: whose it is, since when, and its terms."""

    code: str
    """The municipality's code, as 132110."""
    slug: str
    name: str
    """The municipality's name, as 小平市."""
    title: str
    """The programme's name, as 産後ケア事業."""
    published: date | None
    """None where the page does not say."""
    effective_from: date | None
    """None where the page does not say."""
    document: str
    sha256: str
    terms: Terms
    cases: tuple[Case, ...]
    """The examples of the file, for `examples.run`; a stored version has none, for they were run when it came in."""
    said_in: frozenset[Words]
    """In which words besides its own it says any sentence."""


def load_programme(source: str | Path) -> Programme:
    """Read, judge and compile a programme file on its way in, given as a path or as its text; each text once.

    Raises:
        ProgrammeFileError: naming file, line and key of all that is wrong.
    """
    if isinstance(source, Path):
        return _judged(text_of(source), source.name)
    return _judged(source, "programme")


@lru_cache(maxsize=64)
def stored_programme(text: str) -> Programme:
    """Compile the text of a stored version, without its examples; each text once.

    It was judged when it came in, by the checks of that day. Checks that were added since have no say in it: decisions
    were taken under it.

    Raises:
        ProgrammeFileError: it does not have the shape of a programme file, or cannot be compiled at all.
    """
    document = read(text, file="programme")
    entry = validate(document, ProgrammeFile)
    try:
        return _programme(entry, text, compile_terms(entry))
    except (LookupError, StopIteration):  # no check of any day let this pass: what contradicts itself says why
        raise document.error(*contradictions(entry)) from None


@lru_cache(maxsize=64)
def _judged(text: str, file: str) -> Programme:
    document = read(text, file=file)
    entry = validate(document, ProgrammeFile)
    wrong = list(contradictions(entry))
    if wrong:
        raise document.error(*wrong)
    terms = compile_terms(entry)
    return _programme(entry, text, terms, _cases(entry, terms, document))


def _programme(entry: ProgrammeFile, text: str, terms: Terms, cases: tuple[Case, ...] = ()) -> Programme:
    return Programme(
        code=entry.municipality.code,
        slug=entry.municipality.slug,
        name=entry.municipality.name,
        title=entry.programme.name,
        published=entry.programme.published,
        effective_from=entry.programme.effective_from,
        document=entry.programme.document,
        sha256=sha256(text.encode()).hexdigest(),
        terms=terms,
        cases=cases,
        said_in=words_offered(terms),
    )


def _cases(entry: ProgrammeFile, terms: Terms, document: Document) -> tuple[Case, ...]:
    try:
        return read_cases(entry.examples, terms)
    except Mistakes as wrong:
        raise document.error(*wrong.found) from None
