"""What handlers take from a request."""

import base64
import binascii
import json
from typing import Annotated

from fastapi import Depends, Header, Path, Query, Request
from pydantic import AfterValidator

from services.profiles.domain.merge_patch import Json
from services.profiles.preconditions import Precondition
from services.profiles.use_cases import UseCases
from shared.contracts.base import OrganisationId, storable
from shared.contracts.problems import FieldProblem
from shared.errors import ProblemError

MERGE_PATCH = "application/merge-patch+json"

Id = Annotated[OrganisationId, Path(alias="organisation_id")]
SearchText = Annotated[str, Query(min_length=1, max_length=200), AfterValidator(storable)]
IdempotencyKey = Annotated[
    str | None, Header(alias="Idempotency-Key", pattern=r"^[\x21-\x7e]{1,255}$")
]


async def use_cases(request: Request) -> UseCases:
    """The service's use cases, once its tables are there."""
    if not request.app.state.process.prepared:
        raise ProblemError("not_ready", what="postgresql", headers={"Retry-After": "1"})
    found: UseCases = request.app.state.use_cases
    return found


async def precondition(
    if_match: Annotated[str | None, Header()] = None,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Precondition:
    """What the writer has read."""
    return Precondition.of(if_match, if_none_match)


async def merge_patch_body(request: Request) -> Json:
    """A JSON object sent as application/merge-patch+json."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != MERGE_PATCH:
        raise ProblemError("unsupported_media_type", expected=MERGE_PATCH)
    try:
        patch: Json = json.loads(await request.body())
    except (ValueError, RecursionError) as error:
        raise ProblemError("malformed_json") from error
    if not isinstance(patch, dict):
        problem = FieldProblem(
            field="body", problem="not an object", mend='send the changed fields as {"field": ...}'
        )
        raise ProblemError("invalid_request", fields=[problem])
    return patch


def encode_cursor(position: str) -> str:
    """An opaque cursor that goes on after a position."""
    return base64.urlsafe_b64encode(position.encode()).decode().rstrip("=")


def decode_cursor(cursor: str | None) -> str | None:
    """The position in a cursor. Raises ProblemError `invalid_request` if it is not ours."""
    if cursor is None:
        return None
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        position = base64.b64decode(padded, altchars=b"-_", validate=True).decode()
        if position and encode_cursor(position) == cursor:
            return storable(position)
    except (ValueError, binascii.Error):
        pass
    raise malformed_cursor()


def malformed_cursor() -> ProblemError:
    """A cursor that no answer of ours has had."""
    problem = FieldProblem(
        field="cursor",
        problem="not a cursor of this list",
        mend="send next_cursor of the page before as it was, or leave it out to begin",
    )
    return ProblemError("invalid_request", fields=[problem])


Cases = Annotated[UseCases, Depends(use_cases)]
Expected = Annotated[Precondition, Depends(precondition)]
MergePatch = Annotated[Json, Depends(merge_patch_body)]
