"""Problem details (RFC 9457) with stable codes."""

from pydantic import BaseModel, ConfigDict


class FieldProblem(BaseModel):
    """One field of the payload: where, what is wrong, how to mend it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    field: str
    problem: str
    mend: str | None = None


class Problem(BaseModel):
    """`application/problem+json`. `code` never changes meaning; `detail` is for people."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str
    fields: tuple[FieldProblem, ...] = ()
    parameters: dict[str, str | int | float | None] = {}
    """What the sentence was filled with, so that an edge can say it in another language."""
