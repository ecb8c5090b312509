"""Members' lists give a few places to chance; what came of them is kept with the chance."""

from dataclasses import replace
from datetime import date

import pytest

from services.matcher.domain.learning.stored import ExploredPlace, RecordFilter
from services.matcher.service.listing import PartnerListing
from services.matcher.service.off_line import JudgeOffLine
from services.matcher.service.pair_constraints import NamedPair
from services.matcher.service.suggestions import Suggest, SuggestionRequest
from shared.contracts.decisions import DecisionRequest, ResponseRequest, Verdict
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


async def test_all_places_of_the_window_are_kept_and_rankings_judged_by_them(
    bench: MatcherBench,
) -> None:
    text = "manufacturing of waveguide displays"
    bench.profiles.save("lab", profile("Lab", needs={"n": text}))
    names = [f"maker-{number:02}" for number in range(16)]
    for number, name in enumerate(names):
        bench.profiles.save(name, profile(name, capabilities={"c": text + " at scale" * number}))
    await bench.take_in.take_in(["lab", *names])
    judge = JudgeOffLine(bench.store)
    assert not (await judge.report()).estimates
    seen = await ids(Suggest(exploring(bench.listing, 0.5)), MEMBER)
    said = ResponseRequest(verdict=Verdict.INTERESTED)
    await bench.records.keep(NamedPair("lab", seen[4]), said, MEMBER)

    report = await judge.report()

    async with bench.store.transaction() as transaction:
        places = await transaction.records.window_places("hand-set", date(2020, 1, 1), limit=50)
    assert {one.partner for one in places} == set(seen[3:9])
    assert all(0 < one.chance < 1 for one in places)
    assert all(one.by_live == one.by_hand_set for one in places), "nothing was learned"
    assert (report.version, report.places, report.interested) == ("hand-set", 6, 1)
    live, hand_set = report.estimates
    assert (live.name, hand_set.name) == ("live", "hand-set")
    assert live.ips == hand_set.ips
    assert live.ips.low <= live.ips.value <= live.ips.high


async def test_what_was_shown_long_ago_is_forgotten(bench: MatcherBench) -> None:
    old, new = (
        ExploredPlace("lab", "maker", day, 4, 0.5, "hand-set", False, 0.5, True)
        for day in (date(2025, 1, 1), date(2026, 1, 1))
    )
    async with bench.store.transaction() as transaction:
        await transaction.records.note_shown([old])
        await transaction.records.note_shown([new])
        left = await transaction.records.window_places("hand-set", date(2020, 1, 1), limit=50)
        assert await transaction.records.shown("lab", "maker", date(2020, 1, 1)) is None
    assert [one.day for one in left] == [new.day]
