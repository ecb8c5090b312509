"""What is told of a team, and what helps where there is none."""

from dataclasses import replace

import numpy as np
import pytest

from services.matcher.domain.consortium.gaps import Reason, gaps
from services.matcher.domain.consortium.likelihood import likelihood
from services.matcher.domain.consortium.outcome import Wider, flags, outcome, ways_out_of
from services.matcher.domain.consortium.problem import Purpose, TeamProblem
from services.matcher.domain.consortium.proposals import propose
from services.matcher.domain.consortium.relaxation import Relaxation
from services.matcher.domain.consortium.seats import leaders, seats
from services.matcher.solving.milp import MilpSolver
from tests.support.team_problems import team_problem

SOLVER = MilpSolver()
#         0    1    2    3
TABLE = [
    [0.9, 0.8, 0.0, 0.0],
    [0.0, 0.0, 0.9, 0.0],
    [0.6, 0.0, 0.0, 0.0],
]


def changes(found: list[Relaxation]) -> list[list[tuple[str, str, int]]]:
    return [[(s.change.value, s.name, s.by) for s in one.steps] for one in found]


def ways_out(problem: TeamProblem, **wider: dict[str, np.ndarray]) -> list[Relaxation]:
    fixed = {one: str(one) for one in problem.fixed}
    groups = {"places": {}, "excluded": {}, **wider}
    return ways_out_of(Wider(problem=problem, fixed=fixed, **groups), SOLVER)


def test_a_seat_says_what_is_lost_without_it_and_who_could_take_it() -> None:
    problem = team_problem(TABLE, must_have=[0, 1])
    first, second = seats(problem, (0, 2))
    assert (first.organisation, second.organisation) == (0, 2)
    assert first.contribution == pytest.approx((0.9 + 0.6) / 3)
    assert (first.leads, first.alone) == ((0, 2), (0, 2))
    assert [(one.organisation, round(one.quality, 3)) for one in first.alternatives] == [
        (1, round((0.8 + 0.9) / 3, 3))
    ]
    assert second.alternatives == ()
    assert leaders(problem, (0, 2)) == [0, 2, 0]


def test_who_adds_nothing_takes_a_seat_only_for_kind_or_size() -> None:
    covered = [[0.9, 0.8, 0.0, 0.0]]
    free = team_problem(covered, least=1)
    assert [a.organisation for a in seats(free, (0, 1))[0].alternatives] == []
    of_kinds = team_problem(covered, must_have=[0], enterprises=[2, 3])
    team = propose(of_kinds, 1, SOLVER)[0].team
    filler = next(seat for seat in seats(of_kinds, team) if seat.organisation == 2)
    assert filler.needed_for == (Purpose.KIND,)
    assert [a.organisation for a in filler.alternatives] == [3]


@pytest.mark.parametrize(
    ("problem", "team", "reason"),
    [
        (team_problem([[0.0, 0.0], [0.9, 0.0]]), (0,), Reason.NOBODY),
        (team_problem([[0.0, 0.9]], conflicts=[(0, 1)]), (0,), Reason.CONFLICT),
        (team_problem([[0.0, 0.9]], most=1), (0,), Reason.NO_SEAT),
        (team_problem([[0.0, 0.9]], most=2), (0,), Reason.NOT_WORTH_A_SEAT),
    ],
)
def test_a_gap_says_why(problem: TeamProblem, team: tuple[int, ...], reason: Reason) -> None:
    assert gaps(problem, team)[0].reason is reason


def test_more_seats_are_the_way_out_of_too_few() -> None:
    identity = np.eye(4) * 0.9
    problem = team_problem(identity.tolist(), must_have=range(4), most=2)
    assert changes(ways_out(problem))[0] == [("larger", "", 2)]
    assert len(outcome(problem, 1, SOLVER).proposals[0].team) == 2


def test_a_requirement_that_nobody_covers_becomes_a_nice_to_have() -> None:
    problem = team_problem([*TABLE, [0.0] * 4], must_have=[0, 3])
    found = outcome(problem, 2, SOLVER)
    assert not found.feasible
    assert found.decided
    assert found.proposals[0].team == (0, 2)
    assert changes(ways_out(problem)) == [[("nice_to_have", "3", 1)]]


def test_a_place_or_an_excluded_organisation_is_let_in() -> None:
    problem = team_problem(TABLE, must_have=[0, 1])
    found = ways_out(problem, places={"DE": flags(4, [2])})
    assert changes(found)[0] == [("place", "DE", 1)]
    found = ways_out(problem, excluded={"two": flags(4, [2])})
    assert changes(found)[0] == [("admitted", "two", 1)]


def test_fixed_members_in_conflict_are_let_go_one_at_a_time() -> None:
    problem = team_problem(TABLE, fixed=[0, 2], conflicts=[(0, 2)])
    assert propose(problem, 1, SOLVER) == []
    assert changes(ways_out(problem)) == [[("released", "0", 1)], [("released", "2", 1)]]


def test_without_anybody_nothing_helps() -> None:
    problem = team_problem([[]], must_have=[0])
    assert outcome(problem, 2, SOLVER).proposals == ()


def test_proposals_that_differ_in_idle_members_only_are_one() -> None:
    problem = team_problem([[0.9, 0.0, 0.0, 0.0]], must_have=[0], enterprises=[1, 2, 3])
    assert len(propose(problem, 3, SOLVER)) == 1


def test_a_likelihood_rises_with_both_and_stays_within_bounds() -> None:
    rows = [[likelihood(r, z) for z in (-50, 0, 2, 4, 50)] for r in (-40.0, -8.0, -4.0, 2.0)]
    assert np.all(np.diff(rows, axis=0) >= 0)
    assert np.all(np.diff(rows, axis=1) >= 0)
    assert 0 <= np.min(rows) <= np.max(rows) <= 1


def test_who_is_there_for_its_kind_alone_is_the_one_who_comes_nearest() -> None:
    problem = team_problem([[0.9, 0.0, 0.0]], must_have=[0], enterprises=[1, 2])
    near = replace(problem, nearness=np.array([0.9, 0.05, 0.2]))
    assert propose(near, 1, SOLVER)[0].team == (0, 2)
