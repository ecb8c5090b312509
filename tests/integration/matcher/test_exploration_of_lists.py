"""Members' lists give a few places to chance; what came of them is kept with the chance."""

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


def exploring(listing: PartnerListing) -> PartnerListing:
    """The same list with every place of the window at random."""
    return PartnerListing(
        listing._store,
        listing._fresh,
        listing._live,
        listing._ranking,
        listing._constraints,
        listing._learned,
        exploration=1.0,
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
