"""Who may do what with a centre's staff, and with the programme and the settings of its municipality.

`eligibility` lies below and cannot ask who somebody is.
"""

import rules

from .predicates import decides_at_its_centre, works_at_its_centre

rules.add_perm("eligibility.draft", works_at_its_centre)
# That it is another person than the one who uploaded it, the service itself asks: the answer needs a sentence.
rules.add_perm("eligibility.publish", decides_at_its_centre)
# Only the job keeps the result of a replay: it has no user, and no user has this.
rules.add_perm("eligibility.keep_replay", rules.always_false)
# Staff of a centre. That it is not her own, and another than the one who asked, the services themselves ask.
rules.add_perm("accounts.manage_staff", decides_at_its_centre)
rules.add_perm("accounts.ask_reset", works_at_its_centre)
rules.add_perm("accounts.confirm_reset", decides_at_its_centre)
rules.add_perm("eligibility.change_settings", decides_at_its_centre)
