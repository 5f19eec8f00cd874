"""Facility files become facilities, contracts and offerings. Loading again changes nothing."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.dispatch import receiver

from eligibility.programmes import FacilityRecord, load_facilities
from eligibility.public import Municipality, programmes_loaded
from facilities.models import Contract, Facility
from postpartum_portal.shared.tenancy import tenant


@receiver(programmes_loaded)
def load_facility_files(*, directory: Path, on: dt.date, **_signal: Any) -> None:
    """Load `facilities/*.yaml` of a folder of programmes; a facility that is no longer listed loses its contract.

    Raises:
        ProgrammeFileError: naming file, line and key of all that is wrong in a file.
        UnknownMunicipality: a file lists the facilities of a municipality without a programme.
    """
    for path in sorted((directory / "facilities").glob("*.yaml")):
        listed = load_facilities(path)
        municipality = Municipality.objects.filter(code=listed.municipality).first()
        if municipality is None:
            raise UnknownMunicipality(path.name)
        with tenant(municipality=municipality.pk):
            contracts = [_load(record, municipality, listed.starts) for record in listed.facilities]
            _end_others(municipality, contracts, on)


def _load(record: FacilityRecord, municipality: Municipality, starts: dt.date) -> Contract:
    facility, _ = Facility.objects.update_or_create(
        code=record.code,
        defaults={
            "name": record.name,
            "legal_name": record.legal_name,
            "postcode": record.postcode,
            "address": record.address,
            "phone": record.phones[0] if record.phones else "",
            "url": record.url,
        },
    )
    contract, _ = Contract.objects.update_or_create(
        municipality=municipality,
        facility=facility,
        defaults={"ends_on": None},
        create_defaults={"starts_on": starts},
    )
    _offer(contract, record.services)
    return contract


def _offer(contract: Contract, services: tuple[str, ...]) -> None:
    """Exactly these services; each has places of its own until the facility says that two share them."""
    contract.offerings.exclude(service__in=services).delete()
    for service in services:
        contract.offerings.get_or_create(
            service=service,
            defaults={
                "municipality_id": contract.municipality_id,
                "facility_id": contract.facility_id,
                "place": service,
            },
        )


def _end_others(municipality: Municipality, listed: list[Contract], on: dt.date) -> None:
    """A contract that is not listed any more ends today; its bookings stay."""
    gone = Contract.objects.filter(municipality=municipality, ends_on=None).exclude(pk__in=[row.pk for row in listed])
    for contract in gone:
        contract.ends_on = max(on, contract.starts_on or on)
        contract.save(update_fields=["ends_on"])


class UnknownMunicipality(Exception):
    """A facility file names a municipality that has no programme here; the message is the file's name."""
