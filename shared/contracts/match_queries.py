"""How the queue of matches and the audit trail are asked."""

from typing import Annotated, Self

from pydantic import AwareDatetime, Field, StringConstraints, model_validator

from shared.contracts.base import Contract, Line, OrganisationId, Text
from shared.contracts.matches import MatchOrigin, MatchSort, MatchState
from shared.contracts.organisation import DivisionCode, FieldCode, Kind
from shared.contracts.suggestions import Score

_NAMES = "|".join(MatchState)
_Limit = Annotated[int, Field(ge=1, le=200)]
_Cursor = Annotated[str, StringConstraints(max_length=500)] | None


class MatchQuery(Contract):
    """Narrows the queue and its counts; all given conditions hold."""

    state: Annotated[str, StringConstraints(pattern=rf"^({_NAMES})(,({_NAMES}))*$")] | None = None
    """One state, or several with commas between them."""
    organisation: OrganisationId | None = None
    """On either side."""
    assignee: Line | None = None
    """A coordinator's subject; `me` is oneself. Not for members."""
    unassigned: bool = False
    requested: bool | None = None
    """Whether a member asked for it."""
    origin: MatchOrigin | None = None
    kind: Kind | None = None
    """Of one of the two; so are province and field."""
    province: DivisionCode | None = None
    field: FieldCode | None = None
    """With all that the taxonomy has below it."""
    minimum_score: Score = 0.0
    updated_since: AwareDatetime | None = None
    text: Annotated[Text, StringConstraints(min_length=1, max_length=200)] | None = None
    """In the ids and names of the two."""
    run: Annotated[Text, StringConstraints(min_length=1, max_length=100)] | None = None
    """Suggested last by this run."""

    @model_validator(mode="after")
    def _one_or_nobody(self) -> Self:
        if self.assignee and self.unassigned:
            raise ValueError("unassigned: leave it out, or leave out assignee")
        return self

    @property
    def states(self) -> tuple[MatchState, ...]:
        """Those named, each once."""
        names = self.state.split(",") if self.state else ()
        return tuple(dict.fromkeys(MatchState(name) for name in names))


class MatchListQuery(MatchQuery):
    """A page of the queue."""

    sort: MatchSort = MatchSort.SCORE
    limit: _Limit = 50
    cursor: _Cursor = None


class AuditQuery(Contract):
    """A page of the audit trail."""

    subject_kind: Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}$")] | None = None
    subject: Annotated[str, StringConstraints(pattern=r"^[!-~]{1,100}$")] | None = None
    actor: Line | None = None
    action: Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,60}$")] | None = None
    since: AwareDatetime | None = None
    limit: _Limit = 50
    cursor: _Cursor = None
