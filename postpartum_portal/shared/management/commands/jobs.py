from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count, Min, QuerySet

from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs import holding, runner
from postpartum_portal.shared.jobs.releasing import StillBusy, TooEarly, release_planners
from postpartum_portal.shared.models import Job

STOPPED = (Job.Status.FAILED, Job.Status.HELD)
HELD_STILL = "{number} jobs are held since a restore. Add --yes to {deed} them."


class Command(BaseCommand):
    help = (
        "Count the jobs that gave up or are held, by kind, municipality and error; with --retry let those that gave up"
        " start over. Shows no personal data. Staff see those of their municipality on a page of theirs (事務); what"
        " belongs to none, such as codes to sign in with, is seen here only. After a restore: --release lists what is"
        " held, with --yes it goes out; --let-go likewise, but it never goes out; --sent reads the Message-IDs that the"
        " mail server's log knows; --release-planners lets reminders be planned again."
    )

    def add_arguments(self, parser: Any) -> None:
        deeds = parser.add_mutually_exclusive_group()
        deeds.add_argument("--retry", action="store_true", help="Put failed jobs back into the queue.")
        deeds.add_argument("--release", action="store_true", help="Let go out what a restore holds.")
        deeds.add_argument("--let-go", action="store_true", help="Never do what a restore holds: it was done before.")
        deeds.add_argument(
            "--sent", type=Path, metavar="FILE", help="One Message-ID a line: these mails went out before."
        )
        deeds.add_argument(
            "--release-planners", action="store_true", help="Plan again; what comes of it at first is held."
        )
        parser.add_argument("--yes", action="store_true", help="Do it; without it --release and --let-go only count.")
        parser.add_argument("--kind", default="", help="Only this kind, such as send_mail.")
        parser.add_argument("--queue", default="", help="Only this queue: letters, mail or default.")
        parser.add_argument("--municipality", type=int, help="Only of this municipality, by the number in the list.")
        parser.add_argument("--mail", default="", help="Only mails of this kind, such as decision_ready.")
        parser.add_argument("--error", default="", help="Only those that stopped for this error, such as ServerAway.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["release_planners"]:
            self._plan_again()
        elif options["sent"]:
            said = holding.note_sent(iter(_lines(options["sent"])), at=clock.now())
            self.stdout.write(f"{said} mails had gone out before")
        elif options["release"] or options["let_go"]:
            self._held(_narrowed(holding.held_jobs(), options), **options)
        else:
            self._stopped(_narrowed(Job.objects.filter(status__in=STOPPED), options), retry=options["retry"])

    def _stopped(self, rows: QuerySet[Job], *, retry: bool) -> None:
        if retry:
            self.stdout.write(f"retried {_retried(rows.filter(status=Job.Status.FAILED))}")
        by = ("kind", "status", "municipality_id", "last_error")
        counted = rows.values(*by).annotate(number=Count("pk"), since=Min("stopped_at"))
        for row in counted.order_by(*by):
            since = row["since"].isoformat(timespec="minutes") if row["since"] else "-"
            self._line(*(row[name] for name in by), row["number"], since)

    def _held(self, rows: QuerySet[Job], *, yes: bool, release: bool, **_: Any) -> None:
        for kind, queue, municipality, mail, number, since in holding.counted(rows):
            self._line(kind, queue, municipality, mail, number, since.isoformat(timespec="minutes"))
        if not yes:
            deed = "release" if release else "let go of"
            self.stdout.write(HELD_STILL.format(number=rows.count(), deed=deed))
            return
        done = (holding.release if release else holding.let_go)(rows, at=clock.now())
        self.stdout.write(f"{'released' if release else 'let go of'} {done}")

    def _plan_again(self) -> None:
        try:
            release_planners()
        except TooEarly:
            raise CommandError("Wait until the reminders of today are due (REMINDER_HOUR, in Tokyo).") from None
        except StillBusy:
            raise CommandError("Jobs of the first round run still; run this again. What they mail is held.") from None
        self.stdout.write(f"planners run again; {holding.held_jobs().count()} jobs are held: see --release")

    def _line(self, *told: object) -> None:
        self.stdout.write("\t".join(str(one or "-") for one in told))


def _narrowed(rows: QuerySet[Job], options: dict[str, Any]) -> QuerySet[Job]:
    wanted = {
        "kind": options["kind"],
        "queue": options["queue"],
        "last_error": options["error"],
        "municipality_id": options["municipality"],
    }
    rows = rows.filter(**{field: value for field, value in wanted.items() if value not in ("", None)})
    return holding.jobs_of_mails(rows, options["mail"]) if options["mail"] else rows


def _lines(path: Path) -> list[str]:
    """Of a mail server's log, which may hold any bytes."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace").replace("\0", "")
    except OSError as refused:
        raise CommandError(f"{path}: {refused.strerror}. Nothing was changed.") from None
    return [line.strip() for line in text.splitlines()]


def _retried(failed: Any) -> int:
    now = clock.now()
    return sum(runner.retry(job, now=now) for job in failed.order_by("pk"))
