"""What every booking page of a mother begins with: her entitlement, her bookings, what is left."""

from dataclasses import dataclass

from django.http import Http404

from applications.public import Birth, Entitlement, Standing, dates_of, entitlement_of, standing_of
from eligibility import engine
from facilities.models import Booking, Wish
from facilities.selectors.cards import bookings_of
from facilities.selectors.uses import use_of
from facilities.selectors.wishes import wish_with_rows
from postpartum_portal.accounts.access import PortalRequest


@dataclass(frozen=True, slots=True)
class Case:
    """A mother who may book: her standing and all her bookings."""

    standing: Standing
    bookings: tuple[Booking, ...]

    @property
    def entitlement(self) -> Entitlement:
        return self.standing.entitlement

    @property
    def after_loss(self) -> bool:
        """Whether nothing that she reads may speak of a child."""
        return self.standing.birth.outcome == Birth.Outcome.LOST

    @property
    def may_book(self) -> bool:
        """Whether the day that the periods count from is there, as far as the programme waits for it."""
        known = dates_of(self.standing.birth).birth_date is not None
        return known or self.standing.terms.booking.birth_recorded is None

    @property
    def held(self) -> list[engine.Use]:
        return [use_of(booking) for booking in self.bookings]

    def token(self, sent: str) -> str:
        """A form's token with the family's own number in front: nobody's can be somebody else's."""
        return f"{self.entitlement.pk}:{sent}"


def case_of(request: PortalRequest) -> Case | None:
    """None as long as nothing was granted to her here."""
    entitlement = entitlement_of(request.user, request.municipality)
    if entitlement is None:
        return None
    return Case(standing_of(entitlement), bookings_of(entitlement))


def own_booking(request: PortalRequest, number: str) -> Booking:
    """Her booking of this number.

    Raises:
        Http404: there is none, or it is somebody else's.
    """
    rows = Booking.objects.select_related("facility", "municipality", "citizen", "entitlement__birth")
    booking = rows.filter(municipality=request.municipality, citizen=request.user, number=number).first()
    if booking is None:
        raise Http404
    return booking


def own_wish(request: PortalRequest, pk: int) -> Wish:
    """Her wish.

    Raises:
        Http404: there is none, or it is somebody else's.
    """
    wish = wish_with_rows(pk)
    if wish is None or (wish.municipality_id, wish.citizen_id) != (request.municipality.pk, request.user.pk):
        raise Http404
    return wish
