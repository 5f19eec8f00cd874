"""What somebody sent after her session had ended: kept until she signs in again, given back to her alone.

A form of a mother's, a centre's or a desk's carries `{% whose %}`, a signed field that says whose page it was. What
comes with it from nobody signed in waits in that browser's own session, and stands on the same page again once the same
person has signed in. Files do not wait.
"""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.core.signing import BadSignature, Signer
from django.dispatch import receiver
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from postpartum_portal.shared import clock
from postpartum_portal.shared.typed import storable

FIELD = "whose"
KEPT = "unsent"
"""Session key."""

KEEP = dt.timedelta(hours=1)
MOST_BOXES, MOST_CHARACTERS = 100, 20_000
"""Of one form: more than any step has, less than would fill a disk. What is larger is not kept at all."""

MOST_FILES = 20
_NOT_TYPED = frozenset({FIELD, "csrfmiddlewaretoken", "go", "remove"})
_signer = Signer(salt="postpartum_portal.accounts.unsent")


def whose_page(user_pk: int) -> str:
    """The value of the field: this person's page, vouched for by us."""
    return _signer.sign(str(user_pk))


def keep(request: HttpRequest) -> bool:
    """Put what nobody signed in has sent aside for her whose page it was; False if it does not say, or is too large."""
    try:
        owner = int(_signer.unsign(request.POST.get(FIELD, "")))
    except BadSignature:
        return False
    boxes = {name: request.POST.getlist(name) for name in request.POST if name not in _NOT_TYPED}
    characters = sum(len(name) + sum(map(len, values)) for name, values in boxes.items())
    if len(boxes) > MOST_BOXES or characters > MOST_CHARACTERS:
        return False
    files = [str(file.name)[:100] for name in request.FILES for file in request.FILES.getlist(name)]
    request.session[KEPT] = {
        "whose": owner,
        "path": request.path,
        "boxes": storable(boxes),
        "files": files[:MOST_FILES],
        "at": clock.now().isoformat(),
    }
    request.session.set_expiry(KEEP)
    return True


def give_back(request: Any) -> QueryDict | None:
    """What she had sent to this very page, once; None on any other page. Messages tell her so, and name lost files."""
    kept = request.session.get(KEPT)
    if request.method != "GET" or not kept or (kept["whose"], kept["path"]) != (request.user.pk, request.path):
        return None
    del request.session[KEPT]
    if clock.now() - dt.datetime.fromisoformat(kept["at"]) > KEEP:
        return None
    messages.success(request, _("ログインが切れる前に書いたものを、もどしました。"))
    for name in kept["files"]:
        messages.warning(request, _("「%(name)s」は、もどせません。もういちど選んでください。") % {"name": name})
    boxes = QueryDict(mutable=True)
    for name, values in kept["boxes"].items():
        boxes.setlist(name, values)
    return boxes


def refill(request: Any, *unbound: forms.BaseForm) -> None:
    """Put what she had sent to this very page into the boxes of its forms, for her to look at and to send again.

    A form stays unbound: nothing is judged, and a view that acts on what is valid does nothing.
    """
    sent = give_back(request)
    for form in unbound if sent is not None else ():
        for name, field in form.fields.items():
            if not field.widget.value_omitted_from_data(sent, {}, form.add_prefix(name)):
                form.initial[name] = field.widget.value_from_datadict(sent, {}, form.add_prefix(name))


@receiver(user_logged_in)
def leave_to_its_owner(request: Any, user: Any, **_kwargs: Any) -> None:
    """At a sign-in the visit lasts as long as any; somebody else's text goes at once."""
    kept = request.session.get(KEPT)
    if kept is None:
        return
    request.session.set_expiry(None)
    if kept["whose"] != user.pk:
        del request.session[KEPT]
