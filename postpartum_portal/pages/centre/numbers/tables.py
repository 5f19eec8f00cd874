"""All tables of a span, each made of what the database counted: a fixed number of queries for any number of cases."""

from applications.public import application_numbers
from facilities.public import claimed, facility_names, people, uses

from .application_sheets import grounds_sheet, pools_sheet, received_sheet, status_sheet, waited_sheet
from .asked import Asked
from .claim_sheets import claims_sheet
from .labels import labels_of
from .report_sheets import classes_sheet, details_sheet, months_sheet
from .sheets import Sheet
from .use_sheets import ended_sheet, reductions_sheet, use_sheet


def dashboard(asked: Asked, municipality_id: int) -> tuple[Sheet, ...]:
    """What happened, in the scope of the municipality."""
    span, labels = asked.span, labels_of(municipality_id)
    came, counted = application_numbers.received(span), uses(span)
    facilities = facility_names(row.facility for row in counted)
    return (
        received_sheet(came, asked),
        status_sheet(came, asked),
        waited_sheet(application_numbers.waited(span), asked),
        grounds_sheet(application_numbers.grounds(span), asked),
        use_sheet(counted, labels.services, facilities, asked),
        reductions_sheet(counted, labels.services, asked),
        ended_sheet(counted, asked),
        pools_sheet(application_numbers.pool_uses(span), labels.pools, asked),
    )


def report(asked: Asked, municipality_id: int) -> tuple[Sheet, ...]:
    """What city and state ask for, in the scope of the municipality."""
    span, labels = asked.span, labels_of(municipality_id)
    counted = uses(span)
    return (
        classes_sheet(counted, people(span), labels.services, labels.classes, asked),
        months_sheet(counted, labels.services, asked),
        details_sheet(counted, labels.services, labels.classes, asked),
        claims_sheet(claimed(span), labels.services, asked),
    )
