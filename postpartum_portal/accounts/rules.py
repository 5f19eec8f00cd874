"""Who may do what with the programme of a municipality: `eligibility` lies below and cannot ask who somebody is."""

import rules

from .predicates import decides_at_its_centre, works_at_its_centre

rules.add_perm("eligibility.draft", works_at_its_centre)
# That it is another person than the one who uploaded it, the service itself asks: the answer needs a sentence.
rules.add_perm("eligibility.publish", decides_at_its_centre)
# Only the job keeps the result of a replay: it has no user, and no user has this.
rules.add_perm("eligibility.keep_replay", rules.always_false)
