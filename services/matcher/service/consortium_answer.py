"""Teams as the reader is told of them."""

import numpy as np

from services.matcher.domain.consortium.constants import BEST_EACH
from services.matcher.domain.consortium.gaps import Gap, Reason, gaps
from services.matcher.domain.consortium.problem import Purpose
from services.matcher.domain.consortium.proposals import Proposal as FoundTeam
from services.matcher.domain.consortium.proposals import differing
from services.matcher.domain.consortium.seats import Seat, leaders, seats
from services.matcher.domain.explanation import summary
from services.matcher.domain.ranking import rounded
from services.matcher.service import consortium_words as words
from services.matcher.service.call_coverage import CallCoverage
from services.matcher.service.call_teams import CallTeams
from services.matcher.service.consortium_cells import Cells
from shared.contracts.consortia import (
    Candidate,
    ConsortiumAnswer,
    ConsortiumRequest,
    GapReason,
    Infeasible,
    Member,
    Promise,
    Proposal,
    RelaxationStep,
    Replacement,
    RequirementView,
    Row,
    Said,
    UncoveredRequirement,
    WayOut,
)
from shared.contracts.principal import Principal
from shared.contracts.suggestions import Freshness

_NEAREST = 3


def answer(
    request: ConsortiumRequest,
    coverage: CallCoverage,
    teams: CallTeams,
    freshness: Freshness,
    reader: Principal,
) -> ConsortiumAnswer:
    """Quotes are those that the reader may read."""
    writing = _Writing(request, coverage, teams, Cells(coverage, teams, reader))
    found = teams.outcome
    return ConsortiumAnswer(
        title=request.title,
        feasible=found.feasible,
        requirements=tuple(writing.requirement(n) for n in range(len(request.requirements))),
        proposals=tuple(
            writing.proposal(rank, one) for rank, one in enumerate(found.proposals, start=1)
        ),
        infeasible=None if found.feasible else writing.infeasible(),
        notes=() if reader.sees_everything else (words.MEMBERS_NOTE,),
        freshness=freshness,
    )


class _Writing:
    def __init__(
        self, request: ConsortiumRequest, coverage: CallCoverage, teams: CallTeams, cells: Cells
    ) -> None:
        self._asked = request.requirements
        self._limits = request.limits
        self._coverage, self._teams, self._cells = coverage, teams, cells
        self._problem = teams.problem
        self._ids = [one.id for one in request.requirements]

    def requirement(self, number: int) -> RequirementView:
        asked, values = self._asked[number], self._problem.values[number]
        return RequirementView(
            id=asked.id,
            text=asked.text,
            must_have=asked.must_have,
            language=self._coverage.languages[number],
            weight=rounded(float(self._problem.weights[number])),
            covering=int((values > 0).sum()),
            best=tuple(
                Candidate(
                    partner=summary(self._cells.organisation(one)),
                    cell=self._cells.cell(number, one),
                )
                for one in self._cells.best(number, BEST_EACH)
            ),
        )

    def proposal(self, rank: int, found: FoundTeam) -> Proposal:
        seated = seats(self._problem, found.team)
        uncovered = gaps(self._problem, found.team)
        others = [one.team for one in self._teams.outcome.proposals if one.team != found.team]
        return Proposal(
            rank=rank,
            coverage=rounded(found.quality),
            complete=not any(self._asked[gap.requirement].must_have for gap in uncovered),
            members=tuple(self._member(seat, found) for seat in seated),
            matrix=self._matrix(found, seated),
            uncovered=tuple(self._uncovered(gap) for gap in uncovered),
            differs_by=differing(found.team, others),
            promise=_promise(found),
        )

    def infeasible(self) -> Infeasible:
        decided = self._teams.outcome.decided
        return Infeasible(
            said=words.NO_TEAM if decided else words.UNDECIDED,
            reasons=tuple(self._reasons()) if decided else (),
            ways_out=tuple(
                WayOut(
                    steps=tuple(
                        RelaxationStep(
                            change=step.change.value,
                            name=step.name,
                            by=step.by,
                            said=words.step_said(step, self._cells.names()),
                        )
                        for step in way.steps
                    )
                )
                for way in self._teams.ways_out
            ),
        )

    def _reasons(self) -> list[Said]:
        problem = self._problem
        if not problem.size:
            return [words.NO_CANDIDATES]
        said = []
        for quota in problem.quotas:
            there = int(quota.members.sum())
            if there >= quota.least:
                continue
            if quota.purpose is Purpose.MUST_HAVE:
                said.append(words.gap_said(Reason.NOBODY, quota.name))
            elif quota.purpose is Purpose.KIND:
                said.append(words.too_few_of(quota.name, there, quota.least))
        return said or [words.TOGETHER]

    def _matrix(self, found: FoundTeam, seated: list[Seat]) -> tuple[Row, ...]:
        leading = leaders(self._problem, found.team)
        return tuple(
            Row(
                requirement=id,
                covered_by=None if leader is None else self._cells.organisation(leader).id,
                cells=tuple(self._cells.cell(number, seat.organisation) for seat in seated),
            )
            for number, (id, leader) in enumerate(zip(self._ids, leading, strict=True))
        )

    def _member(self, seat: Seat, found: FoundTeam) -> Member:
        fixed = seat.organisation in self._problem.fixed
        alone = [self._ids[one] for one in seat.alone]
        leads = [self._ids[one] for one in seat.leads]
        why = words.member_said(alone, leads, seat.needed_for)
        return Member(
            partner=summary(self._cells.organisation(seat.organisation)),
            fixed=fixed,
            contribution=rounded(max(0.0, seat.contribution)),
            covers_best=tuple(leads),
            covers_alone=tuple(alone),
            why=(*((words.FIXED,) if fixed else ()), *why),
            alternatives=tuple(
                Replacement(
                    partner=summary(self._cells.organisation(one.organisation)),
                    coverage=rounded(one.quality),
                    change=rounded(one.quality - found.quality),
                )
                for one in seat.alternatives
            ),
        )

    def _uncovered(self, gap: Gap) -> UncoveredRequirement:
        asked = self._asked[gap.requirement]
        nearest = gap.capable[:_NEAREST] or tuple(self._cells.best(gap.requirement, _NEAREST))
        return UncoveredRequirement(
            requirement=asked.id,
            must_have=asked.must_have,
            reason=GapReason(gap.reason.value),
            said=words.gap_said(gap.reason, asked.id),
            nearest=tuple(self._cells.organisation(one).id for one in nearest),
        )


def _promise(found: FoundTeam) -> Promise:
    promised = found.guarantee
    share = float(np.floor(promised.share_of_best * 1e6) / 1e6)
    return Promise(
        share_of_best=share,
        method="greedy" if found.greedy else "exact",
        cover_factor=promised.cover_factor,
        fill_factor=promised.fill_factor,
        said=words.promise_said(share, greedy=found.greedy),
    )
