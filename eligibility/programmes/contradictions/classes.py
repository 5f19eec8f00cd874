"""Contradictions about documents and household classes."""

from collections.abc import Iterator

from eligibility.programmes.contradictions.found import Found, codes_of, twice, unknown
from eligibility.programmes.reading import Path
from eligibility.programmes.schema import ClassEntry, ProgrammeFile

APRIL, DECEMBER = 4, 12


def contradictions(file: ProgrammeFile) -> Iterator[Found]:
    yield from twice(("documents",), "label", [entry.label for entry in file.documents])
    yield from twice(("classes",), "label", [entry.label for entry in file.classes])
    for number, document in enumerate(file.documents):
        if document.consent and document.paper_only:
            yield ("documents", number, "consent"), "同意には紙がありません。paper_only といっしょには書けません。"
    for number, entry in enumerate(file.classes):
        yield from _proof(("classes", number, "proof"), entry, number, file)
    yield from _bands(file.classes)


def _proof(path: Path, entry: ClassEntry, number: int, file: ProgrammeFile) -> Iterator[Found]:
    if entry.proof is None:
        return
    if number == 0:
        yield path, "初めの区分は、証明書がないときの区分です。証明書は書けません。"
    if not entry.proof.any_of:
        yield (*path, "any_of"), "1つ以上書いてください。"
    yield from unknown((*path, "any_of"), entry.proof.any_of, codes_of(file.documents), "documents")
    month = entry.proof.fiscal_year_from_month
    if month is not None and not APRIL <= month <= DECEMBER:
        yield (*path, "fiscal_year_from_month"), "4から12までの月を書いてください(7: 4〜6月は前の年度の証明書)。"


def _bands(classes: tuple[ClassEntry, ...]) -> Iterator[Found]:
    """Bands of income lie side by side: from nothing to open, none twice and none left out."""
    bands = [(entry.income, number) for number, entry in enumerate(classes) if entry.income]
    bands.sort(key=lambda band: band[0].at_least or 0)
    reached: int | None = 0
    number = 0
    for band, number in bands:
        path: Path = ("classes", number, "income")
        begins = band.at_least or 0
        if band.under is not None and band.under <= begins:
            yield (*path, "under"), "at_least より大きい数を書いてください。"
        if reached is None or begins < reached:
            yield path, "ほかの区分の所得と重なっています。"
        elif begins > reached:
            yield path, f"{reached}円から{begins}円までの区分がありません。"
        reached = band.under
    if bands and reached is not None:
        yield ("classes", number, "income", "under"), f"{reached}円からの区分がありません。"
