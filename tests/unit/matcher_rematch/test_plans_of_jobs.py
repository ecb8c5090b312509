"""How a job is cut up, what is fixed at its start, and what its partitions stage."""

from datetime import date

import numpy as np
import pytest

from services.matcher.domain.allocation.top_k import TopK
from services.matcher.domain.exact.best import BestSoFar
from services.matcher.domain.pairs import Pair
from services.matcher.domain.rematch.findings import (
    Findings,
    FoundPartner,
    evidence_from_bytes,
    evidence_to_bytes,
    from_bytes,
    to_bytes,
)
from services.matcher.domain.rematch.near import names_of, near_to_bytes, nearest_of
from services.matcher.domain.rematch.plan import Plan, plan_from_bytes, plan_to_bytes
from services.matcher.domain.rematch.planning import EXACT_FROM, chosen_computation, work_of
from services.matcher.domain.rematch.sharing import Circle, shared_out
from shared.contracts.rematch import Computation, RematchOptions

IDS = [f"o{number:03d}" for number in range(40)]


def plan(seekers: list[str], **more: object) -> Plan:
    return Plan(date(2026, 11, 28), dict.fromkeys(IDS, 3), tuple(seekers), **more)  # type: ignore[arg-type]


def test_every_pair_with_a_seeker_is_worked_on_once() -> None:
    given = plan(IDS[3:9], out=frozenset({"o004"}))
    groups = given.groups
    assert sorted(id for group in groups for id in group) == sorted(set(IDS) - {"o004"})
    seen: list[frozenset[str]] = []
    for one, other in given.pairs():
        for a in groups[one]:
            seen += [frozenset({a, b}) for b in groups[other] if one != other or a < b]
    assert len(seen) == len(set(seen))
    seeking = set(IDS[3:9]) - {"o004"}
    everyone = set(IDS) - {"o004"}
    assert {frozenset({a, b}) for a in seeking for b in everyone if a != b} <= set(seen)


def test_a_plan_comes_back_as_it_was_kept() -> None:
    given = plan(
        IDS,
        out=frozenset({"o001"}),
        apart=frozenset({Pair("o002", "o003")}),
        held={"o005": ("s1",)},
    )
    assert plan_from_bytes(plan_to_bytes(given)) == given
    assert given.apart_of == {"o002": ["o003"], "o003": ["o002"]}


@pytest.mark.parametrize(
    ("organisations", "statements", "chosen"),
    [
        (EXACT_FROM, 10, Computation.ANN),
        (EXACT_FROM + 1, 10, Computation.EXACT),
        (EXACT_FROM + 1, 100, Computation.EXACT),
        (EXACT_FROM + 1, 101, Computation.ANN),
    ],
)
def test_small_scopes_and_huge_platforms_ask_the_index(
    organisations: int, statements: int, chosen: Computation
) -> None:
    limits = {"statements": statements, "most_statements": 100}
    assert chosen_computation(Computation.AUTO, organisations, **limits) is chosen
    assert chosen_computation(Computation.EXACT, organisations, **limits) is Computation.EXACT


def test_lists_come_after_pairs_and_alone_where_the_index_is_asked() -> None:
    given, lists = plan(IDS), (tuple(IDS[:20]), tuple(IDS[20:]))
    exact = work_of(given, lists, Computation.EXACT)
    assert [one.pair for one in exact[:-2]] == given.pairs()
    assert [one.stage for one in exact] == [0] * len(given.pairs()) + [1, 1]
    assert [one.organisations for one in work_of(given, lists, Computation.ANN)] == list(lists)


def test_what_pairs_have_found_is_merged_in_any_order() -> None:
    rng = np.random.default_rng(3)
    values = rng.random((6, 40), dtype=np.float32)
    whole = BestSoFar(6, 4)
    whole.offer(np.arange(6), np.arange(40), values)
    staged = []
    for columns in np.array_split(np.arange(40), 3):
        part = BestSoFar(6, 4)
        part.offer(np.arange(6), columns, np.ascontiguousarray(values[:, columns]))
        staged.append(near_to_bytes([(np.array([7, 3, 30, 9, 12, 1]), part)]))
    wanted = np.array([30, 1, 7])
    for order in (staged, staged[::-1]):
        found = names_of(nearest_of(order, wanted, 4), IDS)
        expected = names_of(whole, IDS)
        assert found == [expected[2], expected[5], expected[0]]


def test_evidence_is_read_of_the_wanted_alone() -> None:
    staged = evidence_to_bytes({"a": {"b": {"n": 1}, "c": {"n": 2}}, "d": {"a": {"n": 3}}})
    wanted = {"a": ["c", "x"], "d": ["a"], "e": ["a"]}
    assert list(evidence_from_bytes(staged, wanted)) == [("a", "c", {"n": 2}), ("d", "a", {"n": 3})]


def test_findings_come_back_and_must_haves_are_counted_over_the_whole_list() -> None:
    findings = [
        Findings("a", 1, (FoundPartner("b", 0.9, 0b01), FoundPartner("c", 0.8, 0b11)), 3),
        Findings("b", 1, (FoundPartner("a", 0.9, 0b1),), 1),
        Findings("c", 1, (), 0),
    ]
    assert from_bytes(to_bytes(findings)) == findings
    versions = dict.fromkeys("abc", 1)
    circle = Circle(versions, versions, frozenset(), frozenset())
    options = RematchOptions(places=2)
    told = shared_out(findings, circle, (), (), options, TopK()).report
    assert told.must_haves_met == 3 / 4
