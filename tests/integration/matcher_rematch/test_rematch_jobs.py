"""Jobs from their start to their end."""

import pytest

from shared.contracts.rematch import (
    Computation,
    RematchOptions,
    RematchRequest,
    RematchState,
    Sharing,
)
from tests.integration.matcher_rematch.conftest import TOPICS, RematchBench

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
    assert one.progress.organisations_done == one.progress.organisations == 2 * len(TOPICS)
    assert one.figures
    assert one.figures.pairs > 0


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
