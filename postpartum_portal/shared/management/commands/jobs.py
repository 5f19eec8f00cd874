from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Count, Min

from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs import runner
from postpartum_portal.shared.models import Job

STOPPED = (Job.Status.FAILED, Job.Status.HELD)


class Command(BaseCommand):
    help = (
        "Count the jobs that gave up or are held, by kind, municipality and error; with --retry let those that gave up"
        " start over. Shows no personal data. Staff see those of their municipality on a page of theirs (事務); what"
        " belongs to none, such as codes to sign in with, is seen here only."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--retry", action="store_true", help="Put failed jobs back into the queue.")
        parser.add_argument("--kind", default="", help="Only this kind, such as send_mail.")
        parser.add_argument("--error", default="", help="Only those that stopped for this error, such as ServerAway.")

    def handle(self, *args: Any, retry: bool, kind: str, error: str, **options: Any) -> None:
        wanted = {"kind": kind, "last_error": error}
        rows = Job.objects.filter(status__in=STOPPED, **{field: value for field, value in wanted.items() if value})
        if retry:
            self.stdout.write(f"retried {_retried(rows.filter(status=Job.Status.FAILED))}")
        by = ("kind", "status", "municipality_id", "last_error")
        counted = rows.values(*by).annotate(number=Count("pk"), since=Min("stopped_at"))
        for row in counted.order_by(*by):
            since = row["since"].isoformat(timespec="minutes") if row["since"] else "-"
            named = [str(row[name] or "-") for name in by]
            self.stdout.write("\t".join([*named, str(row["number"]), since]))


def _retried(failed: Any) -> int:
    now = clock.now()
    return sum(runner.retry(job, now=now) for job in failed.order_by("pk"))
