"""Members' lists give a few places to chance; what came of them is kept with the chance."""

from dataclasses import replace

import pytest

from services.matcher.domain.learning.stored import RecordFilter
from services.matcher.service.listing import PartnerListing
from services.matcher.service.pair_constraints import NamedPair
from services.matcher.service.suggestions import Suggest, SuggestionRequest
from shared.contracts.decisions import DecisionRequest, Verdict
from shared.contracts.principal import Principal, Role
from shared.contracts.suggestions import SuggestionFilter, SuggestionSide
from tests.support.matcher_bench import MatcherBench
from tests.support.profiles import profile

pytestmark = pytest.mark.anyio
COORDINATOR = Principal(subject="c", role=Role.COORDINATOR)
MEMBER = Principal(subject="m", role=Role.MEMBER, organisation="lab")


def exploring(listing: PartnerListing, share: float = 1.0) -> PartnerListing:
    """The same list with so many places of the window at random."""
    return PartnerListing(
        listing._store,
        listing._fresh,
        listing._live,
        listing._ranking,
        listing._constraints,
        listing._learned,
        exploration=share,
    )


async def ids(suggest: Suggest, reader: Principal, limit: int = 20) -> list[str]:
    found: list[str] = []
    cursor: str | None = None
    while True:
        filter = SuggestionFilter()
        request = SuggestionRequest("lab", SuggestionSide.MUTUAL, filter, limit, cursor)
        page = await suggest.suggest(request, reader)
        found += [one.partner.id for one in page.items]
        cursor = page.next_cursor
        if cursor is None:
            return found


async def test_members_alone_see_explored_places_and_decisions_know_their_chance(
    bench: MatcherBench,
) -> None:
    text = "manufacturing of waveguide displays"
    bench.profiles.save("lab", profile("Lab", needs={"n": text}))
    names = [f"maker-{number:02}" for number in range(16)]
    for number, name in enumerate(names):
        bench.profiles.save(name, profile(name, capabilities={"c": text + " at scale" * number}))
    await bench.take_in.take_in(["lab", *names])
    suggest = Suggest(exploring(bench.listing))

    plain, seen = await ids(bench.suggest, MEMBER), await ids(suggest, MEMBER)

    assert await ids(suggest, COORDINATOR) == plain
    assert sorted(seen) == sorted(plain)
    assert seen[:3] == plain[:3]
    assert seen != plain
    assert await ids(suggest, MEMBER, limit=5) == seen, "pages and reloads agree"
    drawn = seen[3]
    said = DecisionRequest(verdict=Verdict.APPROVED)
    await bench.records.keep(NamedPair("lab", drawn), said, COORDINATOR)
    (kept,) = (await bench.records.page(RecordFilter(), cursor=None, limit=5)).items
    assert kept.snapshot
    assert kept.snapshot.explored
    assert kept.snapshot.rank == 4
    assert 0 < kept.snapshot.propensity < 1


async def test_a_place_that_chance_has_left_alone_is_kept_with_the_chance_of_that(
    bench: MatcherBench,
) -> None:
    text = "manufacturing of waveguide displays"
    bench.profiles.save("lab", profile("Lab", needs={"n": text}))
    names = [f"maker-{number:02}" for number in range(16)]
    for number, name in enumerate(names):
        bench.profiles.save(name, profile(name, capabilities={"c": text + " at scale" * number}))
    await bench.take_in.take_in(["lab", *names])
    order = await ids(bench.suggest, COORDINATOR)
    records = replace(bench.records, listing=exploring(bench.listing, 0.2))
    said = DecisionRequest(verdict=Verdict.APPROVED)

    chances = {}
    for rank in (1, 4, 10):
        kept = await records.keep(NamedPair("lab", order[rank - 1]), said, COORDINATOR)
        assert kept.snapshot
        chances[kept.snapshot.rank] = kept.snapshot.propensity

    assert chances[1] == 1.0
    assert chances[4] == pytest.approx(0.8)
    # Six places of the window are filled from the seven below, ranks 10 to 16.
    assert chances[10] == pytest.approx(1 - 0.2 * 6 / 7)
