"""Running a service: uvicorn with bounded shutdown, and the common middleware."""

import asyncio
import gc
from collections.abc import Mapping

import uvicorn
from fastapi import FastAPI

from shared.http.access_log import AccessLogMiddleware
from shared.http.body_limit import BodyLimitMiddleware
from shared.http.problems import install_problem_handlers
from shared.http.request_id import RequestIdMiddleware
from shared.http.unexpected_errors import UnexpectedErrorMiddleware
from shared.logs import configure_logs
from shared.orphan_guard import stop_when_orphaned
from shared.settings import CommonSettings
from shared.version import platform_version as platform_version


def install_common(
    app: FastAPI, *, body_limit: int, body_limits: Mapping[str, int] | None = None
) -> None:
    """Problem details, request ids, access log and body limits; the id outermost."""
    install_problem_handlers(app)
    app.add_middleware(BodyLimitMiddleware, limit=body_limit, exceptions=body_limits)
    app.add_middleware(UnexpectedErrorMiddleware)
    app.add_middleware(AccessLogMiddleware)
    app.add_middleware(RequestIdMiddleware)


def _collect_garbage_seldom() -> None:
    """A full collection looks at every cached object, some 100 ms in the midst of a request; what
    requests leave behind is nearly all freed by reference counts. Not so what imports leave: with
    this the profiles service grew from 170 to 310 MB."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def serve(
    app: FastAPI,
    settings: CommonSettings,
    service: str,
    *,
    protocol: type[asyncio.Protocol] | None = None,
    keeps_much: bool = False,
) -> None:
    """Serve until a signal; then finish accepted requests within the deadline.

    `protocol` takes the place of uvicorn's own HTTP protocol. A service that `keeps_much` in its
    process collects garbage seldom.
    """
    if keeps_much:
        _collect_garbage_seldom()
    configure_logs(service, level=settings.log_level, as_json=settings.log_json)
    if settings.parent_pid:
        stop_when_orphaned(settings.parent_pid)
    uvicorn.run(
        app,
        http=protocol or "auto",
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=settings.shutdown_seconds,
    )
