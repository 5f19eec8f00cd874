"""What is typed outlives the session: every form with boxes carries whose page it is, also one of a rare state."""

import re
from collections.abc import Iterator
from pathlib import Path

TEMPLATES = Path("templates")
FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
INCLUDED = re.compile(r'\{% include "([^"]+)"')
BOXES = re.compile(
    r'\|crispy|\{% crispy|dads/field\.html|<textarea|<select|<input(?! type="(?:hidden|checkbox|radio|file)")'
)
WITHOUT = {
    "centre/_assign.html": "ticks in the list beside it, and a name to choose",
    "centre/import.html": "a file, which never waits",
    "citizen/_day_form.html": "anybody's page: the question is in the address",
    "citizen/certificates.html": "files, which never wait",
    "citizen/certificates_later.html": "files, which never wait",
    "citizen/check.html": "anybody's page: the question is in the address",
    "citizen/check_answer.html": "anybody's page: the question is in the address",
    "demo/clock.html": "the demo's clock, which anybody moves",
    "styleguide/forms.html": "samples, which go nowhere",
    "account/confirm_code_page.html": "a code that is over in minutes",
    "account/login.html": "the sign-in itself",
    "account/signup.html": "the way in",
    "mfa/authenticate.html": "the sign-in itself",
    "mfa/reauthenticate.html": "the sign-in itself",
    "mfa/totp/activate_form.html": "a code that is over in half a minute",
    "mfa/webauthn/add_form.html": "goes with a key that the browser makes now",
    "mfa/webauthn/edit_form.html": "one name, behind a second factor that is asked for again",
}


def without(texts: dict[str, str]) -> Iterator[str]:
    """The templates with a form that is typed in and does not say whose it is."""
    for name, text in texts.items():
        for form in FORM.findall(text):
            if 'method="post"' in form and "{% whose %}" not in form and BOXES.search(_whole(form, texts)):
                yield name


def _whole(form: str, texts: dict[str, str]) -> str:
    """With what it includes."""
    return form + "".join(_whole(texts.get(name, ""), texts) for name in INCLUDED.findall(form))


def test_every_form_with_boxes__says_whose_page_it_is() -> None:
    texts = {str(path.relative_to(TEMPLATES)): path.read_text() for path in TEMPLATES.rglob("*.html")}

    assert {*without(texts)} == WITHOUT.keys()


def test_control__a_form_that_forgets_it_is_found() -> None:
    texts = {
        "forgets.html": '<form method="post">{% include "boxes.html" %}</form>',
        "boxes.html": '{% include "dads/field.html" with field=form.why %}',
        "keeps.html": '<form method="post">{% whose %}<textarea name="why"></textarea></form>',
        "asks.html": '<form method="get"><input type="text" name="q"></form>',
    }
    assert [*without(texts)] == ["forgets.html"]
