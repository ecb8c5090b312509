"""The greedy against the exact solver: what it promises holds, on problems of all sorts."""

from dataclasses import replace
from itertools import combinations

import numpy as np
from hypothesis import given, settings

from services.matcher.domain.consortium.constants import SEAT_WORTH
from services.matcher.domain.consortium.cover import cover
from services.matcher.domain.consortium.guarantee import guarantee, harmonic
from services.matcher.domain.consortium.improve import filled, improved
from services.matcher.domain.consortium.problem import Team, TeamProblem
from services.matcher.domain.consortium.proposals import propose
from services.matcher.domain.consortium.quality import most_possible, quality
from services.matcher.solving.milp import MilpSolver
from tests.support.team_problems import problems, team_problem

SOLVER = MilpSolver()
unhurried = settings(deadline=None, max_examples=60)


def nobody(problem: TeamProblem) -> np.ndarray:
    return np.zeros(problem.size, dtype=bool)


def all_teams(problem: TeamProblem) -> list[Team]:
    everybody = range(problem.size)
    return [
        team
        for members in range(min(problem.most, problem.size) + 1)
        for team in combinations(everybody, members)
        if problem.feasible(team)
    ]


@unhurried
@given(problems())
def test_the_solver_finds_what_trying_all_teams_finds(problem: TeamProblem) -> None:
    teams = all_teams(problem)
    best, smallest = SOLVER.best(problem), SOLVER.smallest(problem)
    if not teams:
        assert best is smallest is None
        return
    assert best is not None
    assert smallest is not None
    assert problem.feasible(best)
    assert problem.feasible(smallest)
    assert abs(quality(problem, best) - max(quality(problem, t) for t in teams)) < 1e-4
    assert len(smallest) == min(map(len, teams))


@unhurried
@given(problems(at_odds=False))
def test_a_greedy_cover_is_at_most_harmonically_larger_than_the_smallest(
    problem: TeamProblem,
) -> None:
    free = replace(problem, most=problem.size)
    found, smallest = cover(free, nobody(free)), SOLVER.smallest(free)
    assert (found is None) == (smallest is None), "without limits the greedy misses no team"
    if found is None or smallest is None:
        return
    assert free.feasible(found)
    factor = guarantee(free, found, greedy=True, held_back=False).cover_factor
    assert factor is not None
    added, fewest = (len(team) - len(free.fixed) for team in (found, smallest))
    assert added <= factor * fewest + 1e-9


@unhurried
@given(problems(must_have=False))
def test_seats_are_filled_within_the_promised_share_of_the_best(problem: TeamProblem) -> None:
    team = filled(problem, (), nobody(problem))
    as_many = replace(problem, most=len(team))
    best = SOLVER.best(as_many)
    assert best is not None
    factor = guarantee(problem, team, greedy=True, held_back=False).fill_factor
    assert factor is not None
    assert quality(problem, team) >= factor * quality(problem, best) - 1e-6


@unhurried
@given(problems())
def test_no_team_is_better_than_the_bound_says(problem: TeamProblem) -> None:
    proposals = propose(problem, 1, SOLVER)
    teams = all_teams(problem)
    assert bool(proposals) == bool(teams)
    for proposal in proposals:
        best = max(quality(problem, team) for team in teams)
        assert most_possible(problem, proposal.team) >= best - 1e-9
        assert proposal.quality >= proposal.guarantee.share_of_best * best - 1e-9


@unhurried
@given(problems())
def test_proposals_have_all_they_must_have_and_differ_the_same_way_each_time(
    problem: TeamProblem,
) -> None:
    proposals = propose(problem, 3, SOLVER)
    teams = [proposal.team for proposal in proposals]
    assert all(problem.feasible(team) for team in teams)
    assert len(set(teams)) == len(teams)
    assert [one.team for one in propose(problem, 3, SOLVER)] == teams
    for team in teams[1:]:
        for one in set(team) - set(problem.fixed):
            rest = tuple(sorted(set(team) - {one}))
            needed = bool(problem.missing(rest).any())
            assert needed or quality(problem, rest) < quality(problem, team), "nobody is padding"


@unhurried
@given(problems())
def test_improving_never_makes_a_team_worse_than_a_seat_is_worth(problem: TeamProblem) -> None:
    found = cover(problem, nobody(problem))
    if found is None:
        return
    better = improved(problem, found, nobody(problem))
    assert problem.feasible(better)
    idle = len(set(found) - set(better))
    assert quality(problem, better) >= quality(problem, found) - idle * SEAT_WORTH - 1e-9


def test_a_large_problem_is_solved_by_the_greedy_nearly_as_well() -> None:
    random = np.random.default_rng(7)
    values = np.where(random.random((12, 80)) < 0.1, random.uniform(0.5, 1, (12, 80)), 0.0)
    problem = team_problem(values, must_have=range(8), enterprises=range(0, 80, 3), most=8)
    proposal = propose(problem, 1, SOLVER)[0]
    best = SOLVER.best(problem)
    assert best is not None
    assert proposal.greedy
    assert proposal.quality >= 0.9 * quality(problem, best)


def test_harmonic_numbers() -> None:
    assert [round(harmonic(n), 3) for n in (0, 1, 2, 4)] == [1.0, 1.0, 1.5, 2.083]
