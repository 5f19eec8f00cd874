"""Who may do what with a booking. Services ask these permissions; the life cycle names them at its transitions."""

from typing import Any

import rules

from eligibility.engine import is_fee
from postpartum_portal.accounts.predicates import decides_at_its_centre, is_own, works_at_its_centre

from .models import StaffMembership


@rules.predicate
def works_at_its_facility(user: Any, booking: Any) -> bool:
    return StaffMembership.objects.filter(user_id=user.pk, facility_id=booking.facility_id).exists()


@rules.predicate
def works_at_its_association(user: Any, booking: Any) -> bool:
    """Where its facility books through one under the municipality's contract."""
    through = {
        "facility__books_for__facility": booking.facility_id,
        "facility__books_for__municipality": booking.municipality_id,
    }
    return StaffMembership.objects.filter(user_id=user.pk, **through).exists()


answers_there = works_at_its_facility | works_at_its_association


@rules.predicate
def works_there(user: Any, facility: Any) -> bool:
    return StaffMembership.objects.filter(user_id=user.pk, facility_id=facility.pk).exists()


@rules.predicate
def manages_there(user: Any, row: Any) -> bool:
    """Of a row that belongs to a facility: a membership, an invitation, an amount of its own."""
    return StaffMembership.objects.filter(user_id=user.pk, facility_id=row.facility_id, manages=True).exists()


@rules.predicate
def is_a_fee(_user: Any, amount: Any) -> bool:
    """What a late cancellation or a no-show costs."""
    return is_fee(amount.key)


rules.add_perm("facilities.request", is_own | works_at_its_centre)
rules.add_perm("facilities.answer", answers_there)
rules.add_perm("facilities.cancel", is_own | works_at_its_facility | works_at_its_association | works_at_its_centre)
rules.add_perm("facilities.attend", works_at_its_facility)
# Money of one's own use is received by a colleague.
rules.add_perm("facilities.collect", works_at_its_facility & ~is_own)
rules.add_perm("facilities.see_handover", works_at_its_centre & ~is_own)
rules.add_perm("facilities.move", is_own | works_at_its_facility | works_at_its_centre)
# Where no rule is published for a cancellation or a no-show; not of one's own booking.
rules.add_perm("facilities.decide_outcome", (works_at_its_facility | decides_at_its_centre) & ~is_own)
rules.add_perm("facilities.set_places", works_there)
# Whoever shows her coupon at the desk has it enter what they agree on.
rules.add_perm("facilities.enter", works_at_its_facility)
rules.add_perm("facilities.hold", works_at_its_facility | works_at_its_association)
rules.add_perm("facilities.enter_amount", decides_at_its_centre)
rules.add_perm("facilities.end_contract", decides_at_its_centre)
# What the programme leaves to the facility; the prices of its list are the municipality's to enter.
rules.add_perm("facilities.enter_own_fee", manages_there & is_a_fee)
rules.add_perm("facilities.wish", is_own)
rules.add_perm("facilities.withdraw_wish", is_own)
# Another hour on the day of a visit, agreed on the phone by whoever comes.
rules.add_perm("facilities.agree_hour", (works_at_its_facility | works_at_its_association) & ~is_own)
# Nobody arranges a day of her own: mothers who are staff wish for days here too.
rules.add_perm("facilities.arrange", works_at_its_centre & ~is_own)
# The visit before the visits is moved and recorded by whoever hears of it first.
rules.add_perm("facilities.prepare", (works_at_its_facility | works_at_its_association | works_at_its_centre) & ~is_own)
# What a mother says on the phone is taken down for her; not for oneself.
rules.add_perm("facilities.take_wish", works_at_its_centre & ~is_own)
# A wish opens again by itself, when what was arranged is declined or expires.
rules.add_perm("facilities.reopen_wish", rules.always_false)
# Only time lets a request expire: the planner has no user, and no user has this.
rules.add_perm("facilities.expire", rules.always_false)
# Time and free places move the waiting list: jobs and the planner have no user, and no user has this.
rules.add_perm("facilities.keep_waiting_list", rules.always_false)
rules.add_perm("facilities.wait", is_own)
rules.add_perm("facilities.take_waiting", is_own)
rules.add_perm("facilities.withdraw_waiting", is_own)
# Where money goes is for who manages the facility.
rules.add_perm("facilities.set_payee", manages_there)
# Who claims a month does not check it too, should one person work on both sides.
rules.add_perm("facilities.close_month", works_at_its_facility)
rules.add_perm("facilities.check_month", works_at_its_centre & ~works_at_its_facility)
# Whoever checks months does not pay them alone: a decider puts them on a list.
rules.add_perm("facilities.pay_month", decides_at_its_centre & ~works_at_its_facility)
rules.add_perm("facilities.pay_by_list", decides_at_its_centre)
rules.add_perm("facilities.waive_fee", works_at_its_facility & ~is_own)
rules.add_perm("facilities.manage_staff", manages_there)
# The first of a facility's staff, who then invites the others. That nobody works there yet, the service itself asks.
rules.add_perm("facilities.invite_first", decides_at_its_centre)
# A lost second factor of a colleague; a centre under contract asks and confirms too (of the contract). That it is not
# one's own, and another than the one who asked, the services themselves ask.
rules.add_perm("facilities.ask_reset", works_at_its_facility)
rules.add_perm("facilities.ask_reset_as_centre", works_at_its_centre)
rules.add_perm("facilities.confirm_reset", manages_there)
rules.add_perm("facilities.confirm_reset_as_centre", decides_at_its_centre)
