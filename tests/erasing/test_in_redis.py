"""D2: Redis holds counts behind a hash and numbers of jobs, so nothing of anybody stays there.

Where tries come from stands in the keys of allauth's own counts, which Redis forgets within a day.
"""

import base64
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest
import redis
from django.core.cache import cache
from django.test import Client
from django_scopes import scopes_disabled

from applications.services.deciding import approve
from eligibility.public import Municipality
from postpartum_portal.accounts.models import User
from postpartum_portal.accounts.services.forgetting import forget_account
from postpartum_portal.celery import app
from postpartum_portal.settings import base
from postpartum_portal.shared import clock
from postpartum_portal.shared.away import REDIS
from tests.cases import FULL_GRANT, heard
from tests.erasing.planting import marker
from tests.plugins.counted import Counted

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif("REDIS_URL" not in os.environ, reason="make test starts a Redis; REDIS_URL names one"),
]


@pytest.fixture
def server(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Cache and queue in the one Redis, as in production; emptied before and after."""
    url = os.environ["REDIS_URL"]
    settings.CACHES = {"default": {"BACKEND": "postpartum_portal.shared.steady_cache.SteadyCache", "LOCATION": url}}
    settings.JOBS_WAKE = "postpartum_portal.shared.jobs.wake.by_celery"
    settings.SIGN_IN_LIMITS, settings.ACCOUNT_RATE_LIMITS = base.SIGN_IN_LIMITS, base.ACCOUNT_RATE_LIMITS
    assert app.conf.broker_url == url
    REDIS.forget()
    with redis.Redis.from_url(url) as control:
        control.flushdb()
        yield control
        control.flushdb()


def dumped(server: Any) -> dict[str, str]:
    """Every key and all that is under it, messages of the queue as JSON writes them."""
    return {key.decode(): _value(server, key) for key in server.scan_iter(count=1000)}


BODY = re.compile(r'"body": "([A-Za-z0-9+/=]+)"')


def _value(server: Any, key: bytes) -> str:
    read: dict[bytes, Any] = {
        b"string": server.get,
        b"list": lambda name: server.lrange(name, 0, -1),
        b"set": server.smembers,
        b"hash": server.hgetall,
        b"zset": lambda name: server.zrange(name, 0, -1, withscores=True),
    }
    text = str(read[server.type(key)](key))
    return text + "".join(base64.b64decode(body).decode() for body in BODY.findall(text))


def hers(text: Mapping[str, str], said: Iterable[str]) -> list[str]:
    return [f"{name}: {word}" for name, held in text.items() for word in said if word in name + held]


@pytest.fixture
def said() -> list[str]:
    """What is known of a mother: all that could stand in Redis, also of an account without a row of its own."""
    return [marker(), "misaki@example.jp", "misaki", "高橋", "たかはし", "090-1234-5678", "喜平町"]


@pytest.fixture
def mother_there(
    server: Any, said: list[str], kodaira: Municipality, decider: Any, nurse: Any, client: Client,
    django_capture_on_commit_callbacks: Any, all_tenants: None,
) -> Any:  # fmt: skip
    """She asked for codes, from two places; she was approved, and mails and a letter wait in the queue."""
    mark, email, *_ = said
    application = heard(kodaira, nurse, household__name=mark)
    User.objects.filter(pk=application.citizen_id).update(email=email, display_name=mark)
    for source in ("198.51.100.1", "198.51.100.2"):
        client.post("/accounts/login/", {"login": email}, REMOTE_ADDR=source)
        client.post("/accounts/login/code/confirm/", {"code": "000000"}, REMOTE_ADDR=source)
    with django_capture_on_commit_callbacks(execute=True):
        approve(application, by=decider, at=clock.now(), looked=True, **FULL_GRANT)
    return application.citizen


def test_redis__holds_nothing_of_anybody_before_and_after(
    server: Any, said: list[str], mother_there: Any, counted: Counted, clock_at: Any
) -> None:
    before = dumped(server)
    messages = sum(text.count("run_job") for text in before.values())
    tries = [name for name in before if "sign-in" in name]
    counted("Redis", f"{len(before)} keys, {len(tries)} of tries, {messages} messages")
    assert tries
    assert messages
    assert hers(before, said) == []

    with scopes_disabled():
        forget_account(mother_there, by_id=None, at=clock.now())
    assert hers(dumped(server), said) == []


def test_control__a_word_in_the_cache_or_in_a_message_is_found(server: Any, said: list[str]) -> None:
    mark, email, *_ = said
    cache.set("seen", {"name": mark}, 60)
    cache.set(f"tries:{email}", 1, 60)
    app.send_task("run_job", args=(mark,), queue="default")

    found = hers(dumped(server), said)

    assert {name.rpartition(": ")[0].rpartition(":")[2] for name in found} == {"seen", email, "default"}
