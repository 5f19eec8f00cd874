"""The frames of the three audiences: whose page it is, where one is, how one leaves."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import SUCCESS, WARNING
from django.contrib.messages.storage.base import Message
from django.template import Context, Template
from django.test import RequestFactory

from postpartum_portal.pages.styleguide_samples import FACILITY, MUNICIPALITY


class SignedIn:
    is_authenticated = True
    display_name = "渡辺"


def draw(source: str, path: str, **of: Any) -> str:
    request = RequestFactory().get(path)
    for name, value in {"user": SignedIn(), **of}.items():
        setattr(request, name, value)
    return Template(source).render(Context({"request": request, "csrf_token": "t"}))


def frame(base: str, path: str, **of: Any) -> str:
    return draw(f'{{% extends "{base}.html" %}}{{% block title %}}手紙{{% endblock %}}', path, **of)


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/kodaira/centre/", "受付一覧"),
        ("/kodaira/centre/cases/3/", "受付一覧"),
        ("/kodaira/centre/letters/3/", "手紙"),
    ],
)
def test_menu__marks_the_one_entry_the_page_lies_under(path: str, label: str) -> None:
    html = frame("base_centre", path, municipality=MUNICIPALITY)
    assert html.count('aria-current="page"') == 1
    assert f'aria-current="page">{label}</a>' in html


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/kodaira/my/", "マイページ"),
        ("/kodaira/my/applications/R8-0001/", "マイページ"),
        ("/kodaira/my/bookings/1-2/", "予約"),
        ("/kodaira/my/book/", "予約"),
        ("/kodaira/my/letters/", "手紙"),
    ],
)
def test_menu__of_a_parent_marks_the_tab_that_the_page_belongs_to(path: str, label: str) -> None:
    html = frame("base_citizen", path, municipality=MUNICIPALITY)
    assert re.findall(r'aria-current="page">(?:<svg.*?</svg>)?([^<]+)</a>', html) == [label]


def test_parent__signed_in__has_four_tabs_and_the_office_to_call() -> None:
    html = frame("base_citizen", "/kodaira/my/letters/", municipality=MUNICIPALITY)
    tabs = html[html.index('class="nav tabs"') : html.index("</nav>")]
    assert tabs.count("<a ") == 4
    assert "<title>手紙 — 小平市の産後ケア</title>" in html
    assert 'href="tel:042-346-3701"' in html
    assert "ログアウト" in html


def test_visitor__has_the_way_to_sign_in_and_no_tabs() -> None:
    html = frame("base_citizen", "/kodaira/", municipality=MUNICIPALITY, user=AnonymousUser())
    assert "ログイン</a>" in html
    assert "tabs" not in html
    assert "ログアウト" not in html


def test_centre__is_named_by_its_last_word() -> None:
    html = frame("base_centre", "/kodaira/centre/", municipality=MUNICIPALITY)
    assert "<title>手紙 — 小平市 こども家庭センター</title>" in html
    assert '<header class="top staff">' in html


def test_facility__is_named_and_belongs_to_no_municipality() -> None:
    html = frame("base_facility", "/facility/", facility=FACILITY)
    assert "<title>手紙 — 見本助産院</title>" in html
    assert '<a class="place" href="/facility/">見本助産院<span class="nb">施設</span></a>' in html


def test_messages__stand_in_the_page_as_toasts() -> None:
    toast = _toast(Message(SUCCESS, "保存しました。"))
    assert 'role="status"' in toast
    assert "保存しました。" in toast
    assert "/other/" not in toast  # a page's own variables do not leak into it


def test_messages__of_what_did_not_happen_bear_no_tick() -> None:
    done, refused = _toast(Message(SUCCESS, "保存")), _toast(Message(WARNING, "保存"))
    assert "#ok" in done
    assert "#ok" not in refused
    assert "#warn" in refused


def _toast(message: Message) -> str:
    source = '{% extends "base_citizen.html" %}'
    request = SimpleNamespace(path="/", user=AnonymousUser())
    html = Template(source).render(Context({"request": request, "messages": [message], "href": "/other/"}))
    return html[html.index('class="toast"') :][:300]
