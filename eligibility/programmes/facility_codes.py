"""What a list of facilities names and its programme does not know: services, amounts that may be given, classes."""

from collections.abc import Iterator, Sequence

from eligibility.engine import Terms, unpublished_amounts
from eligibility.programmes.reading import Path
from eligibility.programmes.schema import facilities as schema

SERVICE = "{} が、きまりのファイルの services にありません。"
CLASS = "{} が、きまりのファイルの classes にありません。"
AMOUNT = "{} は、きまりのファイルで額が公表されていない項目(unpublished)ではありません。"


def unknown_codes(file: schema.FacilityFile, programmes: Sequence[Terms]) -> Iterator[tuple[Path, str]]:
    """Path and sentence of each code that none of the versions has; nothing where there is no version to go by."""
    if not programmes:
        return
    services = {service.code for terms in programmes for service in terms.services}
    for number, facility in enumerate(file.facilities):
        for place, service in enumerate(facility.services):
            path: Path = ("facilities", number, "services", place)
            if service.code not in services:
                yield (*path, "code"), SERVICE.format(service.code)
                continue
            for which, price in enumerate(service.prices):
                yield from _amount((*path, "prices", which), "of", f"{service.code}.{price.of}", price, programmes)
    for number, amount in enumerate(file.amounts):
        yield from _amount(("amounts", number), "key", amount.key, amount, programmes)


def _amount(
    path: Path, named_by: str, key: str, entry: schema.AmountEntry, programmes: Sequence[Terms]
) -> Iterator[tuple[Path, str]]:
    if not any(key == amount.key for terms in programmes for amount, _ in unpublished_amounts(terms)):
        yield (*path, named_by), AMOUNT.format(key)
    classes = {household.code for terms in programmes for household in terms.classes}
    if entry.household_class and entry.household_class not in classes:
        yield (*path, "household_class"), CLASS.format(entry.household_class)
