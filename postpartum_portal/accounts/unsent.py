"""What somebody sent after her session had ended: kept until she signs in again, given back to her alone.

A form of a mother's, a centre's or a desk's carries `{% whose %}`, a signed field that says whose page it was, and
which. What comes with it from nobody signed in waits in that browser's own session, and stands on the same page again
once the same person has signed in: the middleware fills it in, unless the view does more with it. Files do not wait.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.contrib.messages.constants import DEFAULT_TAGS
from django.core.signing import BadSignature, Signer
from django.dispatch import receiver
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from postpartum_portal.shared import clock
from postpartum_portal.shared.typed import storable

from .filled_in import filled_in

FIELD = "whose"
KEPT = "unsent"
"""Session key."""

KEEP = dt.timedelta(hours=1)
MOST_BOXES, MOST_CHARACTERS = 100, 20_000
"""Of one form: more than any step has, less than would fill a disk. What is larger is not kept at all."""

MOST_FILES = 20
_NOT_TYPED = frozenset({FIELD, "csrfmiddlewaretoken", "go", "remove"})
_signer = Signer(salt="postpartum_portal.accounts.unsent")


def whose_page(user_pk: int, page: str = "") -> str:
    """The value of the field: this person's page, vouched for by us; without one, it is where the form is sent to."""
    return _signer.sign_object([user_pk, page])


def _whose(request: HttpRequest) -> tuple[int, str]:
    """Whose page it was, and its address.

    Raises:
        BadSignature: the form does not say.
    """
    owner, page = _signer.unsign_object(request.POST.get(FIELD, ""))
    elsewhere = page.partition("?")[0] not in ("", request.path)
    return int(owner), page if elsewhere else request.get_full_path()


def page_of(request: HttpRequest) -> str:
    """The address of the page that is shown: of one that came back with mistakes, where its form stood first."""
    if request.method == "POST":
        with suppress(BadSignature):
            return _whose(request)[1]
    return request.get_full_path()


def keep(request: HttpRequest) -> str:
    """Put what was sent by her, or by nobody signed in, aside for her whose page it was, whose address is given back.

    "" if it does not say, or is too large.
    """
    try:
        owner, page = _whose(request)
    except BadSignature:
        return ""
    if request.user.is_authenticated and request.user.pk != owner:
        return ""
    boxes = {name: request.POST.getlist(name) for name in request.POST if name not in _NOT_TYPED}
    characters = sum(len(name) + sum(map(len, values)) for name, values in boxes.items())
    if len(boxes) > MOST_BOXES or characters > MOST_CHARACTERS:
        return ""
    files = [str(file.name)[:100] for name in request.FILES for file in request.FILES.getlist(name)]
    request.session[KEPT] = {
        "whose": owner,
        "path": page.partition("?")[0],
        "action": request.path,
        "boxes": storable(boxes),
        "files": files[:MOST_FILES],
        "at": clock.now().isoformat(),
    }
    if not request.user.is_authenticated:
        request.session.set_expiry(KEEP)
    return page


def give_back(request: Any) -> QueryDict | None:
    """For a view that does more with it than to show it: what she had sent to this very page, once; None elsewhere.

    Messages tell her so, and name lost files.
    """
    if (kept := _kept_here(request)) is None:
        return None
    del request.session[KEPT]
    for level, text in _told(kept):
        messages.add_message(request, level, text)
    boxes = QueryDict(mutable=True)
    for name, values in kept["boxes"].items():
        boxes.setlist(name, values)
    return boxes


def fill_in(request: Any, response: Any) -> None:
    """Put what she had sent from this very page back into its form, once; a page without that form stays as it is."""
    if response.status_code != HTTPStatus.OK or "html" not in response.get("Content-Type", ""):
        return
    if request.htmx or (kept := _kept_here(request)) is None:
        return
    told = [
        render_to_string("components/toast.html", {"text": text, "level": DEFAULT_TAGS[level]})
        for level, text in _told(kept)
    ]
    page = filled_in(response.text, request.path, kept["action"], kept["boxes"], "".join(told))
    if page is not None:
        del request.session[KEPT]
        response.content = page


def _kept_here(request: Any) -> dict[str, Any] | None:
    """What waits for her on this very page; what is too old goes."""
    kept: dict[str, Any] | None = request.session.get(KEPT)
    if request.method != "GET" or not kept or (kept["whose"], kept["path"]) != (request.user.pk, request.path):
        return None
    if clock.now() - dt.datetime.fromisoformat(kept["at"]) > KEEP:
        del request.session[KEPT]
        return None
    return kept


def _told(kept: dict[str, Any]) -> Iterator[tuple[int, str]]:
    yield (
        messages.SUCCESS,
        _("ログインが切れる前に書いたものを、もどしました。まだ届いていません。たしかめて、もういちど送ってください。"),
    )
    for name in kept["files"]:
        yield messages.WARNING, _("「%(name)s」は、もどせません。もういちど選んでください。") % {"name": name}


@receiver(user_logged_in)
def leave_to_its_owner(request: Any, user: Any, **_kwargs: Any) -> None:
    """At a sign-in the visit lasts as long as any; somebody else's text goes at once."""
    kept = request.session.get(KEPT)
    if kept is None:
        return
    request.session.set_expiry(None)
    if kept["whose"] != user.pk:
        del request.session[KEPT]
