"""Promises about the files themselves: small styles, no markup a strict content policy would refuse, no lost icon."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.template.base import Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.signals import template_rendered

from postpartum_portal.pages.styleguide import styleguide

from .test_frames import SignedIn

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PAGES = [path for path in TEMPLATES if not {"letters", "mail"} & set(path.parts)]  # no browser opens those two
COMPONENTS = sorted((ROOT / "templates" / "components").glob("*.html"))


def test_styles__together_stay_below_24_kib() -> None:
    assert sum(path.stat().st_size for path in (ROOT / "static" / "css").glob("*.css")) < 24 * 1024


def test_script__stays_below_3_kib() -> None:
    assert (ROOT / "static" / "js" / "portal.js").stat().st_size < 3 * 1024


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_template__carries_nothing_that_the_content_policy_refuses(path: Path) -> None:
    source = path.read_text()
    assert not re.search(r"\sstyle=", source)
    assert not re.search(r"<style|\son[a-z]+=|javascript:", source)
    assert "placeholder=" not in source


def test_icons__that_templates_name_are_in_the_sprite() -> None:
    sprite = set(re.findall(r'id="(\w+)"', (ROOT / "static/img/icons.svg").read_text()))
    named = {name for path in TEMPLATES for name in re.findall(r'(?:{% icon |symbol=)"(\w+)"', path.read_text())}
    assert named <= sprite


def test_styleguide__shows_every_component(rf: RequestFactory) -> None:
    drawn: set[str] = set()

    def note(template: Template, **_: object) -> None:
        drawn.add(str(template.name))

    template_rendered.connect(note)
    try:
        for frame in ("", "task", "centre", "facility"):
            request: Any = rf.get("/styleguide/", {"frame": frame})
            request.user = SignedIn()
            styleguide(request)
    finally:
        template_rendered.disconnect(note)
    assert {f"components/{path.name}" for path in COMPONENTS} <= drawn


@pytest.mark.parametrize("frame", ["", "centre", "facility"])
def test_styleguide__draws_every_component(frame: str, rf: RequestFactory) -> None:
    request = rf.get("/styleguide/", {"frame": frame})
    request.user = AnonymousUser()
    response = styleguide(request)
    assert isinstance(response, HttpResponse)
    html = response.content.decode()
    assert "エラー10件: 部品の見本" in html
    for css in (
        "errsum",
        "note bad",
        "finding na",
        "quote",
        "units",
        "clock bad",
        "fork",
        "ruler",
        "marks",
        "sum wide",
        "line",
        "tag key",
        "empty",
        "files",
        "work list",
        "cal",
        "dialog",
        "steps",
        "drop",
        "pick three",
    ):
        assert f'class="{css}' in html, css
    assert not re.search(r"\sstyle=|<script(?! src)", html)


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_error_page__needs_no_context(name: str) -> None:
    assert "<h1>" in render_to_string(f"{name}.html")
