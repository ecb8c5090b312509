"""Rendering errors as problem details (RFC 9457)."""

from collections.abc import Mapping

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from shared.contracts.problems import FieldProblem, Problem
from shared.errors import ProblemError
from shared.http.chinese.things import THINGS
from shared.http.field_mends import mend_for
from shared.http.language import preferred_language
from shared.http.request_id import current_request_id
from shared.http.translation import field_in_language, in_language

_STATUS_CODES = {404: "not_found", 405: "method_not_allowed", 413: "body_too_large"}
_log = structlog.get_logger("http")


def problem_response(request: Request, error: ProblemError) -> JSONResponse:
    """The answer to a business error, in the reader's language."""
    language = preferred_language(request.headers.get("accept-language", ""))
    problem = Problem(
        type=f"urn:hezuo:problem:{error.code}",
        title=error.entry.title(language),
        status=error.status,
        detail=error.entry.detail(language, _said(error.parameters, language)),
        code=error.code,
        request_id=current_request_id(),
        fields=tuple(field_in_language(field, language) for field in error.fields),
        parameters={name: _plain(value) for name, value in error.parameters.items()},
    )
    return JSONResponse(
        problem.model_dump(mode="json"),
        status_code=error.status,
        headers={"Content-Language": language, **error.headers},
        media_type="application/problem+json",
    )


def install_problem_handlers(app: FastAPI) -> None:
    """Make every error of the app a problem, the unexpected ones included."""

    @app.exception_handler(ProblemError)
    async def _business(request: Request, error: ProblemError) -> JSONResponse:
        return problem_response(request, error)

    @app.exception_handler(RequestValidationError)
    async def _validation(request: Request, error: RequestValidationError) -> JSONResponse:
        return problem_response(request, _from_validation(error))

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> JSONResponse:
        return problem_response(request, _from_http(request, error))

    @app.exception_handler(Exception)
    async def _unexpected(request: Request, error: Exception) -> JSONResponse:
        _log.error("unexpected_error", error_type=type(error).__name__, exc_info=error)
        return problem_response(request, ProblemError("internal"))


def _said(parameters: Mapping[str, object], language: str) -> dict[str, object]:
    """A reason is a sentence of its own, `what` a word; the rest are names and numbers."""
    said = dict(parameters)
    if isinstance(reason := said.get("reason"), str):
        said["reason"] = in_language(reason, language)
    if language == "zh" and (what := said.get("what")) in THINGS:
        said["what"] = THINGS[str(what)]
    return said


def _plain(value: object) -> str | int | float | None:
    return value if isinstance(value, str | int | float | None) else str(value)


def field_problems(errors: list[dict[str, object]]) -> tuple[FieldProblem, ...]:
    """Pydantic's errors as field problems; the rejected input is never echoed."""
    return tuple(
        FieldProblem(
            field=_path(error["loc"]),
            problem=_sayable(str(error["msg"]).removeprefix("Value error, ")),
            mend=mend_for(error),
        )
        for error in map(_of_text, errors)
    )


def _of_text(error: dict[str, object]) -> dict[str, object]:
    """Pydantic counts "items" where a text is checked after another rule; it has characters."""
    context = error.get("ctx")
    if not (isinstance(error.get("input"), str) and isinstance(context, dict)):
        return error
    if error["type"] == "too_short":
        said = f"String should have at least {context['min_length']} characters"
        return {**error, "type": "string_too_short", "msg": said}
    if error["type"] == "too_long":
        said = f"String should have at most {context['max_length']} characters"
        return {**error, "type": "string_too_long", "msg": said}
    return error


def _path(location: object) -> str:
    parts = location if isinstance(location, tuple | list) else (location,)
    return _sayable(".".join(str(part) for part in parts if part != "body")) or "body"


def _sayable(text: str) -> str:
    """Names of unknown fields come from outside: lone surrogates in them cannot be sent back."""
    return text.encode("utf-8", "backslashreplace").decode()


def _from_validation(error: RequestValidationError) -> ProblemError:
    errors = list(error.errors())
    if any(item["type"] == "json_invalid" for item in errors):
        return ProblemError("malformed_json")
    return ProblemError("invalid_request", fields=field_problems(errors))


def _from_http(request: Request, error: HTTPException) -> ProblemError:
    code = _STATUS_CODES.get(error.status_code)
    if code == "not_found":
        return ProblemError(code, what="route", id=request.url.path)
    if code == "method_not_allowed":
        return ProblemError(code, headers=dict(error.headers or {}))
    if error.status_code == 400:
        return ProblemError("malformed_json")
    return ProblemError("internal")
