"""Jobs from their start to their end."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from services.matcher.domain.learning.examples import examples
from services.matcher.domain.learning.learned_ranking import EDITION
from services.matcher.domain.matches.suggesting import Evidence, SuggestedPair
from services.matcher.domain.pairs import Pair
from services.matcher.service.listing import ListingRequest
from services.matcher.service.scope import EVERYWHERE
from shared.contracts.decisions import PairRecord, RecordKind, Verdict
from shared.contracts.rematch import (
    Computation,
    RematchOptions,
    RematchRequest,
    RematchState,
    Sharing,
)
from shared.contracts.suggestions import SuggestionFilter, SuggestionSide
from tests.integration.matcher_rematch.conftest import ALL, TOPICS, RematchBench, fill
from tests.support.profiles import profile

pytestmark = pytest.mark.anyio


def wanted(computation: Computation = Computation.EXACT, **more: object) -> RematchRequest:
    options = RematchOptions(computation=computation, places=3, sharing=Sharing.TOP_K)
    return RematchRequest.model_validate({"options": options, **more})


@pytest.mark.parametrize("computation", [Computation.EXACT, Computation.ANN])
async def test_any_number_of_workers_comes_to_the_same(
    rematch: RematchBench, computation: Computation
) -> None:
    one, first = await rematch.run(wanted(computation, dry_run=True))
    three, second = await rematch.run(wanted(computation, dry_run=True), workers=3)
    assert one.problem is None
    assert (one.state, three.state) == (RematchState.DONE, RematchState.DONE)
    assert first == second != ""
    assert one.progress.organisations_done == one.progress.organisations == 2 * len(TOPICS) + 2
    assert one.figures
    assert one.figures.pairs > 0
    assert one.figures.must_haves_met is not None
    assert 0 < one.figures.must_haves_met <= 1
    assert one.figures.top_percent is not None
    assert 0 < one.figures.top_percent < 1


async def test_results_are_matches_and_nothing_changes_the_second_time(
    rematch: RematchBench,
) -> None:
    job, digest = await rematch.run(wanted(Computation.ANN))
    assert job.problem is None
    assert job.figures
    async with rematch.bench.store.transaction() as transaction:
        counted = await transaction.rematch.results.standing()
    assert len({frozenset((p.organisation, p.partner)) for p in counted}) == job.figures.pairs
    again, same = await rematch.run(wanted(Computation.ANN))
    assert same == digest
    assert again.figures
    assert (again.figures.new, again.figures.gone, again.figures.churn) == (0, 0, 0.0)


async def evidence_of(rematch: RematchBench, one: str, other: str) -> Evidence:
    """Of their match."""
    pair = Pair.of(one, other)
    async with rematch.bench.store.transaction() as transaction:
        match = (await transaction.matches.lock_pairs([pair]))[pair]
        return await transaction.matches.evidence(match.id)


async def test_exact_jobs_give_the_scores_that_suggestions_give(rematch: RematchBench) -> None:
    job, _ = await rematch.run(wanted(Computation.EXACT))
    assert job.problem is None
    assert job.products
    async with rematch.bench.store.transaction() as transaction:
        places = await transaction.rematch.results.standing()
    for id in ("mirrors-a", "silent-a"):
        request = ListingRequest(id, SuggestionSide.MUTUAL, SuggestionFilter(), diversity=False)
        listing = await rematch.bench.listing.listed(request, ALL, EVERYWHERE)
        shown = {one.id: one.scored.score for one in listing.partners}
        mine = {one.partner: one.score for one in places if one.organisation == id}
        assert len(mine) == 3
        assert mine == pytest.approx({one: shown[one] for one in mine}, abs=1e-4)
        assert min(mine.values()) >= sorted(shown.values())[-3] - 1e-4


async def test_matches_of_exact_jobs_say_why_and_can_be_learned_from(
    rematch: RematchBench,
) -> None:
    job, _ = await rematch.run(wanted(Computation.EXACT))
    async with rematch.bench.store.transaction() as transaction:
        places = await transaction.rematch.results.standing()
    best = next(one for one in places if (one.organisation, one.rank) == ("mirrors-a", 1))
    found = await evidence_of(rematch, "mirrors-a", best.partner)
    assert found.first
    assert found.second
    assert found.first.answers
    assert found.second.answers
    (snapshot,) = found.snapshots.values()
    assert snapshot.rank >= 1
    assert 0 < snapshot.probability < 1
    assert job.versions
    record = PairRecord(
        id=1,
        kind=RecordKind.DECISION,
        organisation="mirrors-a",
        partner=best.partner,
        verdict=Verdict.APPROVED,
        reasons=(),
        text=None,
        said_by="carol",
        said_at=datetime.now(UTC),
        snapshot=snapshot,
        superseded=False,
    )
    assert len(examples([record], EDITION, job.versions.model)) == 1


async def test_evidence_that_is_there_is_not_replaced_by_none(rematch: RematchBench) -> None:
    await rematch.run(wanted(Computation.EXACT))
    async with rematch.bench.store.transaction() as transaction:
        places = await transaction.rematch.results.standing()
    place = places[0]
    before = await evidence_of(rematch, place.organisation, place.partner)
    assert before.said
    nothing = SuggestedPair(Pair.of(place.organisation, place.partner), 0.5)
    await rematch.parts.suggested.record([nothing], "other")
    assert await evidence_of(rematch, place.organisation, place.partner) == before


async def test_a_profile_that_changes_meanwhile_counts_as_it_was(rematch: RematchBench) -> None:
    _, before = await rematch.run(wanted(Computation.EXACT, dry_run=True))
    job = await rematch.started(wanted(Computation.EXACT, dry_run=True))
    saved = rematch.bench.profiles
    saved.save("lenses-a", profile("lenses a", capabilities={"c": "nothing of the kind at all"}))
    try:
        await rematch.bench.take_in.take_in(["lenses-a"])
        async with rematch.workers(rematch.parts, replace(rematch.parts, name="two")):
            ended = await rematch.ended(job.id)
        async with rematch.bench.store.transaction() as transaction:
            assert await transaction.rematch.results.digest_of(job.id) == before
        assert ended.versions
        _, after = await rematch.run(wanted(Computation.EXACT, dry_run=True))
        assert after != before
    finally:
        fill(rematch.bench, "lenses", "a")
        await rematch.bench.take_in.take_in(["lenses-a"])


async def test_little_memory_comes_to_the_same(rematch: RematchBench) -> None:
    _, before = await rematch.run(wanted(Computation.EXACT, dry_run=True))
    parts, rematch.parts = rematch.parts, replace(rematch.parts, memory_bytes=1)
    try:
        _, after = await rematch.run(wanted(Computation.EXACT, dry_run=True))
    finally:
        rematch.parts = parts
    assert after == before
