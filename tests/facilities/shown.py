"""What a page told of a consequence, as a test sends it back."""

import re

from eligibility.engine import ConsequenceKind
from facilities.public import Shown

FREE = Shown(ConsequenceKind.IN_TIME, 0, ())


def shown_on(page: str) -> str:
    """The value that stands in a page's form."""
    found = re.search(r'name="shown" value="([^"]+)"', page)
    assert found, "the page tells no consequence"
    return found.group(1)
