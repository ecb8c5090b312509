"""What coordinators look at: the network, gaps, exposure, the way to collaboration, and its pace.

Public routes, for coordinators and operators (the matcher has the same without /v1):

    GET /insights/network          Network; `limit` strongest edges (10-1000), `state`, `kind`
    GET /insights/coverage         CoverageMap; fields x regions; `within` a field: its children
    GET /insights/exposure         Exposure; `limit` organisations
    GET /insights/funnel           Funnel; `since`, `until`
    GET /insights/decision-times   DecisionTimes; `since`, `until`
"""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from shared.contracts.base import Contract, OrganisationId
from shared.contracts.organisation import Kind, Names

Count = Annotated[int, Field(ge=0)]
Share = Annotated[float, Field(ge=0, le=1)]


class NetworkNode(Contract):
    """An organisation of the shown edges."""

    id: OrganisationId
    names: Names | None
    """None once it is erased."""
    kind: Kind | None
    province: str | None
    edges: Count
    """Of those shown."""


class NetworkEdge(Contract):
    """A match, or a collaboration stated in a profile."""

    first: OrganisationId
    second: OrganisationId
    state: str
    """A match's state, or `stated` for a past collaboration of a profile."""
    strength: Share
    """A match's score; for a stated collaboration how many projects, as a share of the most."""


class Network(Contract):
    """The strongest edges, the furthest along first."""

    nodes: tuple[NetworkNode, ...]
    edges: tuple[NetworkEdge, ...]
    all_edges: Count
    """How many there are under the same filter."""
    components: Count
    """Of what is shown."""
    computed_at: datetime


class CoverageCell(Contract):
    """One field in one region."""

    field: str
    region: str
    """A province's code, a country's code outside China, or `-` where it is not known."""
    needs: Count
    capabilities: Count
    """Of organisations of the region."""
    unanswered: Count
    """Needs of the region without a capability above the threshold on the whole platform, of
    those that were looked at."""
    looked_at: Count


class CoverageField(Contract):
    """A row's sums over all regions."""

    field: str
    needs: Count
    capabilities: Count
    unanswered: Count
    looked_at: Count


class OpenNeed(Contract):
    """A need that nobody answers."""

    organisation: OrganisationId
    names: Names | None
    need: str
    """The statement's id."""
    text: str
    field: str | None
    region: str
    must_have: bool
    best: Share
    """Of what comes nearest."""
    seen_at: datetime


class CoverageMap(Contract):
    """Rows with most unanswered needs first."""

    fields: tuple[CoverageField, ...]
    regions: tuple[str, ...]
    within: str | None
    """The field whose children the rows are; None for the top."""
    cells: tuple[CoverageCell, ...]
    """Only those with a need or a capability."""
    open_needs: tuple[OpenNeed, ...]
    """The first hundred, furthest from an answer first."""
    needs: Count
    looked_at: Count
    """Needs whose best answer is known at their present wording."""
    computed_at: datetime


class Exposed(Contract):
    """How often an organisation was suggested."""

    organisation: OrganisationId
    names: Names | None
    kind: Kind | None
    suggested: Count
    share: Share
    """Of all places."""


class ExposureMoment(Contract):
    """A rematch run with its own figures, or the matches that were new in a month."""

    kind: Literal["run", "month"]
    name: str
    """The run's number, or the month as 2026-11."""
    at: datetime
    matches: Count
    gini: Share
    """Of a run: over its lists; of a month: over all active organisations. 0 is even, 1 is one
    organisation alone."""
    covered: Share
    """Of the organisations, those with at least one."""


class Exposure(Contract):
    """Open and past matches; each gives one place to both sides."""

    items: tuple[Exposed, ...]
    """Most exposed first."""
    matches: Count
    organisations: Count
    """Active ones."""
    without: Count
    gini: Share
    top_share: Share
    """Of all places, those of the most exposed hundredth."""
    moments: tuple[ExposureMoment, ...]
    """Oldest first."""
    computed_at: datetime


class FunnelStage(Contract):
    """How many matches got so far."""

    state: str
    reached: Count
    share_of_all: Share
    share_of_last: Share
    """Of the stage before."""


class FunnelExit(Contract):
    """Where matches leave the way."""

    state: str
    count: Count


class Funnel(Contract):
    """From suggestion to collaboration."""

    stages: tuple[FunnelStage, ...]
    exits: tuple[FunnelExit, ...]
    since: datetime | None
    until: datetime | None
    computed_at: datetime


class StepTimes(Contract):
    """Days that a step took, over matches that took it."""

    step: str
    """`decision`, `answers`, `introduction`, `collaboration`."""
    count: Count
    lower_quartile: float | None
    median: float | None
    upper_quartile: float | None
    """Days; None where nobody took the step."""
    waiting: Count
    """Matches that stand before it now."""
    longest_wait: float | None
    """Days, of those that wait."""


class DecisionTimes(Contract):
    """In the order of the way."""

    steps: tuple[StepTimes, ...]
    since: datetime | None
    until: datetime | None
    computed_at: datetime
