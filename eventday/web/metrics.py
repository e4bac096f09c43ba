"""`/metrics` for Prometheus: requests by route, jobs by state, scans. For this machine, or whoever has the token.

Web processes share nothing, so what is counted per process is told per process; what matters across them (jobs,
scans) is read from the database when asked.
"""

from __future__ import annotations

import hmac
import time
from ipaddress import ip_address

from flask import Flask, Response, abort, g, request
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from sqlalchemy import func

from ..models import Job, Scan, db
from ..settings import Settings

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


def init_app(app: Flask) -> None:
    registry = CollectorRegistry()
    taken = Histogram(
        "eventday_request_seconds", "Time that a request took.", ["route"], registry=registry, buckets=SECONDS
    )
    answered = Counter("eventday_requests", "Requests answered.", ["route", "method", "status"], registry=registry)

    @app.after_request
    def count(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "none"
        answered.labels(route, request.method, response.status_code).inc()
        if "begun" in g:
            taken.labels(route).observe(time.perf_counter() - g.begun)
        return response

    @app.get("/metrics")
    def metrics() -> ResponseReturnValue:
        _only_for_those_who_watch(app.config["EVENTDAY"])
        return Response(generate_latest(registry) + generate_latest(_from_database()), content_type=CONTENT_TYPE_LATEST)


def _from_database() -> CollectorRegistry:
    registry = CollectorRegistry()
    jobs = Gauge("eventday_jobs", "Jobs by state.", ["kind", "state"], registry=registry)
    for kind, state, count in db.session.query(Job.kind, Job.state, func.count()).group_by(Job.kind, Job.state):
        jobs.labels(kind, state).set(count)
    scans = Gauge("eventday_scans", "Scans by outcome.", ["outcome"], registry=registry)
    for outcome, count in db.session.query(Scan.outcome, func.count()).group_by(Scan.outcome):
        scans.labels(outcome).set(count)
    return registry


def _only_for_those_who_watch(settings: Settings) -> None:
    token = settings.metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token:
        if not hmac.compare_digest(given.encode(), token.encode()):
            abort(404)
    elif settings.behind_proxy or not ip_address(request.remote_addr or "0.0.0.0").is_loopback:  # noqa: S104
        abort(404)
