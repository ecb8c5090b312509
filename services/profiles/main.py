"""The composition root of the profiles service."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from services.profiles.api import health, history, look_alikes, organisations, states
from services.profiles.importing import api as importing_api
from services.profiles.importing.part import make_importing
from services.profiles.process import ProfilesProcess
from services.profiles.screening import api as screening_api
from services.profiles.screening.part import make_screening
from services.profiles.settings import ProfilesSettings
from services.profiles.use_cases import make_use_cases
from shared.internal_tokens import InternalTokens
from shared.runtime import install_common, platform_version, serve


def create_app(settings: ProfilesSettings) -> FastAPI:
    """The service; its lifespan starts and stops what runs beside the HTTP server."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        process = ProfilesProcess(settings)
        app.state.process = process
        app.state.use_cases = make_use_cases(process.database)
        app.state.importing = make_importing(process.database, app.state.use_cases.changes)
        app.state.screening = make_screening(
            process.database, app.state.use_cases.saving, process.matcher(app.state.internal_tokens)
        )
        await process.start()
        process.run_when_prepared("imports", app.state.importing.runner.run)
        process.run_when_prepared("rescreening", app.state.screening.rescreening.run)
        if app.state.screening.comparing:
            process.run_when_prepared("comparing", app.state.screening.comparing.run)
        try:
            yield
        finally:
            await process.stop()

    app = FastAPI(title="Hezuo profiles", version=platform_version(), lifespan=lifespan)
    app.state.internal_tokens = InternalTokens(
        settings.internal_secret.get_secret_value(), "profiles"
    )
    install_common(
        app,
        body_limit=settings.body_limit,
        body_limits={r"^/imports": settings.import_limit},
    )
    parts = (health, history, look_alikes, organisations, states, importing_api, screening_api)
    for part in parts:
        app.include_router(part.router)
    return app


def main() -> None:
    """Serve until a signal."""
    settings = ProfilesSettings()
    serve(create_app(settings), settings, "profiles")
