"""A deed at the word of a button: done and said, or refused and said why."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import HttpRequest


def do_and_tell(
    request: HttpRequest, deed: Callable[[], object], said: str, *, refused: Mapping[type[Exception], str]
) -> None:
    """`refused`: what the deed may raise, in words; anything else is a mistake and passes through."""
    try:
        deed()
    except tuple(refused) as reason:
        messages.warning(request, refused[type(reason)])
    else:
        messages.success(request, said)
