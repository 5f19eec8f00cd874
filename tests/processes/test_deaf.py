"""W2: a worker that holds messages when Redis goes away goes on to take others when it is back."""

from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from socket import timeout as nothing_came
from typing import Any

import pytest
from celery.signals import worker_init
from kombu import Connection, Consumer, Message
from kombu.transport import redis as over_redis

from postpartum_portal.celery import app
from postpartum_portal.shared.acknowledging import LettingGo
from tests.processes.support.faulty import Redis

pytestmark = pytest.mark.processes
AT_ONCE = 1
"""Messages that a worker of one process holds."""
QUEUE = "default"


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    own = Redis(tmp_path)
    yield own
    own.kill()


@pytest.fixture(autouse=True)
def as_kombu_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """When one of the controls fails, kombu has learnt it: let that part of `acknowledging` go."""
    monkeypatch.setattr(over_redis.Channel, "QoS", over_redis.QoS)


@pytest.fixture
def as_our_workers_do(as_kombu_has_it: None) -> None:
    worker_init.send(sender=None)
    assert over_redis.Channel.QoS is LettingGo


def heard_after(redis: Redis) -> list[int]:
    """What is taken of one message more, once Redis stood still while the first was acknowledged."""
    options = dict(app.conf.broker_transport_options)
    with closing(Connection(redis.url, transport_options=options)) as line, closing(line.SimpleQueue(QUEUE)) as sender:
        held: list[Message] = []

        def take(_body: Any, message: Message) -> None:
            held.append(message)

        consumer = Consumer(line.channel(), [sender.queue], callbacks=[take], prefetch_count=AT_ONCE, no_ack=False)
        with consumer:
            for number in range(AT_ONCE):
                sender.put(number)
            _drain(line, lambda: len(held) == AT_ONCE)
            with redis.frozen():
                for message in held:
                    message.ack_log_error(_Quiet(), line.connection_errors)
            for number in range(AT_ONCE, 2 * AT_ONCE):
                sender.put(number)
            _drain(line, lambda: len(held) == 2 * AT_ONCE)
        return [message.payload for message in held[AT_ONCE:]]


def _drain(line: Connection, is_enough: Callable[[], bool]) -> None:
    with suppress(nothing_came):
        while not is_enough():
            line.drain_events(timeout=1.5)


class _Quiet:
    def critical(self, *_args: Any, **_more: Any) -> None:
        """Celery's log would say that it could not acknowledge."""


def closes(channel: Any, _message: Message) -> None:
    """Celery's consumer found the line cut: its transport has let go of it before its channels have."""
    channel.connection.client = None
    channel.close()


def acknowledges_late(channel: Any, message: Message) -> None:
    """The consumer has begun anew on another line when the task ends."""
    channel.close()
    channel._disconnect_pools()
    message.ack_log_error(_Quiet(), (ConnectionError,))


CUT = pytest.mark.parametrize("does", [closes, acknowledges_late])


def hold_a_message(redis: Redis, does: Callable[[Any, Message], None]) -> None:
    held: list[Message] = []
    line = Connection(redis.url)
    queue = line.SimpleQueue(QUEUE)
    queue.put(0)
    channel: Any = line.default_channel
    Consumer(channel, [queue.queue], on_message=held.append).consume()
    _drain(line, lambda: bool(held))
    does(channel, held[0])


@pytest.mark.usefixtures("as_our_workers_do")
def test_redis_frozen_while_it_acknowledges__the_worker_takes_what_comes_after(redis: Redis) -> None:
    assert heard_after(redis) == [1]


def test_control__as_kombu_has_it_the_worker_is_deaf(redis: Redis) -> None:
    assert heard_after(redis) == []


@CUT
@pytest.mark.usefixtures("as_our_workers_do")
def test_line_cut_while_it_holds_a_message__the_worker_begins_anew(redis: Redis, does: Any) -> None:
    hold_a_message(redis, does)


@CUT
def test_control__as_kombu_has_it_the_worker_ends(redis: Redis, does: Any) -> None:
    with pytest.raises(AttributeError, match="NoneType"):
        hold_a_message(redis, does)
