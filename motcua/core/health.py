"""What machines ask about the house: is it alive, is it ready, how is it doing. Answered before any other room."""

import hmac
import os
import time
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, JsonResponse
from django.utils.module_loading import import_string
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.multiprocess import MultiProcessCollector

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
_JOB_SECONDS = (0.05, 0.25, 1, 5, 15, 60, 300, 1800)
_requests = Counter(
    "motcua_requests_total", "Answers by page, method and kind of status", ["page", "method", "status"]
)
_duration = Histogram("motcua_request_seconds", "Time to an answer by page", ["page"], buckets=_SECONDS)
_jobs = Counter("motcua_jobs_total", "Jobs run, by name and how they ended", ["job", "result"])
_job_duration = Histogram("motcua_job_seconds", "Time a job took", ["job"], buckets=_JOB_SECONDS)
_LOOPBACK = {"127.0.0.1", "::1", ""}


class HealthMiddleware:
    """Stands first: health needs no session, no host and no language; every other answer is measured."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.addresses = {"/healthz": show_health, "/readyz": show_readiness, "/metrics": show_metrics}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.addresses.get(request.path)
        if answer is not None:
            return answer(request)
        start = time.perf_counter()
        response = self.get_response(request)
        _measure(request, response, time.perf_counter() - start)
        return response


def _measure(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    match = request.resolver_match
    page = (match.view_name if match else "") or "unknown"
    _requests.labels(page, request.method or "", f"{response.status_code // 100}xx").inc()
    _duration.labels(page).observe(seconds)


def note_job(name: str, seconds: float, *, is_well: bool) -> None:
    """Keep how a job of the timetable went."""
    _jobs.labels(name, "well" if is_well else "failed").inc()
    _job_duration.labels(name).observe(seconds)


def show_health(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return JsonResponse({"status": "ok"})


def show_readiness(request: HttpRequest) -> HttpResponse:
    """Whether work can be done: the database answers and knows our tables."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM django_migrations")
            row = cursor.fetchone()
    except DatabaseError:
        connection.close()
        return JsonResponse({"status": "unavailable", "database": "unreachable"}, status=503)
    return JsonResponse({"status": "ok", "database": "ok", "migrations": row[0] if row else 0})


def show_metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus, to this machine itself or to who holds MOTCUA_METRICS_TOKEN."""
    if not _may_read(request):
        return HttpResponseNotFound()
    registry = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        for one in (_requests, _duration, _jobs, _job_duration):
            registry.register(one)
    figures = generate_latest(registry) + generate_latest(_count_queues())
    return HttpResponse(figures, content_type=CONTENT_TYPE_LATEST)


def _count_queues() -> CollectorRegistry:
    """How much waits and how much failed in each queue, asked of whom `settings.METRICS_QUEUES` names."""
    registry = CollectorRegistry()
    waiting = Gauge(
        "motcua_queue",
        "Rows of a queue by state, counted to ten thousand",
        ["queue", "state"],
        registry=registry,
    )
    try:
        for queue, name in settings.METRICS_QUEUES.items():
            for state, count in import_string(name)().items():
                waiting.labels(queue, state).set(count)
    except DatabaseError:
        connection.close()
    return registry


def _may_read(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    if token:
        return hmac.compare_digest(
            request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode()
        )
    return request.META.get("REMOTE_ADDR", "") in _LOOPBACK and "X-Forwarded-For" not in request.headers
