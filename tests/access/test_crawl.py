"""A3, A5: what is another's stands nowhere: not on a page, in a file, a paper, a feed, a mail or a page of an error.

Every text about a person or by one carries the words of its municipality, its facility and its family; every actor
opens what she can and follows every link. The short form follows the links of those who see a lot, for so many pages:
what stands at each address itself the walk of test_matrix.py reads. The soak goes with all, and on.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from facilities import access as facility_access
from postpartum_portal.accounts import access
from tests.access.crawling import NOT_HERS, Crawl, words_of_others
from tests.access.deeds import DEEDS
from tests.access.marks import MARKS
from tests.access.matrix import Walker
from tests.access.rules.outcomes import ACTORS
from tests.access.test_undeclared import posts
from tests.access.writing import posted
from tests.plugins.counted import Counted

HERS = {
    ("kodaira", "mother"): "mother",
    ("kodaira", "centre"): "kodaira",
    ("kodaira", "auditor"): "kodaira",
    ("kodaira", "facility"): "facility",
    ("kodaira", "another facility"): "another facility",
    ("zushi", "centre"): "zushi",
    ("zushi", "facility"): "zushi",
}
"""What she must come across, or the walk saw nothing."""

SHORT, LONG = 50, 2_500
"""Pages of one actor."""
TO_OTHERS = 100
"""So many, that what leads to others is among them."""
EACH = 7
"""The short form begins at every so many-th address, which leaves it pages for where the links lead."""


def leaks(crawl: Crawl, who: tuple[str, str]) -> list[str]:
    return [f"{leak} at {path}" for path, text in crawl.seen.items() for leak in words_of_others(who, path, text)]


def crawled(planted: Walker, those: Iterable[tuple[str, str]], most: int, counted: Counted) -> list[str]:
    counts: Counter[str] = Counter()
    found = []
    for who in those:
        crawl = Crawl(planted, *who, most=most, every=EACH if most == SHORT else 1)
        found += [f"{' '.join(who)}: {leak}" for leak in leaks(crawl, who)]
        if who in HERS:
            seen = crawl.holding(MARKS[HERS[who]])
            assert seen, f"{who} sees nothing of her own"
            counts["with own marks"] += len(seen)
        counts["pages"] += len(crawl.seen)
        counts += crawl.counts
        found += [f"{' '.join(who)}: {path} failed" for path in crawl.failed]
    counted("crawl", dict(counts))
    return found


def test_actors__are_all_walked() -> None:
    assert {actor for _, actor in NOT_HERS} == set(ACTORS)


def test_nobody__comes_across_a_word_of_anothers(planted: Walker, counted: Counted) -> None:
    assert crawled(planted, HERS, SHORT, counted) == []


@pytest.mark.soak
@pytest.mark.parametrize("who", NOT_HERS, ids=" ".join)
def test_nobody__comes_across_a_word_of_anothers__on_any_page(
    who: tuple[str, str], planted: Walker, counted: Counted
) -> None:
    assert crawled(planted, [who], LONG, counted) == []


def test_no_mail_and_no_event__carries_a_word_of_anothers(planted: Walker, counted: Counted) -> None:
    """Of every deed that a form does: its mails hold no word of the other municipality, its events no word at all."""
    counts: Counter[str] = Counter()
    for address, where, session, good in posts(planted):
        if address not in DEEDS:
            continue
        for sql, params in posted(where, session, good)[1]:
            text = " ".join(params)
            if "shared_mail" in sql:
                counts["mails"] += 1
                assert MARKS["zushi"] not in text, (where, text)
            if "shared_event" in sql:
                counts["events"] += 1
                assert not [mark for mark in MARKS.values() if mark in text], (where, text)
    counted("mails and events of deeds", dict(counts))
    assert counts["mails"] > 10
    assert counts["events"] > 50


def test_errors__say_nothing_of_anybody(planted: Walker) -> None:
    """The page of what is not there, of a form sent from elsewhere, and of a host that is not ours."""
    browser = Client(enforce_csrf_checks=True)
    browser.cookies["sessionid"] = planted.session("kodaira", "facility")
    answers = [
        browser.get("/zushi/centre/"),
        browser.post("/facility/find/", {"who": "高橋"}),
        browser.get("/facility/", headers={"host": "elsewhere.example"}),
    ]
    assert [answer.status_code for answer in answers] == [404, 403, 400]
    others = [MARKS[mark] for mark in NOT_HERS["kodaira", "facility"]]
    assert not [mark for mark in others for answer in answers if mark in answer.content.decode()]


# controls: without the tenant scope the words are found


@pytest.mark.parametrize(
    ("module", "who"),
    [(access, ("kodaira", "centre")), (facility_access, ("kodaira", "facility"))],
    ids=["centre", "facility"],
)
def test_control__without_the_tenant_scope_words_of_others_are_found(
    module: Any, who: tuple[str, str], planted: Walker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "tenant", lambda **_: scopes_disabled())
    assert leaks(Crawl(planted, *who, most=TO_OTHERS, sides=["foreign"]), who)
