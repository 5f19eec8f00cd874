"""Markup planted in every text of the world, and a browser that is answered in this process."""

import re
from collections.abc import Iterator
from contextvars import copy_context
from typing import Any
from urllib.parse import urlsplit

import yaml
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django_scopes import scopes_disabled
from playwright.sync_api import BrowserContext, Dialog, Page, Route

from eligibility.models import ProgrammeVersion
from eligibility.programmes.programme import load_programme
from tests.access.asking import ask
from tests.access.world import TOWNS

SHORT = "<kqx-7>"
MIDDLE = "\"' kqx7=1 ><kqx-7>"
LONG = f"{MIDDLE}<script>__ran=1</script><img src=//evil.test/k onerror=__ran=1>"
"""An element and an attribute of no page; a script, a handler and a foreign server, for where there is room."""

ORIGIN = "http://localhost"
APPS = ("shared", "eligibility", "accounts", "applications", "facilities")
WORDS = re.compile("[ぁ-んァ-ヶ一-龠]")
"""What is written in these is a word; codes, numbers and names of files have none."""

FREE = 60
"""Of so many characters on, an empty field takes markup too: a note, a reason, a message."""

NOT_TYPED = {
    "sha256",
    "report_sha256",
    "claim_sha256",
    "unfit_sha256",
    "storage_name",
    "file",
    "report_file",
    "claim_file",
}
NOT_TYPED |= {
    "key",
    "kind",
    "form_token",
    "token",
    "password",
    "last_error",
    "message_id",
    "text_of_version",
    "file_name",
}
NAMED_BY = {"office", "area", "verb", "household_class", "code", "record"}
"""Words by which rows find each other."""

KNOWN_BY = {"name", "label"}
"""Words of a programme that others in it repeat."""

LOOK = """() => ({
    ran: window.__ran || '',
    broken: window.__violations.join(' | '),
    tags: document.querySelectorAll('kqx-7, [kqx7], [onerror], [onload]').length,
    links: document.querySelectorAll('[href^="javascript:" i], [src^="javascript:" i], [action^="javascript:" i]')
        .length,
    shown: document.documentElement.textContent.includes('<kqx-7>')
        || [...document.querySelectorAll('input')].some(box => box.value.includes('<kqx-7>')),
})"""
LISTEN = """
window.__violations = [];
document.addEventListener('securitypolicyviolation', event =>
    window.__violations.push(event.violatedDirective + ' ' + event.blockedURI));
window.alert = window.confirm = window.prompt = () => { window.__ran = 'dialog'; };
"""


def plant() -> int:
    """Write markup into every word of every row; how many fields carry it now."""
    planted = 0
    with scopes_disabled():
        for app in APPS:
            for model in apps.get_app_config(app).get_models():
                fields = [field for field in model._meta.concrete_fields if _is_text(field)]
                for row in model._base_manager.all() if fields else ():
                    planted += sum(_changed(row, field) for field in fields)
        planted += sum(_programme(version) for version in ProgrammeVersion.objects.filter(municipality__slug__in=TOWNS))
    return planted


def _is_text(field: Any) -> bool:
    kinds = models.CharField | models.TextField | models.JSONField
    spared = field.choices or field.unique or field.name in NOT_TYPED | NAMED_BY
    other = isinstance(field, models.EmailField | models.SlugField) or field.model is ProgrammeVersion
    return isinstance(field, kinds) and not spared and not other


def _changed(row: Any, field: Any) -> bool:
    value = getattr(row, field.name)
    if isinstance(field, models.JSONField):
        wanted = _in_json(value)
    elif isinstance(field, models.URLField):
        wanted = f"{value}{SHORT}" if value else value  # what is no address at all is refused where it is typed
    else:
        wanted = _in_text(value or "", field.max_length or 10_000, free=field.blank)
    if wanted == value:
        return False
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**{field.name: wanted})
    except IntegrityError:  # where the state of a row forbids a word, nobody can have typed one
        return False
    return True


def _in_text(value: str, most: int, *, free: bool) -> str:
    if not WORDS.search(value) and (value or not free or most < FREE):
        return value
    for markup in (LONG, MIDDLE, SHORT):
        if len(value) + len(markup) <= most:
            return value + markup
    return value[: most - len(SHORT)] + SHORT if most > 2 * len(SHORT) else value


def _in_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: inner if name in NAMED_BY else _in_json(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_in_json(inner) for inner in value]
    return value + MIDDLE if isinstance(value, str) and WORDS.search(value) else value


def _programme(version: ProgrammeVersion) -> bool:
    """All words of a programme but those by which it is known; its examples, which tell of them, are left out."""
    data = yaml.load(version.text, Loader=yaml.BaseLoader)  # noqa: S506  # strings only
    data.pop("examples", None)
    text = yaml.dump(_worded(data), allow_unicode=True, default_style='"', Dumper=yaml.CSafeDumper)
    load_programme(text)
    ProgrammeVersion.objects.filter(pk=version.pk).update(text=text)
    return True


def _worded(data: Any, key: str = "") -> Any:
    if isinstance(data, dict):
        return {name: _worded(value, name) for name, value in data.items()}
    if isinstance(data, list):
        return [_worded(value, key) for value in data]
    return data + MIDDLE if WORDS.search(data) and key not in KNOWN_BY else data


class Window:
    """A page of a real browser; what it asks for is answered here, as to whoever `session` belongs."""

    def __init__(self, context: BrowserContext) -> None:
        self.session = ""
        self.ready: dict[str, Any] = {}
        self.complaints: list[str] = []
        self._static: dict[str, Any] = {}
        self._here = copy_context()  # with this test's database
        self.page: Page = context.new_page()
        self.page.add_init_script(LISTEN)
        self.page.on("console", lambda said: self._note(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self._note(str(error)))
        self.page.on("dialog", self._dismiss)
        context.route("**/*", self._answer)

    def shows(self, path: str) -> dict[str, Any]:
        """Open an address; what was found there, and what went wrong behind it."""
        self.complaints.clear()
        self.page.goto(f"{ORIGIN}{path}")
        return {**self.page.evaluate(LOOK), "complaints": [*self.complaints]}

    def _dismiss(self, dialog: Dialog) -> None:
        self._note("a dialog")
        dialog.dismiss()

    def _note(self, complaint: str) -> None:
        if "status of 4" not in complaint:  # a page that says so is looked at too
            self.complaints.append(complaint)

    def _answer(self, route: Route) -> None:
        asked = urlsplit(route.request.url)
        if f"{asked.scheme}://{asked.netloc}" != ORIGIN:
            self._note(f"asks {asked.netloc}")
            route.abort()
            return
        path = asked.path + (f"?{asked.query}" if asked.query else "")
        answer = self.ready.pop(path, None) or self._static.get(path)
        answer = answer or self._here.run(ask, "GET", path, self.session)
        if asked.path.startswith("/static/"):
            self._static[path] = answer
        body = answer.content_read if answer.streaming else answer.content
        status = 200 if 300 <= answer.status_code < 400 else answer.status_code
        route.fulfill(status=status, headers=dict(answer.headers.items()), body=body)


def wrong(found: dict[str, Any]) -> Iterator[str]:
    """Sentences about a page on which markup was taken for more than words."""
    if found["ran"]:
        yield "a script ran"
    if found["tags"]:
        yield f"{found['tags']} elements or attributes of it are there"
    if found["links"]:
        yield "an address is a script"
    if found["broken"]:
        yield f"the policy was broken: {found['broken']}"
    yield from found["complaints"]
