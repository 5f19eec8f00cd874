"""What kombu gets wrong with messages that a worker holds when Redis goes away. Rows are the jobs, so none is lost.

It does not let go of a message that it cannot acknowledge, and takes it for unfinished, for ever. A worker holds no
more messages than it has processes (prefetch 1), so one such instant may leave it alive, answering pings, and never
taking a message again. And it looks for a line that is cut, to give messages back over it or to acknowledge them, finds
None, and the worker ends. What Redis still holds of a message comes back when the visibility timeout is over, and finds
its job done.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from kombu.transport import redis, virtual


class LettingGo(redis.QoS):
    """Of each message, whether Redis hears of it or not."""

    def ack(self, delivery_tag: str) -> None:
        with self._let_go(delivery_tag):
            super().ack(delivery_tag)

    def reject(self, delivery_tag: str, requeue: bool = False) -> None:
        with self._let_go(delivery_tag):
            super().reject(delivery_tag, requeue=requeue)

    def restore_unacked(self, client: Any = None) -> None:
        if not self._is_cut():
            super().restore_unacked(client)

    @contextmanager
    def _let_go(self, delivery_tag: str) -> Iterator[None]:
        try:
            yield
        except Exception:
            virtual.QoS.ack(self, delivery_tag)
            if not self._is_cut():
                raise

    def _is_cut(self) -> bool:
        line = self.channel.connection
        return line is None or line.client is None


def install() -> None:
    channel: Any = redis.Channel
    channel.QoS = LettingGo
