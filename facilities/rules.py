"""Who may do what with a booking. Services ask these permissions; the life cycle names them at its transitions."""

from typing import Any

import rules

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


@rules.predicate
def works_there(user: Any, facility: Any) -> bool:
    return StaffMembership.objects.filter(user_id=user.pk, facility_id=facility.pk).exists()


rules.add_perm("facilities.request", is_own | works_at_its_centre)
rules.add_perm("facilities.answer", works_at_its_facility | works_at_its_association)
rules.add_perm("facilities.cancel", is_own | works_at_its_facility | works_at_its_association | works_at_its_centre)
rules.add_perm("facilities.attend", works_at_its_facility)
rules.add_perm("facilities.move", is_own | works_at_its_facility | works_at_its_centre)
# Where no rule is published for a cancellation or a no-show; not of one's own booking.
rules.add_perm("facilities.decide_outcome", (works_at_its_facility | decides_at_its_centre) & ~is_own)
rules.add_perm("facilities.set_places", works_there)
rules.add_perm("facilities.hold", works_at_its_facility | works_at_its_association)
rules.add_perm("facilities.enter_amount", decides_at_its_centre)
rules.add_perm("facilities.wish", is_own)
rules.add_perm("facilities.withdraw_wish", is_own)
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
