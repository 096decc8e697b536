"""What runs by itself: every job of the house, when, and by whose hand. A job takes the moment and returns a count."""

import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import close_old_connections
from django.db.models import Count
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from motcua.accounts.sessions import SessionStore
from motcua.audit import jobs as audit
from motcua.core import health, idempotency
from motcua.desk import jobs as desk
from motcua.dossiers import absent, online
from motcua.dossiers import jobs as dossiers
from motcua.feedback import jobs as feedback
from motcua.figures import jobs as figures
from motcua.integrations import jobs as integrations
from motcua.notifications import jobs as notifications
from motcua.people import jobs as people
from motcua.programme import jobs as programme
from motcua.reports import jobs as reports

logger = logging.getLogger(__name__)


def clear_sessions(at: datetime) -> int:
    """Forget sessions that have ended."""
    SessionStore.clear_expired()
    return 0


def make_partitions(at: datetime) -> int:
    """Make the coming months of the permanent tables. Only their owner may, so it is a process of the owner's."""
    owner = os.environ.get("MOTCUA_OWNER_URL", os.environ.get("DATABASE_URL", ""))
    root = Path(__file__).resolve().parent.parent
    subprocess.run(
        [sys.executable, str(root / "manage.py"), "ensure_partitions", "--months", "4"],
        env={**os.environ, "DATABASE_URL": owner},
        check=True,
        capture_output=True,
    )
    return 0


def forget_calls(at: datetime) -> int:
    """Forget the keys of calls made over a week ago: nobody repeats those."""
    return idempotency.forget_before(at=at - timedelta(days=7))


@dataclass(frozen=True, slots=True)
class Job:
    """One line of the timetable; `cron` is in the time of the server's zone, UTC."""

    name: str
    cron: str
    act: Callable[[datetime], int]


JOBS = (
    Job("notifications.send_waiting", "* * * * *", notifications.send_waiting),
    Job("notifications.send_texts", "* * * * *", notifications.send_texts),
    Job("notifications.ask_reports", "* * * * *", notifications.ask_reports),
    Job("dossiers.follow_calendar_changes", "* * * * *", dossiers.follow_calendar_changes),
    Job("desk.carry_out_reorganisations", "* * * * *", desk.carry_out_reorganisations),
    Job("dossiers.follow_absences", "* * * * *", absent.follow_absences),
    Job("dossiers.take_filings", "* * * * *", online.take_filings),
    Job("dossiers.fetch_papers", "* * * * *", online.fetch_papers),
    Job("dossiers.close_filings", "10 * * * *", online.close_unanswered),
    Job("dossiers.remind", "*/10 * * * *", dossiers.remind),
    Job("dossiers.lapse_opinions", "*/10 * * * *", dossiers.lapse_opinions),
    Job("dossiers.remind_of_explanations", "5 2 * * 1-5", dossiers.remind_of_explanations),
    Job("dossiers.publish_late", "20 18 1-5 * *", dossiers.publish_late),
    Job("integrations.send_outgoing", "* * * * *", integrations.send_outgoing),
    Job("integrations.compare_with_portal", "0 19 * * *", integrations.compare_with_portal),
    Job("audit.seal_written", "* * * * *", audit.seal_written),
    Job("audit.close_days", "5 17 * * *", audit.close_days),
    Job("audit.stamp_roots", "25 * * * *", audit.stamp_roots),
    Job("feedback.invite", "*/5 * * * *", feedback.invite),
    Job("figures.follow_events", "* * * * *", figures.follow_events),
    Job("figures.close_periods", "40 17 * * *", figures.close_periods),
    Job("reports.remind_of_due", "10 0 * * *", reports.remind_of_due),
    Job("programme.remind", "0 0 * * *", programme.remind),
    Job("programme.send_digests", "10 0 * * 1", programme.send_digests),
    Job("programme.read_uploads", "* * * * *", programme.read_uploads),
    Job("programme.close_on_products", "20 * * * *", programme.close_on_products),
    Job("dossiers.compare_states", "30 18 * * *", dossiers.compare_states),
    Job("people.count_common_words", "35 18 * * *", people.count_common_words),
    Job("core.make_partitions", "15 17 * * *", make_partitions),
    Job("core.clear_sessions", "45 17 * * *", clear_sessions),
    Job("core.forget_calls", "50 17 * * *", forget_calls),
)


def _register(job: Job) -> None:
    """Tell the queue of one job; two workers never run the same job at once."""

    @app.periodic(cron=job.cron)
    @app.task(name=job.name, queueing_lock=job.name, lock=job.name, retry=3)
    def run(timestamp: int) -> int:
        close_old_connections()
        start, is_well = time.perf_counter(), False
        try:
            done = job.act(datetime.fromtimestamp(timestamp, UTC))
            is_well = True
        finally:
            health.note_job(job.name, time.perf_counter() - start, is_well=is_well)
            close_old_connections()
        if done:
            logger.info("job done", extra={"job": job.name, "count": done})
        return done


for _job in JOBS:
    _register(_job)


def count_jobs() -> dict[str, int]:
    """Jobs in the queue by state; `failed` ones were tried three times and are nobody's until somebody looks."""
    rows = ProcrastinateJob.objects.order_by().values_list("status").annotate(count=Count("pk"))
    return dict.fromkeys(("todo", "doing", "failed"), 0) | dict(rows)


def work() -> None:
    """Take jobs from the queue until a signal says stop."""
    with app.replace_connector(app.connector.get_worker_connector()) as worker:  # type: ignore[attr-defined]
        worker.run_worker(concurrency=2, delete_jobs="successful", listen_notify=True)
