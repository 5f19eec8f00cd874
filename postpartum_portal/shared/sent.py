"""What a form sent, to be sent again by a button as it was (templates/components/send_again.html)."""

from django.http import QueryDict

TOKEN = "csrfmiddlewaretoken"  # noqa: S105  # the name of a box
"""Of the page it came from; the page that sends again has its own."""


def typed(form: QueryDict) -> list[tuple[str, str]]:
    """Each (name, value), in the order they came, without the page's token."""
    return [(name, str(value)) for name, values in form.lists() for value in values if name != TOKEN]
