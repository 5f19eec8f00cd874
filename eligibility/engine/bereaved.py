"""After a miscarriage or stillbirth: what a sentence speaks of that such a family is never told."""

import re

OF_CHILDREN = re.compile("お子さ|子ども|赤ちゃん|乳児|新生児|多胎|双子|生まれ|出生|出産|妊娠|授乳")
"""A child, or a birth to come. Not among them: words in names of offices and facilities (こども, 子育て, 育児)."""
