"""What a page showed before it asked, read back from its form."""

from collections.abc import Mapping

from eligibility.engine import ConsequenceKind


def shown_in(sent: Mapping[str, str]) -> ConsequenceKind | None:
    """The consequence of cancelling that stood beside the button; None when the form does not say."""
    try:
        return ConsequenceKind(sent.get("shown", ""))
    except ValueError:
        return None
