"""What changed from one run to the next, why, and what holds lists still."""

from dataclasses import replace

import numpy as np

from services.matcher.domain.allocation.top_k import TopK
from services.matcher.domain.pairs import Pair
from services.matcher.domain.rematch.changes import Circumstances, changes_between, churn
from services.matcher.domain.rematch.damping import damped
from services.matcher.domain.rematch.findings import Findings, FoundPartner, from_bytes, to_bytes
from services.matcher.domain.rematch.lists import PairState, digest_of, pairs_of
from services.matcher.domain.rematch.planning import partitions
from services.matcher.domain.rematch.sharing import Circle, shared_out
from services.matcher.domain.rematch.stored import EarlierRun, StandingPlace
from shared.contracts.rematch import ChangeCause, PairChange, RematchOptions
from shared.contracts.why_not import ReasonCode

RUN = EarlierRun(("m", 1), "hand-set", {"places": 3})
AB, AC, BC = Pair("a", "b"), Pair("a", "c"), Pair("b", "c")
STATE = PairState(0.5, (1, None))
AS_BEFORE = Circumstances(
    versions_before={"a": 1, "b": 1, "c": 1},
    versions={"a": 1, "b": 1, "c": 1},
    earlier={"a": RUN, "b": RUN, "c": RUN},
    now=RUN,
    barred={},
    barred_alone={},
)


def cause(circumstances: Circumstances, change: PairChange = PairChange.NEW) -> ChangeCause:
    return circumstances.cause(AB, change)


def test_the_cause_is_the_first_that_holds() -> None:
    assert cause(AS_BEFORE) is ChangeCause.CAPACITY
    options = replace(AS_BEFORE, now=replace(RUN, options={"places": 5}))
    assert cause(options) is ChangeCause.RULE
    weights = replace(AS_BEFORE, now=replace(RUN, ranking="learned-3"))
    assert cause(weights) is ChangeCause.LEARNED_WEIGHTS
    model = replace(weights, now=replace(weights.now, basis=("m", 2)))
    assert cause(model) is ChangeCause.MODEL_CHANGED
    changed = replace(model, versions={"a": 2, "b": 1, "c": 1})
    assert cause(changed) is ChangeCause.PROFILE_CHANGED
    gone = replace(changed, barred={AB: frozenset({ReasonCode.NEVER_AGAIN})})
    assert cause(gone, PairChange.GONE) is ChangeCause.RULE
    full = replace(changed, barred_alone={"b": frozenset({ReasonCode.AT_CAPACITY})})
    assert cause(full, PairChange.GONE) is ChangeCause.CAPACITY


def test_new_gone_and_moved_pairs_are_told_apart() -> None:
    before = {AB: STATE, AC: STATE}
    after = {AB: replace(STATE, ranks=(2, None)), BC: replace(STATE, score=0.9)}
    found = changes_between(before, after, AS_BEFORE)
    assert [(one.organisations, one.change) for one in found] == [
        (("b", "c"), PairChange.NEW),
        (("a", "b"), PairChange.MOVED),
        (("a", "c"), PairChange.GONE),
    ]
    assert changes_between(before, before, AS_BEFORE) == []
    assert churn(before, after) == 0.5
    assert churn([], after) is None


def test_a_pair_stands_in_two_lists() -> None:
    places = [StandingPlace("b", "a", 2, 0.4), StandingPlace("a", "b", 1, 0.6)]
    assert pairs_of(places) == {AB: PairState(0.6, (1, 2))}
    assert digest_of(places) == digest_of(places[::-1])


def test_an_earlier_place_is_lost_only_to_something_clearly_better() -> None:
    seeker, partner = np.array([0, 0]), np.array([0, 1])
    value = np.array([0.50, 0.51])
    held = damped(seeker, partner, value, {(0, 0)}, 0.02)
    assert held[0] > held[1]
    held = damped(seeker, partner, np.array([0.50, 0.53]), {(0, 0)}, 0.02)
    assert held[0] < held[1]
    assert damped(seeker, partner, value, set(), 0.02) is value


def _found(id: str, *partners: tuple[str, float]) -> Findings:
    return Findings(id, 1, tuple(FoundPartner(*one) for one in partners))


CIRCLE = Circle(
    versions=dict.fromkeys("abcd", 1),
    introductions=dict.fromkeys("abcd", 5),
    apart={Pair("a", "d")},
    out={"c"},
)


def test_whoever_is_barred_is_in_nobodys_list() -> None:
    findings = [_found("a", ("b", 0.9), ("c", 0.8), ("d", 0.7)), _found("c", ("a", 0.8))]
    shared = shared_out(findings, CIRCLE, [], (), RematchOptions(), TopK())
    assert [(one.organisation, one.partner) for one in shared.places] == [("a", "b")]


def test_the_order_of_the_findings_changes_nothing_and_a_near_tie_keeps_its_place() -> None:
    findings = [_found("a", ("b", 0.60), ("c", 0.61)), _found("b", ("a", 0.6), ("d", 0.5))]
    circle = replace(CIRCLE, out=())
    options = RematchOptions(places=1)
    standing = [StandingPlace("a", "b", 1, 0.6)]
    one = shared_out(findings, circle, standing, "abcd", options, TopK())
    other = shared_out(findings[::-1], circle, standing, "abcd", options, TopK())
    assert one == other
    assert one.places[0] == StandingPlace("a", "b", 1, 0.6)
    moved = shared_out(findings, circle, standing, "acd", options, TopK())
    assert moved.places[0].partner == "c"


def test_findings_survive_being_staged() -> None:
    findings = [Findings("机构", 3, (FoundPartner("b", 0.25, {"first": None}),))]
    assert from_bytes(to_bytes(findings)) == findings


def test_the_cut_depends_on_the_organisations_alone() -> None:
    ids = [f"o{number:05d}" for number in range(5000)]
    cut = partitions(ids[::-1])
    assert cut == partitions(ids)
    assert [id for part in cut for id in part] == ids
    assert {len(part) for part in cut[:-1]} == {256}
    assert len(partitions(ids[:10])) == 1
