"""Who may do what with an application or a birth. Services ask these permissions; the life cycle names them."""

import rules

from postpartum_portal.accounts.predicates import decides_at_its_centre, is_own, works_at_its_centre

rules.add_perm("applications.submit", is_own)
rules.add_perm("applications.withdraw", is_own)
rules.add_perm("applications.record_birth", is_own | works_at_its_centre)
rules.add_perm("applications.record_loss", is_own | works_at_its_centre)
rules.add_perm("applications.report_change", is_own)
rules.add_perm("applications.withdraw_window_notice", is_own)
rules.add_perm("applications.write_message", is_own)
# Nobody works on an application of her own: mothers who are staff apply here too.
rules.add_perm("applications.screen", works_at_its_centre & ~is_own)
rules.add_perm("applications.decide", decides_at_its_centre & ~is_own)
