"""What a restored database must be told in the same step that brings it back, and what it says until it is released.

Between the backup and the restore the portal went on: mails left, letters got numbers, people signed out. None of that
stands in the rows any more. So nothing that waits to be sent is sent, no number is given, nobody is signed in.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.contrib.sessions.models import Session
from django.db.models import Model

from postpartum_portal.shared.jobs.holding import BY_RESTORE
from postpartum_portal.shared.models import Job, Restoration

LEAP = 1_000_000
"""Ids that are left out: what was made after the backup had them, and mails, logs and links still name them."""


@dataclass(frozen=True, slots=True)
class Moments:
    """When the backup was taken and when it is brought back; how the database at hand writes instants."""

    taken_at: dt.datetime
    restored_at: dt.datetime
    vendor: str

    def sql(self, instant: dt.datetime) -> str:
        if self.vendor == "postgresql":
            return f"'{instant.isoformat()}'"
        return f"'{instant.astimezone(dt.UTC).replace(tzinfo=None).isoformat(sep=' ')}'"


Rule = Callable[[Moments], Iterator[str]]
_rules: list[Rule] = []


def after_restore(function: Rule) -> Rule:
    """Register statements that belong into the step that brings a database back."""
    if function not in _rules:
        _rules.append(function)
    return function


def statements(moments: Moments) -> list[str]:
    return [statement for rule in _rules for statement in rule(moments)]


def table(model: type[Model]) -> str:
    return f'"{model._meta.db_table}"'


@after_restore
def remember(moments: Moments) -> Iterator[str]:
    taken, restored = moments.sql(moments.taken_at), moments.sql(moments.restored_at)
    yield f"INSERT INTO {table(Restoration)} (taken_at, restored_at) VALUES ({taken}, {restored})"  # noqa: S608


@after_restore
def hold_jobs(moments: Moments) -> Iterator[str]:
    """All that is not done, also what had stopped: somebody may have started it over since, and it went out."""
    waiting = ", ".join(f"'{status}'" for status in (Job.Status.QUEUED, Job.Status.RUNNING, Job.Status.FAILED))
    yield (
        f"UPDATE {table(Job)} SET status = '{Job.Status.HELD}', stopped_at = {moments.sql(moments.restored_at)},"  # noqa: S608
        f" lease_until = NULL, token = token + 1, last_error = '{BY_RESTORE}' WHERE status IN ({waiting})"
    )


@after_restore
def end_sessions(_: Moments) -> Iterator[str]:
    """Codes to sign in with live in them too. Who has signed out or lost a role since must not come back to life."""
    yield f"DELETE FROM {table(Session)}"  # noqa: S608


@after_restore
def leap_ids(moments: Moments) -> Iterator[str]:
    """No id is given twice: a mail's Message-ID and what a link leads to rest on them."""
    if moments.vendor == "postgresql":
        yield (
            "DO $$ DECLARE it record; BEGIN FOR it IN SELECT format('%I.%I', schemaname, sequencename) AS name,"  # noqa: S608
            " coalesce(last_value, 0) AS last FROM pg_sequences WHERE schemaname = 'public' LOOP"
            f" PERFORM setval(it.name::regclass, it.last + {LEAP}); END LOOP; END $$"
        )
        return
    yield f"UPDATE sqlite_sequence SET seq = seq + {LEAP}"  # noqa: S608
    yield (
        f"INSERT INTO sqlite_sequence (name, seq) SELECT name, {LEAP} FROM sqlite_master WHERE type = 'table'"  # noqa: S608
        " AND sql LIKE '%AUTOINCREMENT%' AND name NOT IN (SELECT name FROM sqlite_sequence)"
    )
