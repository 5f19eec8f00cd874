"""The door of `facilities`: bookings, and what may be booked where. Joined pages come in by here."""

from .forms.citizen.seek import SeekForm
from .models import Block, Booking, Facility, MonthReport, Offering, Payment, StaffInvitation, VisitPlan, Wish
from .selectors.adjusting import freed_bookings, lies_outside
from .selectors.cards import Card, bookings_of, card_of
from .selectors.care import SAFETY, Handover, handover_numbered, handovers_of, handovers_waiting
from .selectors.case_numbers import case_numbers
from .selectors.colleagues import resets_reached
from .selectors.coupon_public import public_coupon
from .selectors.coupons import coupon_pools, usable_until
from .selectors.foreseen import outside_foreseen, prices_foreseen
from .selectors.keeping import due_ones
from .selectors.limits import place_of, places_booked, places_of
from .selectors.listed import ListedFacility, ListedService, listed_facilities
from .selectors.matching import BOOKED_BY, Matched, Wanted, Way, areas_of, match, ways_of
from .selectors.month_files import checked_month, lines_as_bookings, payment_entries, payment_list
from .selectors.month_numbers import Claimed, claim_lines, claim_sums, claimed
from .selectors.months import waiting_reports
from .selectors.numbers import OLDER_FROM, People, Uses, bookings_counted, facility_names, people, sums_of, uses
from .selectors.outcomes import leaves_outcomes_open
from .selectors.owed_answers import unanswered
from .selectors.past import past_uses
from .selectors.published import FreeDay, FreePlaces, published_places
from .selectors.receipts import due_of
from .selectors.remaining import Remaining, remaining
from .selectors.revoked import GivenUp, given_up
from .selectors.switch_prices import prices_without
from .selectors.trail import booking_rows_about, households_behind_bookings
from .selectors.unwell import all_told_unwell, told_unwell
from .selectors.uses import terms_of, use_of
from .selectors.versions import versions_of
from .selectors.waiting_list import waiting_of
from .selectors.wish_desk import WishDesk, wish_desk
from .selectors.wishes import WishCard, open_wishes, wishes_of
from .selectors.workplaces import workplaces_of, workplaces_of_all
from .services.answering import ReasonMissing, confirm, decline
from .services.arranging import arrange
from .services.attending import TooEarly, attend, no_show
from .services.blocks import block_days
from .services.booking import DayFull, NotBookable, request_booking
from .services.cancelling import ContactInFuture, cancel, preview
from .services.capacity import set_places
from .services.care import CareWords, read_care, see_handover, write_care
from .services.employing import employ
from .services.forgetting import (
    AskedAlready,
    DemandOver,
    StillOpen,
    ask_forgetting,
    confirm_forgetting,
    goes_on,
    kept_by_account,
    kept_of,
    waiting_demands,
    withdraw_demand,
)
from .services.loading import load_facility_files
from .services.patterns import Week, set_patterns
from .services.paying import Item, receive
from .services.preparations import finish_preparation, plan_preparation
from .services.shown import ConsequenceChanged, Shown
from .services.sounding import accept as accept_sounding
from .services.sounding import sound_out
from .services.staff_inviting import invite_colleague
from .services.staff_joining import invited_to_work, join
from .services.visit_plans import set_visits
from .services.waiting import wait_for
from .services.wishing import make_wish

__all__ = [
    "BOOKED_BY",
    "OLDER_FROM",
    "SAFETY",
    "AskedAlready",
    "Block",
    "Booking",
    "Card",
    "CareWords",
    "Claimed",
    "ConsequenceChanged",
    "ContactInFuture",
    "DayFull",
    "DemandOver",
    "Facility",
    "FreeDay",
    "FreePlaces",
    "GivenUp",
    "Handover",
    "Item",
    "ListedFacility",
    "ListedService",
    "Matched",
    "MonthReport",
    "NotBookable",
    "Offering",
    "Payment",
    "People",
    "ReasonMissing",
    "Remaining",
    "SeekForm",
    "Shown",
    "StaffInvitation",
    "StillOpen",
    "TooEarly",
    "Uses",
    "VisitPlan",
    "Wanted",
    "Way",
    "Week",
    "Wish",
    "WishCard",
    "WishDesk",
    "accept_sounding",
    "all_told_unwell",
    "areas_of",
    "arrange",
    "ask_forgetting",
    "attend",
    "block_days",
    "booking_rows_about",
    "bookings_counted",
    "bookings_of",
    "cancel",
    "card_of",
    "case_numbers",
    "checked_month",
    "claim_lines",
    "claim_sums",
    "claimed",
    "confirm",
    "confirm_forgetting",
    "coupon_pools",
    "decline",
    "due_of",
    "due_ones",
    "employ",
    "facility_names",
    "finish_preparation",
    "freed_bookings",
    "given_up",
    "goes_on",
    "handover_numbered",
    "handovers_of",
    "handovers_waiting",
    "households_behind_bookings",
    "invite_colleague",
    "invited_to_work",
    "join",
    "kept_by_account",
    "kept_of",
    "leaves_outcomes_open",
    "lies_outside",
    "lines_as_bookings",
    "listed_facilities",
    "load_facility_files",
    "make_wish",
    "match",
    "no_show",
    "open_wishes",
    "outside_foreseen",
    "past_uses",
    "payment_entries",
    "payment_list",
    "people",
    "place_of",
    "places_booked",
    "places_of",
    "plan_preparation",
    "preview",
    "prices_foreseen",
    "prices_without",
    "public_coupon",
    "published_places",
    "read_care",
    "receive",
    "remaining",
    "request_booking",
    "resets_reached",
    "see_handover",
    "set_patterns",
    "set_places",
    "set_visits",
    "sound_out",
    "sums_of",
    "terms_of",
    "told_unwell",
    "unanswered",
    "usable_until",
    "use_of",
    "uses",
    "versions_of",
    "wait_for",
    "waiting_demands",
    "waiting_of",
    "waiting_reports",
    "ways_of",
    "wish_desk",
    "wishes_of",
    "withdraw_demand",
    "workplaces_of",
    "workplaces_of_all",
    "write_care",
]
