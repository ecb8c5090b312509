"""A call with requirements, and sets of organisations that cover it."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from shared.contracts.base import Contract, Line, OrganisationId, StatementId, Text
from shared.contracts.organisation import CountryCode, DivisionCode, Kind, Language
from shared.contracts.suggestions import Freshness, PartnerSummary, Score, StatementQuote

MOST_MEMBERS = 20
MOST_REQUIREMENTS = 20

Members = Annotated[int, Field(ge=1, le=MOST_MEMBERS)]


class CallRequirement(Contract):
    """One thing that a team must, or should, be able to do."""

    id: StatementId
    text: Annotated[Text, StringConstraints(min_length=2, max_length=2000)]
    must_have: bool = True
    language: Language | None = None
    """Detected where it is not given."""
    weight: Annotated[float, Field(gt=0, le=100)] | None = None
    """What covering it well is worth beside the others: 2 for a must-have, 1 for a nice-to-have
    where it is not given."""


class TeamLimits(Contract):
    """What every proposed set keeps to."""

    minimum_size: Members = 2
    maximum_size: Members = 6
    countries: Annotated[tuple[CountryCode, ...], Field(max_length=250)] = ()
    provinces: Annotated[tuple[DivisionCode, ...], Field(max_length=50)] = ()
    """Members come from one of these countries or one of these provinces; none given: from
    anywhere. Fixed members may come from elsewhere."""
    kinds: dict[Kind, Annotated[int, Field(ge=0, le=MOST_MEMBERS)]] = Field(
        default_factory=lambda: {Kind.INSTITUTION: 1, Kind.ENTERPRISE: 1}
    )
    """At least so many of each kind."""
    fixed: Annotated[tuple[OrganisationId, ...], Field(max_length=MOST_MEMBERS)] = ()
    """Members of every proposal."""
    excluded: Annotated[tuple[OrganisationId, ...], Field(max_length=1000)] = ()

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.minimum_size > self.maximum_size:
            raise ValueError("minimum_size is above maximum_size")
        if sum(self.kinds.values()) > self.maximum_size:
            raise ValueError("kinds ask for more members than maximum_size allows")
        if len(set(self.fixed)) > self.maximum_size:
            raise ValueError("there are more fixed members than maximum_size allows")
        if both := sorted(set(self.fixed) & set(self.excluded)):
            raise ValueError(f"{both[0]!r} is both fixed and excluded")
        return self


class ConsortiumRequest(Contract):
    """The body of POST /consortia."""

    title: Line
    organisation: OrganisationId | None = None
    """Whose call it is; a member's is its own organisation's."""
    requirements: Annotated[
        tuple[CallRequirement, ...], Field(min_length=1, max_length=MOST_REQUIREMENTS)
    ]
    limits: TeamLimits = TeamLimits()
    proposals: Annotated[int, Field(ge=1, le=10)] = 3

    @model_validator(mode="after")
    def _requirement_ids_are_unique(self) -> Self:
        seen: set[str] = set()
        for requirement in self.requirements:
            if requirement.id in seen:
                raise ValueError(f"requirement id {requirement.id!r} is used twice; make it unique")
            seen.add(requirement.id)
        return self


class Said(Contract):
    """A sentence for people, in both languages."""

    zh: str
    en: str


class Cell(Contract):
    """How well one organisation covers one requirement."""

    organisation: OrganisationId
    score: Score
    covers: bool
    """Whether it counts as covered by it."""
    statement: StatementQuote | None = None
    """What it rests on; None where the organisation states nothing that comes near."""


class Candidate(Contract):
    """An organisation for one requirement, whatever proposals it is in."""

    partner: PartnerSummary
    cell: Cell


class RequirementView(Contract):
    """A requirement and who covers it."""

    id: StatementId
    text: str
    must_have: bool
    language: Language
    weight: float
    """Its share of all weights."""
    covering: Annotated[int, Field(ge=0)]
    """How many organisations within the limits cover it, of those that were looked at."""
    best: tuple[Candidate, ...]
    """The best of those that were looked at, also where none covers it."""


class Row(Contract):
    """One requirement in a proposal's matrix."""

    requirement: StatementId
    covered_by: OrganisationId | None
    """The member that covers it best; None where nobody does."""
    cells: tuple[Cell, ...]
    """In the order of the members."""


class GapReason(StrEnum):
    """Why nobody in a proposal covers a requirement."""

    NOBODY = "nobody"
    CONFLICT = "conflict"
    NO_SEAT = "no_seat"
    NOT_WORTH_A_SEAT = "not_worth_a_seat"


class UncoveredRequirement(Contract):
    """A requirement that a proposal does not cover, and why."""

    requirement: StatementId
    must_have: bool
    reason: GapReason
    said: Said
    nearest: tuple[OrganisationId, ...]
    """Organisations that could cover it, or come nearest to it, best first."""


class Replacement(Contract):
    """Someone else for a seat, with whom the set still fits."""

    partner: PartnerSummary
    coverage: Score
    """Of the set with it."""
    change: float
    """In coverage."""


class Member(Contract):
    """One member of a proposal."""

    partner: PartnerSummary
    fixed: bool
    contribution: Score
    """By how much the coverage falls without it."""
    covers_best: tuple[StatementId, ...]
    covers_alone: tuple[StatementId, ...]
    """Requirements that no other member covers."""
    why: tuple[Said, ...]
    alternatives: tuple[Replacement, ...]
    """Next best for the seat, best first; none for a fixed member."""


class Promise(Contract):
    """How good a proposal is beside the best there can be."""

    share_of_best: Score
    """Its coverage as a share of a bound that no set within the limits exceeds."""
    method: str
    """`greedy` or `exact`."""
    cover_factor: float | None
    """Members needed for the must-haves, over the fewest possible, is at most this."""
    fill_factor: float | None
    """What the other members add, over the most that as many could add, is at least this."""
    said: Said


class Proposal(Contract):
    """A set of organisations for the call."""

    rank: int
    coverage: Score
    """The weighted mean over the requirements of the best member's score, where it covers."""
    complete: bool
    """Whether every must-have is covered."""
    members: tuple[Member, ...]
    """Those that contribute most first."""
    matrix: tuple[Row, ...]
    uncovered: tuple[UncoveredRequirement, ...]
    differs_by: int | None
    """Members that the most similar of the other proposals has not; None where it is the only."""
    promise: Promise


class RelaxationStep(Contract):
    """One thing that the call could ask less of."""

    change: str
    """`larger`, `smaller`, `place`, `admitted`, `nice_to_have`, `fewer_of_kind`, `released`."""
    name: str
    """The requirement, kind, place or organisation; empty for sizes."""
    by: int
    said: Said


class WayOut(Contract):
    """Steps that together let there be a set that fits."""

    steps: tuple[RelaxationStep, ...]


class Infeasible(Contract):
    """Why no set fits the call, and what would help."""

    said: Said
    reasons: tuple[Said, ...]
    ways_out: tuple[WayOut, ...]
    """The smallest first; empty where nothing was found to help."""


class ConsortiumAnswer(Contract):
    """Proposals for a call, best first."""

    title: str
    feasible: bool
    """Whether some set covers all must-haves within the limits; where not, `proposals` cover as
    many as can be covered."""
    requirements: tuple[RequirementView, ...]
    proposals: tuple[Proposal, ...]
    infeasible: Infeasible | None = None
    notes: tuple[Said, ...] = ()
    freshness: Freshness
