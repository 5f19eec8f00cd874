"""The facilities of a municipality as its page lists them, read from their file."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path as FilePath

from eligibility.engine import Source, Terms, Yen
from eligibility.programmes.facility_codes import unknown_codes
from eligibility.programmes.facility_records import (
    Accepts,
    Ages,
    AmountRecord,
    BookingWay,
    ContractPriceRecord,
    FacilityList,
    FacilityRecord,
    ServiceRecord,
)
from eligibility.programmes.fields import Sourced
from eligibility.programmes.reading import Path, read, text_of, validate
from eligibility.programmes.schema import facilities as schema


def load_facilities(path: FilePath, programmes: Sequence[Terms] = ()) -> FacilityList:
    """Read a facility file; where versions of its programme are given, it may name only what one of them knows.

    Raises:
        ProgrammeFileError: naming file, line and key of all that is wrong.
    """
    document = read(text_of(path), file=path.name)
    file = validate(document, schema.FacilityFile)
    wrong = [*_contradictions(file, document.file), *unknown_codes(file, programmes)]
    if wrong:
        raise document.error(*wrong)
    return FacilityList(
        municipality=file.municipality,
        starts=file.starts,
        sample=file.sample,
        facilities=tuple(_facility(entry, file) for entry in file.facilities),
        amounts=tuple(_amount(entry, entry.key, file.starts, file) for entry in file.amounts),
        contract_prices=tuple(_contract_price(entry, file) for entry in file.contract_prices),
    )


def _facility(entry: schema.FacilityEntry, file: schema.FacilityFile) -> FacilityRecord:
    starts = entry.starts or file.starts
    return FacilityRecord(
        code=entry.code,
        kind=entry.kind,
        name=entry.name,
        legal_name=entry.legal_name,
        postcode=entry.postcode,
        address=entry.address,
        area=entry.area,
        phones=entry.phones,
        url=entry.url,
        message=entry.message,
        starts=starts,
        ends=entry.ends,
        accepts=_accepts(entry),
        booking=_booking(entry.booking) if entry.booking else None,
        offers=tuple(_service(service, starts, file) for service in entry.services),
        places=entry.places,
        note=entry.note,
        source=_source(entry, file),
    )


def _service(entry: schema.ServiceEntry, starts: date, file: schema.FacilityFile) -> ServiceRecord:
    amounts = tuple(_amount(price, f"{entry.code}.{price.of}", starts, file) for price in entry.prices)
    return ServiceRecord(entry.code, _accepts(entry), amounts)


def _accepts(entry: schema.Accepting) -> Accepts:
    ages = entry.ages
    limit = Ages(ages.under, ages.unit, ages.inclusive, ages.title) if ages else None
    return Accepts(limit, entry.multiples, entry.siblings)


def _booking(entry: schema.BookingEntry) -> BookingWay:
    return BookingWay(entry.by, entry.text, entry.name, entry.code or "", entry.phone, entry.email, entry.url)


def _amount(entry: schema.AmountEntry, key: str, starts: date, file: schema.FacilityFile) -> AmountRecord:
    return AmountRecord(
        key=key,
        household_class=entry.household_class,
        amount=Yen(entry.amount),
        per=entry.per,
        starts=entry.starts or starts,
        source=_source(entry, file),
    )


def _contract_price(entry: schema.ContractPriceEntry, file: schema.FacilityFile) -> ContractPriceRecord:
    return ContractPriceRecord(
        entry.facility, entry.service, entry.kind, Yen(entry.amount), entry.per, _source(entry, file)
    )


def _source(entry: Sourced, file: schema.FacilityFile) -> Source:
    """The entry's sentence; what the whole list is read by stands before what this entry is read by."""
    own = entry.origin(file.document, file.url)
    return Source(own.text, own.document, own.url, file.reading + own.reading)


def _contradictions(file: schema.FacilityFile, name: str) -> Iterator[tuple[Path, str]]:
    """Where the file contradicts itself: path and sentence."""
    if name != f"{file.municipality}.yaml":
        yield ("municipality",), f"ファイルの名前({name})と団体コードが違います。"
    if file.amounts and not file.sample:
        sentence = "ここに書けるのは見本(sample: true)だけです。公表された額は、きまりのファイルに書きます。"
        yield ("amounts",), sentence
    if file.contract_prices and not file.sample:
        yield ("contract_prices",), "ここに書けるのは見本(sample: true)だけです。契約の額は、市が画面で入れます。"
    amounts = [(entry.key, *_moment(entry, file.starts)) for entry in file.amounts]
    for number in _repeated(amounts):
        yield ("amounts", number), "同じ日からの額がもうあります。"
    for number in _repeated([entry.code for entry in file.facilities]):
        yield ("facilities", number, "code"), "同じコードがもうあります。"
    for number, entry in enumerate(file.facilities):
        yield from _within(entry, file, ("facilities", number))


def _within(entry: schema.FacilityEntry, file: schema.FacilityFile, path: Path) -> Iterator[tuple[Path, str]]:
    starts = entry.starts or file.starts
    if file.sample and not entry.name.startswith("見本"):
        yield (*path, "name"), "見本の施設の名前は「見本」で始めてください。"
    if entry.ends and entry.ends < starts:
        yield (*path, "until"), "終わりの日が、始まりの日より前です。"
    for number in _repeated([service.code for service in entry.services]):
        yield (*path, "services", number), "同じサービスがもうあります。"
    for number, service in enumerate(entry.services):
        for again in _repeated([(price.of, *_moment(price, starts)) for price in service.prices]):
            yield (*path, "services", number, "prices", again), "同じ日からの額がもうあります。"


def _moment(entry: schema.AmountEntry, starts: date) -> tuple[str, date]:
    return entry.household_class, entry.starts or starts


def _repeated(values: Sequence[object]) -> list[int]:
    """The places of values that stood before."""
    return [number for number, value in enumerate(values) if value in values[:number]]
