"""PostgreSQL for a web server: no request waits longer than its deadline for a server that does not answer.

A server that is frozen, or a line that is cut without a word, keeps a client waiting for ever: the kernel on the other
side still takes what is sent, so neither `statement_timeout` nor TCP's own limits help. The client itself has to look
at the clock.
"""

from time import monotonic
from typing import Any

from django.db.backends.postgresql import base
from psycopg import Connection, IsolationLevel, OperationalError
from psycopg.errors import ConnectionTimeout

from postpartum_portal.shared.away import Away
from postpartum_portal.shared.deadline import seconds_left, within

SIGN_OF_LIFE_SECONDS = 3
"""A web request waits so long for a connection, or for the answer to SELECT 1. A whole number, two at least."""

ONE_ANSWER_SECONDS = 2
"""A statement has so long at least: reading a large upload may have taken the request's time, all being in order."""

away = Away(seconds=2)


class PatientConnection(Connection[Any]):
    """Each wait ends with the deadline; a connection that was left in the middle of something is closed."""

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        left = seconds_left()
        if left is None:
            return super().wait(gen, interval, timeout)
        ends = monotonic() + max(left, ONE_ANSWER_SECONDS)
        try:
            return super().wait(gen, interval, max(left, ONE_ANSWER_SECONDS))
        except OperationalError:
            if monotonic() >= ends:
                self.pgconn.finish()
            raise


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        left = seconds_left()
        if left is not None:
            if away or left < SIGN_OF_LIFE_SECONDS:
                raise OperationalError("no sign of life a moment ago, or no time to wait for one")
            conn_params = conn_params | {"connect_timeout": SIGN_OF_LIFE_SECONDS}
        self.isolation_level = IsolationLevel.READ_COMMITTED
        try:
            return PatientConnection.connect(**conn_params)
        except ConnectionTimeout:
            away.note()
            raise

    def is_usable(self) -> bool:
        """As the original, which is called once a request; but it waits for a sign of life only."""
        left = seconds_left()
        if left is None:
            return bool(super().is_usable())
        if away:
            return False
        began, patience = monotonic(), min(left, SIGN_OF_LIFE_SECONDS)
        with within(patience):
            usable = bool(super().is_usable())
        if not usable and monotonic() - began >= patience:
            away.note()
        return usable
