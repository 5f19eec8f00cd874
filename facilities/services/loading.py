"""Facility files become facilities, contracts, offerings and their published amounts. Loading again changes nothing."""

import dataclasses
import datetime as dt
from pathlib import Path
from typing import Any

import structlog
from django.db import transaction
from django.dispatch import receiver

from eligibility.programmes import Accepts, BookingWay, FacilityList, FacilityRecord, load_facilities
from eligibility.public import Municipality, programmes_loaded
from facilities.models import Contract, Facility
from postpartum_portal.shared.tenancy import tenant

from .amounts import publish_amounts
from .contracts import publish_prices

log = structlog.get_logger(__name__)


@receiver(programmes_loaded)
def load_facility_files(*, directory: Path, on: dt.date, **_signal: Any) -> None:
    """Load `facilities/*.yaml` of a folder, all or none; a facility that is no longer listed loses its contract.

    A list whose municipality has no programme here waits for it, and the log says so.

    Raises:
        ProgrammeFileError: naming file, line and key of all that is wrong in a file.
    """
    with transaction.atomic():
        for path in sorted((directory / "facilities").glob("*.yaml")):
            listed = load_facilities(path)
            municipality = Municipality.objects.filter(code=listed.municipality).first()
            if municipality is None:
                log.warning("facilities.without_programme", file=path.name)
                continue
            with tenant(municipality=municipality.pk):
                _load_list(listed, municipality, on)


def _load_list(listed: FacilityList, municipality: Municipality, on: dt.date) -> None:
    contracts = [_load(record, municipality, listed.sample, on) for record in listed.facilities]
    _end_others(municipality, contracts, listed.sample, on)
    publish_amounts(municipality, listed.amounts, sample=listed.sample, on=on)
    publish_prices(municipality, listed, on=on)


def _load(record: FacilityRecord, municipality: Municipality, sample: bool, on: dt.date) -> Contract:
    facility, _ = Facility.objects.update_or_create(
        code=record.code,
        defaults={
            "name": record.name,
            "legal_name": record.legal_name,
            "postcode": record.postcode,
            "address": record.address,
            "area": record.area,
            "phones": list(record.phones),
            "url": record.url,
            "message": record.message,
        },
    )
    listed = {
        "booked_through": _association(record.booking),
        "booking": dataclasses.asdict(record.booking) if record.booking else {},
        "note": record.note,
        "source": dataclasses.asdict(record.source),
        "sample": sample,
        **_accepting(record.accepts),
    }
    contract, _ = Contract.objects.update_or_create(
        municipality=municipality,
        facility=facility,
        defaults=listed,
        create_defaults=listed | {"starts_on": record.starts},
    )
    if contract.ended_by_id is None and contract.ends_on != record.ends:  # what the centre ended stays so
        contract.ends_on = record.ends
        contract.save(update_fields=["ends_on"])
    _offer(contract, record, on)
    return contract


def _association(way: BookingWay | None) -> Facility | None:
    """The one that takes the bookings, where the file gives it a code: somebody there may then answer here."""
    if way is None or not way.code:
        return None
    phones = [way.phone] if way.phone else []
    named = {"name": way.name, "phones": phones, "url": way.url}
    association, _ = Facility.objects.update_or_create(code=way.code, defaults=named)
    return association


def _offer(contract: Contract, record: FacilityRecord, on: dt.date) -> None:
    """Exactly these services; each has places of its own until the facility says that two share them."""
    contract.offerings.exclude(service__in=record.services).delete()
    for service in record.offers:
        own = _accepting(service.accepts)
        offering, _ = contract.offerings.update_or_create(
            service=service.code,
            defaults=own,
            create_defaults=own
            | {
                "municipality_id": contract.municipality_id,
                "facility_id": contract.facility_id,
                "place": service.code,
            },
        )
        publish_amounts(offering, service.amounts, sample=contract.sample, on=on)


def _accepting(accepts: Accepts) -> dict[str, Any]:
    """What an `Accepting` row holds."""
    ages = accepts.ages
    return {
        "age_under": ages.under if ages else None,
        "age_unit": ages.unit if ages else "",
        "age_inclusive": bool(ages and ages.inclusive),
        "age_title": ages.title if ages else "",
        "multiples": accepts.multiples,
        "siblings": accepts.siblings,
    }


def _end_others(municipality: Municipality, listed: list[Contract], sample: bool, on: dt.date) -> None:
    """A contract that is not listed any more ends today; its bookings stay. The demo's lists stand beside the real."""
    going = Contract.objects.filter(municipality=municipality, sample=sample, ends_on=None)
    for contract in going.exclude(pk__in=[row.pk for row in listed]):
        contract.ends_on = max(on, contract.starts_on or on)
        contract.save(update_fields=["ends_on"])
