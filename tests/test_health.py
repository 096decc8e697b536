"""What machines ask, and what the logs may not say."""

import json
import logging
import sys
from datetime import UTC, datetime

import psycopg
import pytest
from django.db import DatabaseError, connection
from django.test import Client, RequestFactory, override_settings

from motcua import schedule
from motcua.core import health
from motcua.core.logs import JsonFormatter
from motcua.integrations import actions as send


def test_health_asks_neither_database_nor_session() -> None:
    # No database mark: a statement would fail this test.
    assert Client().get("/healthz", headers={"host": "any.example"}).json() == {"status": "ok"}


@pytest.mark.django_db
def test_ready_when_the_database_answers() -> None:
    assert Client().get("/readyz").json()["status"] == "ok"


@pytest.mark.django_db
def test_not_ready_when_the_database_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    def lose() -> None:
        raise DatabaseError("gone")

    monkeypatch.setattr(connection, "cursor", lose)
    monkeypatch.setattr(connection, "close", lambda: None)
    answer = health.show_readiness(RequestFactory().get("/readyz"))
    assert answer.status_code == 503


@pytest.mark.django_db
def test_figures_count_pages_by_name_and_not_by_address() -> None:
    Client().get("/tra-cuu/?ma=H50.12-251121-0001")
    figures = Client().get("/metrics").content.decode()
    assert 'page="portal:track"' in figures
    assert "H50.12" not in figures


@pytest.mark.django_db
def test_figures_tell_of_jobs_and_of_what_waits() -> None:
    send.put("npsp", "dossier.status", agency_id=1, reference="H50.1", payload={}, at=datetime.now(UTC))
    job = schedule.Job("test.job", "* * * * *", lambda at: 0)
    health.note_job(job.name, 0.2, is_well=True)
    health.note_job(job.name, 0.2, is_well=False)
    figures = Client().get("/metrics").content.decode()
    assert 'motcua_queue{queue="outbox",state="waiting"} 1.0' in figures
    assert 'motcua_queue{queue="messages",state="failed"} 0.0' in figures
    assert 'motcua_queue{queue="jobs",state="todo"} 0.0' in figures
    assert 'motcua_jobs_total{job="test.job",result="failed"} 1.0' in figures
    assert 'motcua_job_seconds_count{job="test.job"} 2.0' in figures


@pytest.mark.django_db
def test_figures_are_for_this_machine_or_for_the_token() -> None:
    assert Client().get("/metrics", REMOTE_ADDR="10.0.0.9").status_code == 404
    assert Client().get("/metrics", headers={"x-forwarded-for": "10.0.0.9"}).status_code == 404
    with override_settings(METRICS_TOKEN="a-token"):
        assert Client().get("/metrics").status_code == 404
        assert Client().get("/metrics", headers={"authorization": "Bearer a-token"}).status_code == 200


def _format(name: str, message: str, *values: object, error: Exception | None = None) -> dict[str, object]:
    info = None
    if error is not None:
        try:
            raise error
        except type(error):
            info = sys.exc_info()
    record = logging.LogRecord(name, logging.ERROR, __file__, 1, message, values, info)
    return json.loads(JsonFormatter().format(record))


def test_a_log_line_names_no_address_and_no_value_of_a_row() -> None:
    error = psycopg.errors.UniqueViolation("Key (full_name)=(Nguyễn Thị Mẫu) already exists")
    line = _format(
        "django.request", "Internal Server Error: %s", "/ho-so/H50-1/?ten=Nguyễn+Thị+Mẫu", error=error
    )
    assert "Mẫu" not in json.dumps(line, ensure_ascii=False) and "H50-1" not in json.dumps(line)
    assert line["error"] == "psycopg.errors.UniqueViolation"
    assert line["where"]


def test_a_line_of_ours_keeps_its_sentence_and_count() -> None:
    record = logging.LogRecord("motcua.schedule", logging.INFO, __file__, 1, "job done", (), None)
    record.job, record.count = "notifications.send_waiting", 3
    line = json.loads(JsonFormatter().format(record))
    assert line["what"] == "job done" and line["count"] == 3
