"""What a careful reader would notice: dead templates, dead links, mails without words, figures of the law in code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth import __file__ as allauth_file
from crispy_forms import __file__ as crispy_file
from django.apps import apps
from django.contrib.staticfiles import finders
from django.urls import get_resolver

from tests import sources

HANDED_TO_DJANGO = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html", "503.html"}
MAIL_WRITERS = ("mail.post", "tell_mother", "tell_her")
NAMED_URL = re.compile(r"""{%\s*(?:url|nav_link)\s+["']([\w:-]+)["']""")
NAMED_STATIC = re.compile(r"""{%\s*static\s+["']([^"']+)["']""")
NAMED_TEMPLATE = re.compile(r"""["']([\w/.-]+\.(?:html|txt))["']""")
FIGURE = re.compile(r"\d+,\d{3}円|\d{3,}円|[1-9]\d*か月|[2-9]\d*泊")
"""Amounts, ages and nights, as a municipality would publish them."""
INLINE_SCRIPT = re.compile(r"""<script(?![^>]*\s(?:src=|type="application/json"))""")
LEFT_BEHIND = re.compile(r"\b(TODO|FIXME|XXX|lorem ipsum)\b", re.IGNORECASE)


# templates


def test_templates__are_all_used() -> None:
    named = set(_template_names_in_code()) | set(_template_names_in_templates()) | HANDED_TO_DJANGO
    unused = [
        name
        for path in [*sources.templates(), *sources.templates("*.txt")]
        if (name := str(path.relative_to(sources.TEMPLATES))) not in named and not _is_asked_for_elsewhere(name)
    ]
    assert not unused


def _template_names_in_code() -> Iterator[str]:
    for path in sources.modules(*sources.APPS):
        for _, text in sources.strings(path):
            yield text
            yield f"mail/{text}.txt"  # the name of a kind, wherever it is handed on
        yield from _names_put_together(path)


def _template_names_in_templates() -> Iterator[str]:
    for path in [*sources.templates(), *sources.templates("*.txt")]:
        yield from NAMED_TEMPLATE.findall(path.read_text())


def _names_put_together(path: Path) -> Iterator[str]:
    """`f"citizen/about_{page}.html"` names every template of that shape."""
    for node in ast.walk(sources.tree(path)):
        if isinstance(node, ast.JoinedStr) and ast.unparse(node).endswith(".html'"):
            shape = "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values)
            yield from (str(found.relative_to(sources.TEMPLATES)) for found in sources.TEMPLATES.glob(shape))


def _is_asked_for_elsewhere(name: str) -> bool:
    """A template that a package's code names: of allauth's pages and mails, of crispy's template pack."""
    if name.startswith("dads/"):
        return any(name.removeprefix("dads") in path.read_text() for path in Path(crispy_file).parent.rglob("*.py"))
    if name.startswith("mail/account/"):
        name = f"account/email/{Path(name).stem}_message.txt"
    return (Path(allauth_file).parent / "templates" / name).exists()


@pytest.mark.parametrize("path", sources.templates(), ids=sources.shown)
def test_template__is_clean(path: Path) -> None:
    """A strict content policy holds and nothing is left behind."""
    text = _without_comments(path.read_text())
    named = r"on[a-z]+" if path.name == "frame.html" else r"style|on[a-z]+"  # a mail has no sheet and no policy
    assert not re.search(rf"""\s({named})\s*=\s*["']""", text), "no inline style or script: the policy stops it"
    assert "placeholder" not in text, "support text stands above the box"
    assert not INLINE_SCRIPT.search(text), "scripts live in static/js"
    for form in re.findall(r"<form\b.*?</form>", text, re.DOTALL):
        assert 'method="post"' not in form or "{% csrf_token %}" in form


def test_links__lead_to_addresses_that_exist() -> None:
    dead = [
        f"{sources.shown(path)} {name}"
        for path in sources.templates()
        for name in NAMED_URL.findall(path.read_text())
        if not _is_an_address(name)
    ]
    dead += [
        f"{sources.shown(path)}:{call.lineno} {name}"
        for path in sources.modules(*sources.APPS)
        for function, call in sources.calls(path)
        if function in ("redirect", "reverse", "reverse_lazy") and call.args
        if (name := sources.text_of(call.args[0], path)) and not name.startswith("/") and not _is_an_address(name)
    ]
    assert not dead


def test_static_files__are_all_there() -> None:
    named = {name for path in sources.templates() for name in NAMED_STATIC.findall(path.read_text())}
    assert named, "the search must find what templates ask for"
    assert not {name for name in named if not finders.find(name)}


def _is_an_address(name: str) -> bool:
    """The demo's own pages are there only in the demo."""
    return name.startswith("demo:") or name in _names()


def _names() -> set[str]:
    found: set[str] = set()

    def collect(resolver: object, prefix: str) -> None:
        for entry in resolver.url_patterns:  # type: ignore[attr-defined]
            if hasattr(entry, "url_patterns"):
                collect(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
            elif entry.name:
                found.add(prefix + entry.name)

    collect(get_resolver(), "")
    return found


# mails


def test_mails__have_words_for_every_kind() -> None:
    kinds = {kind for path in sources.modules(*sources.APPS) for kind in _mail_kinds(path)}
    assert kinds, "the search must find what services post"
    assert not {kind for kind in kinds if not (sources.TEMPLATES / f"mail/{kind}.txt").exists()}


def test_mails__begin_with_a_subject_and_lead_to_the_portal() -> None:
    for path in sources.templates("mail/**/*.txt"):
        if path.name.startswith("_"):
            continue
        assert path.read_text().splitlines()[0].strip(), path
        assert "{{ origin }}" in path.read_text() or "_booking_link.txt" in path.read_text(), path


def _mail_kinds(path: Path) -> Iterator[str]:
    for function, call in sources.calls(path):
        if function in MAIL_WRITERS and call.args and (kind := sources.text_of(call.args[0], path)):
            yield kind


# words on screen


def test_choices__have_japanese_words() -> None:
    bare = [
        f"{model._meta.label}.{field.name} {value}"
        for app in ("shared", "accounts", "eligibility", "applications", "facilities")
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.fields
        for value, label in field.flatchoices
        if str(label).isascii()
    ]
    assert not bare


# the law stands in programme files


def test_code__names_no_figure_of_a_programme() -> None:
    """A number of the law never stands in code: amounts, months, nights and hours come from the programme file."""
    named = [
        f"{sources.shown(path)}:{line} {text.strip()[:60]}"
        for path in sources.modules(*sources.APPS)
        if not _is_sample(path)
        for line, text in sources.strings(path)
        if FIGURE.search(text)
    ]
    named += [
        f"{sources.shown(path)} {found.group()}"
        for path in sources.templates()
        if not _is_sample(path) and (found := FIGURE.search(_without_comments(path.read_text())))
    ]
    assert not named


def _is_sample(path: Path) -> bool:
    return "styleguide" in str(path) or "demo" in path.parts


def test_code__is_finished() -> None:
    files = [*sources.modules(*sources.APPS, *sources.OTHERS), *sources.templates()]
    assert not [
        sources.shown(path) for path in files if path != Path(__file__) and LEFT_BEHIND.search(path.read_text())
    ]


def _without_comments(text: str) -> str:
    text = re.sub(r"{%\s*comment\s*%}.*?{%\s*endcomment\s*%}", "", text, flags=re.DOTALL)
    return re.sub(r"{#.*?#}", "", text)
