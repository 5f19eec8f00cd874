"""Who may do what with an application or a birth. Services ask these permissions; the life cycle names them."""

from typing import Any

import rules

from applications.models import Application, Proxy
from postpartum_portal.accounts.predicates import decides_at_its_centre, is_own, works_at_its_centre


@rules.predicate
def is_writer(user: Any, proxy: Any) -> bool:
    """This very person writes in the mother's place."""
    return bool(proxy.writer_id == user.pk)


@rules.predicate
def writes_it(user: Any, application: Any) -> bool:
    """She has it in hand for the mother, and has not handed it over."""
    mine = Proxy.objects.filter(application_id=application.pk, writer_id=user.pk, status__in=Proxy.OPEN)
    return mine.filter(handed_over_at=None).exists()


@rules.predicate
def wrote_it(user: Any, row: Any) -> bool:
    return isinstance(row, Application) and Proxy.objects.filter(application=row, writer_id=user.pk).exists()


@rules.predicate
def asked_for_it(user: Any, opening: Any) -> bool:
    """An address is opened by two people."""
    return bool(opening.asked_by_id == user.pk)


@rules.predicate
def is_on_paper(user: Any, row: Any) -> bool:
    """It came on paper or at the counter, so the centre types in what belongs to it, and scans its papers."""
    return isinstance(row, Application) and row.on_paper


rules.add_perm("applications.submit", is_own)
rules.add_perm("applications.write", is_own | writes_it | (is_on_paper & works_at_its_centre))
rules.add_perm("applications.enter", is_on_paper & works_at_its_centre & ~is_own)
rules.add_perm("applications.hand_over", is_writer)
rules.add_perm("applications.answer_proxy", is_own | (works_at_its_centre & ~is_writer))
rules.add_perm("applications.end_proxy", is_own | is_writer | works_at_its_centre)
rules.add_perm("applications.take_over", is_own)
rules.add_perm("applications.offer_account", works_at_its_centre & ~is_own)
rules.add_perm("applications.join", is_own)
rules.add_perm("applications.withdraw", is_own | works_at_its_centre)
rules.add_perm("applications.record_birth", is_own | works_at_its_centre)
rules.add_perm("applications.record_loss", is_own | works_at_its_centre)
rules.add_perm("applications.report_change", is_own)
rules.add_perm("applications.withdraw_window_notice", is_own)
rules.add_perm("applications.write_message", is_own)
# Nobody works on an application of her own: mothers who are staff apply here too. Nor does anybody decide on what she
# wrote for another.
rules.add_perm("applications.confirm_address", works_at_its_centre & ~is_own & ~asked_for_it)
rules.add_perm("applications.screen", works_at_its_centre & ~is_own)
rules.add_perm("applications.decide", decides_at_its_centre & ~is_own & ~wrote_it)
rules.add_perm("applications.take_over_approvals", decides_at_its_centre)
rules.add_perm("applications.restart_work", works_at_its_centre)
