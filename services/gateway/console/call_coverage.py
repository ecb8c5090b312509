"""A proposal as the matrix that a page shows. Pure."""

from dataclasses import dataclass

from shared.contracts.calls import Call
from shared.contracts.consortia import (
    Cell,
    ConsortiumAnswer,
    Member,
    Proposal,
    RequirementView,
    UncoveredRequirement,
)
from shared.contracts.seats import Seat, SeatState

_TAKEN = frozenset(
    {SeatState.SUGGESTED, SeatState.REQUESTED, SeatState.INVITED, SeatState.ACCEPTED}
)


@dataclass(frozen=True)
class Column:
    """One organisation of the proposal."""

    member: Member
    seat: Seat | None
    """Its seat, where it has one."""
    covers: tuple[str, ...]
    """The requirements that it would be asked for: what it covers best, or else covers."""


@dataclass(frozen=True)
class MatrixRow:
    """One requirement across the organisations."""

    view: RequirementView
    cells: tuple[Cell, ...]
    best: str | None
    gap: UncoveredRequirement | None


@dataclass(frozen=True)
class Matrix:
    """One proposal beside the call's seats."""

    proposal: Proposal
    columns: tuple[Column, ...]
    rows: tuple[MatrixRow, ...]
    to_invite: int
    """Members without a seat."""


def coverage_of(call: Call, answer: ConsortiumAnswer, number: int) -> Matrix | None:
    """The proposal of that rank, or the first; None where there is none."""
    proposal = _chosen(answer, number)
    if proposal is None:
        return None
    views = {one.id: one for one in answer.requirements}
    gaps = {one.requirement: one for one in proposal.uncovered}
    columns = tuple(_column(call, proposal, member) for member in proposal.members)
    rows = tuple(
        MatrixRow(views[row.requirement], row.cells, row.covered_by, gaps.get(row.requirement))
        for row in proposal.matrix
    )
    waiting = sum(column.seat is None and bool(column.covers) for column in columns)
    return Matrix(proposal, columns, rows, waiting)


def _chosen(answer: ConsortiumAnswer, number: int) -> Proposal | None:
    by_rank = {one.rank: one for one in answer.proposals}
    return by_rank.get(number) or next(iter(answer.proposals), None)


def _column(call: Call, proposal: Proposal, member: Member) -> Column:
    id = member.partner.id
    seats = [one for one in call.seats if one.organisation == id and one.state in _TAKEN]
    covering = [
        row.requirement
        for row in proposal.matrix
        for cell in row.cells
        if cell.organisation == id and cell.covers
    ]
    return Column(member, seats[0] if seats else None, member.covers_best or tuple(covering))
