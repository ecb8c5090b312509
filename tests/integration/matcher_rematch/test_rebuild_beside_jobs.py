"""A rebuild swaps without a gap: suggestions answer throughout, and no job begins meanwhile."""

import asyncio

import pytest

from services.matcher.rematch_cases import rematch_cases
from services.matcher.service.listing import ListingRequest
from services.matcher.service.scope import EVERYWHERE
from shared.contracts.suggestions import SuggestionFilter, SuggestionSide
from shared.errors import ProblemError
from tests.integration.matcher_rematch.conftest import ALL, FIELDS, RematchBench
from tests.integration.matcher_rematch.test_rematch_jobs import wanted

pytestmark = pytest.mark.anyio


async def test_suggestions_answer_while_the_index_is_rebuilt_and_swapped(
    rematch: RematchBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rematch.bench.rebuild, "_grace", 1.0)  # as in production, where it is 5
    rebuild, listing = rematch.bench.rebuild, rematch.bench.listing
    cases = rematch_cases(rematch.bench.store, FIELDS)
    before = rematch.bench.live.current().state.collection
    request = ListingRequest("lenses-a", SuggestionSide.MUTUAL, SuggestionFilter())
    refused = 0
    await rebuild.start()
    while rebuild.running:
        assert (await listing.listed(request, ALL, EVERYWHERE)).partners
        if not refused:
            with pytest.raises(ProblemError, match="rematch_index_rebuilding"):
                await cases.desk.start(wanted(), ALL, None)
            refused += 1
        await asyncio.sleep(0)
    assert refused
    assert (await listing.listed(request, ALL, EVERYWHERE)).partners
    assert rematch.bench.live.current().state.collection != before
    job = await cases.desk.start(wanted(dry_run=True), ALL, None)
    await cases.desk.cancel(job.id)
