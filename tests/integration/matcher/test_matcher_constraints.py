"""Who is never suggested, whatever the scores say; both ways, and not for longer than said."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from services.matcher.domain import restrictions
from services.matcher.domain.pairs import Pair
from services.matcher.service.pair_constraints import NamedPair
from services.matcher.service.suggestions import SuggestionRequest
from shared.contracts.constraints import NewPairConstraint, PairConstraintKind
from shared.contracts.organisation import Side
from shared.contracts.principal import Principal, Role
from shared.contracts.suggestions import (
    Likeness,
    SearchRequest,
    SuggestionFilter,
    SuggestionPage,
    SuggestionSide,
)
from shared.errors import ProblemError
from tests.support.matcher_bench import MatcherBench
from tests.support.profiles import profile

pytestmark = pytest.mark.anyio

COORDINATOR = Principal(subject="chen", role=Role.COORDINATOR)
TRACKING, DISPLAYS = "eye tracking algorithms for headsets", "manufacturing of waveguide displays"
CAMPUS = ("a-school", "b-school", "x-maker", "y-maker")


def maker(name: str, **more: Any) -> dict[str, Any]:
    return profile(name, capabilities={"c1": DISPLAYS}, needs={"n1": TRACKING}, **more)


async def suggested(bench: MatcherBench, organisation: str, **more: Any) -> SuggestionPage:
    wanted = {"side": SuggestionSide.MUTUAL, "limit": 100, "cursor": None, **more}
    request = SuggestionRequest(organisation, filter=SuggestionFilter(), **wanted)
    return await bench.suggest.suggest(request, COORDINATOR)


async def partners(bench: MatcherBench, organisation: str) -> list[str]:
    return [item.partner.id for item in (await suggested(bench, organisation)).items]


@pytest.fixture
async def town(bench: MatcherBench) -> MatcherBench:
    """Three makers answer the lab equally well."""
    lab = profile("Lab", capabilities={"c1": TRACKING}, needs={"n1": DISPLAYS})
    bench.profiles.save("lab", lab)
    for name in ("maker-a", "maker-b", "maker-c"):
        bench.profiles.save(name, maker(name))
    await bench.take_in.take_in(["lab", "maker-a", "maker-b", "maker-c"])
    return bench


async def say(
    bench: MatcherBench, other: str, kind: PairConstraintKind, until: date | None = None
) -> None:
    body = NewPairConstraint(reason="as agreed", until=until)
    await bench.pair_constraints.put(NamedPair("lab", other), kind, body, COORDINATOR)


@pytest.mark.parametrize("kind", PairConstraintKind)
async def test_a_pair_constraint_holds_both_ways_until_it_is_taken_away(
    town: MatcherBench, kind: PairConstraintKind
) -> None:
    await say(town, "maker-b", kind)
    assert await partners(town, "lab") == ["maker-a", "maker-c"]
    assert "lab" not in await partners(town, "maker-b")
    await town.pair_constraints.remove(NamedPair("maker-b", "lab"), kind, COORDINATOR)
    assert "maker-b" in await partners(town, "lab")
    with pytest.raises(ProblemError, match="not_found"):
        await town.pair_constraints.remove(NamedPair("lab", "maker-b"), kind, COORDINATOR)


async def test_a_pair_constraint_ends_after_its_last_day(town: MatcherBench) -> None:
    today = datetime.now(UTC).date()
    await say(town, "maker-a", PairConstraintKind.NEVER_AGAIN, until=today - timedelta(days=2))
    await say(town, "maker-b", PairConstraintKind.NEVER_AGAIN, until=today + timedelta(days=2))
    assert await partners(town, "lab") == ["maker-a", "maker-c"]
    page = await town.pair_constraints.page("lab", cursor=None, limit=10)
    assert [(one.other, one.active) for one in page.items] == [
        ("maker-a", False),
        ("maker-b", True),
    ]


async def test_the_list_of_pair_constraints_is_told_from_the_side_that_is_asked_page_by_page(
    town: MatcherBench,
) -> None:
    for other in ("maker-b", "maker-a"):
        await say(town, other, PairConstraintKind.ALREADY_PARTNERS)
    await say(town, "maker-a", PairConstraintKind.CONFLICT_OF_INTEREST)
    found, cursor = [], None
    while True:
        page = await town.pair_constraints.page("lab", cursor=cursor, limit=1)
        found += [(one.organisation, one.other, one.kind.value) for one in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert found == [
        ("lab", "maker-a", "already_partners"),
        ("lab", "maker-a", "conflict_of_interest"),
        ("lab", "maker-b", "already_partners"),
    ]
    (one,) = (await town.pair_constraints.page("maker-b", cursor=None, limit=10)).items
    assert (one.organisation, one.other) == ("maker-b", "lab")
    assert (one.reason, one.set_by) == ("as agreed", "chen")


async def test_a_pair_is_of_two_organisations_that_there_are(town: MatcherBench) -> None:
    body = NewPairConstraint()
    for other, problem in (("lab", "invalid_request"), ("nobody", "not_found")):
        with pytest.raises(ProblemError, match=problem):
            await town.pair_constraints.put(
                NamedPair("lab", other), PairConstraintKind.NEVER_AGAIN, body, COORDINATOR
            )


async def test_who_has_as_many_open_introductions_as_it_can_handle_is_not_suggested(
    town: MatcherBench,
) -> None:
    town.profiles.save("maker-a", maker("A", capacity=1))
    town.profiles.save("maker-b", maker("B", capacity=0))
    await town.take_in.take_in(["maker-a", "maker-b"])
    assert await partners(town, "lab") == ["maker-a", "maker-c"], "b takes none at all"
    pair, now = Pair.of("maker-a", "maker-c"), datetime.now(UTC)
    async with town.store.transaction() as transaction:
        await transaction.introductions.open(pair, now)
        assert await transaction.introductions.count_open("maker-a") == 1
    assert await partners(town, "lab") == ["maker-c"]
    assert "maker-a" not in await partners(town, "maker-c"), "they have been introduced"
    async with town.store.transaction() as transaction:
        await transaction.introductions.close(pair, now)
    assert await partners(town, "lab") == ["maker-a", "maker-c"]


async def test_what_screening_holds_is_not_suggested(town: MatcherBench) -> None:
    async with town.store.transaction() as transaction:
        await transaction.holds.hold("maker-a", None, "token-issuance")
        await transaction.holds.hold("maker-b", "c1", "token-issuance")
    page = await suggested(town, "lab")
    scores = {item.partner.id: item.score for item in page.items}
    assert "maker-a" not in scores
    assert scores["maker-b"] < scores["maker-c"], "the held capability answers nothing"
    asked = await suggested(town, "maker-b")
    told = asked.items[0].gives.answers
    assert all(one.capability.id != "c1" for one in told), "nor does it when it asks itself"
    async with town.store.transaction() as transaction:
        await transaction.holds.clear("maker-a", None)
        await transaction.holds.clear("maker-b", "c1")
    assert await partners(town, "lab") == ["maker-a", "maker-b", "maker-c"]


async def test_a_profile_that_nobody_has_looked_after_for_two_years_is_not_suggested(
    town: MatcherBench,
) -> None:
    town.profiles.now = datetime.now(UTC) - timedelta(days=3 * 365)
    town.profiles.save("maker-b", maker("B"))
    await town.take_in.take_in(["maker-b"])
    assert await partners(town, "lab") == ["maker-a", "maker-c"]
    assert "lab" in await partners(town, "maker-b"), "it may ask itself"


async def test_search_finds_neither_what_is_held_nor_what_is_stale(town: MatcherBench) -> None:
    async with town.store.transaction() as transaction:
        await transaction.holds.hold("maker-a", None, "token-issuance")
    town.profiles.now = datetime.now(UTC) - timedelta(days=3 * 365)
    town.profiles.save("maker-b", maker("B"))
    await town.take_in.take_in(["maker-b"])
    member = Principal(subject="m", role=Role.MEMBER, organisation="lab")
    for reader in (COORDINATOR, member):
        page = await town.search.search(SearchRequest(text=DISPLAYS), reader)
        found = {hit.partner.id for hit in page.items}
        assert "maker-c" in found
        assert not found & {"maker-a", "maker-b"}


async def test_more_barred_ones_than_can_be_named_to_the_index_are_left_out_all_the_same(
    town: MatcherBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restrictions, "EXCLUDED_BY_NAME", 0)
    monkeypatch.setattr("services.matcher.service.listing.EXCLUDED_BY_NAME", 1)
    await say(town, "maker-a", PairConstraintKind.NEVER_AGAIN)
    await say(town, "maker-b", PairConstraintKind.NEVER_AGAIN)
    assert await partners(town, "lab") == ["maker-c"]


@pytest.fixture
async def campus(bench: MatcherBench) -> MatcherBench:
    """Two schools with one profile answer the lab fully, two different makers nearly so."""
    save = bench.profiles.save
    save("lab", profile("Lab", capabilities={"c1": TRACKING}, needs={"n1": DISPLAYS}))
    for name in ("a-school", "b-school"):
        save(name, maker(f"Example University, School {name[0].upper()}"))
    for name, own, other in (
        ("x-maker", "waveguide displays for cars", "legal advice on shipping"),
        ("y-maker", "manufacturing of curved displays", "rental of rooms"),
    ):
        needs = {"n1": TRACKING, "n2": other}
        save(name, profile(name, capabilities={"c1": own}, needs=needs))
    await bench.take_in.take_in(["lab", *CAMPUS])
    return bench


async def test_a_near_duplicate_makes_way_and_it_is_said_who_stands_for_it(
    campus: MatcherBench,
) -> None:
    items = (await suggested(campus, "lab", side=SuggestionSide.NEED)).items
    ids = [item.partner.id for item in items]
    assert ids[0] == "a-school"
    assert ids.index("b-school") > 1
    stand_in = items[ids.index("b-school")].stands_for_it
    assert stand_in is not None
    assert (stand_in.organisation, stand_in.rank_by_score) == ("a-school", 2)
    assert stand_in.likeness is Likeness.NEAR_DUPLICATE
    assert items[0].score == items[ids.index("b-school")].score, "the score is what it was"


async def test_diversity_is_switched_off_by_request(campus: MatcherBench) -> None:
    page = await suggested(campus, "lab", diversity=False)
    scores = [item.score for item in page.items]
    assert scores == sorted(scores, reverse=True)
    assert all(item.stands_for_it is None for item in page.items)


async def test_scores_are_the_same_with_and_without_diversity(campus: MatcherBench) -> None:
    diverse, plain = await suggested(campus, "lab"), await suggested(campus, "lab", diversity=False)
    assert {i.partner.id: i.score for i in diverse.items} == {
        i.partner.id: i.score for i in plain.items
    }


async def test_pages_follow_the_diversified_order_without_gap_or_repeat(
    campus: MatcherBench,
) -> None:
    whole = [(item.rank, item.partner.id) for item in (await suggested(campus, "lab")).items]
    found, cursor = [], None
    while True:
        page = await suggested(campus, "lab", limit=2, cursor=cursor)
        found += [(item.rank, item.partner.id) for item in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert found == whole


async def test_nobody_comes_twice_when_the_list_changes_between_two_pages(
    campus: MatcherBench,
) -> None:
    first = await suggested(campus, "lab", limit=2)
    shown = [item.partner.id for item in first.items]
    await say(campus, shown[0], PairConstraintKind.ALREADY_PARTNERS)
    following = await suggested(campus, "lab", cursor=first.next_cursor)
    ids = [item.partner.id for item in following.items]
    assert not set(shown) & set(ids)
    assert {*shown, *ids} == set(CAMPUS)
    assert [item.rank for item in following.items] == [3, 4]


@pytest.mark.parametrize("kind", PairConstraintKind)
async def test_a_members_search_leaves_out_whom_it_is_kept_apart_from(
    town: MatcherBench, kind: PairConstraintKind
) -> None:
    await say(town, "maker-b", kind)
    request = SearchRequest(text=DISPLAYS, side=Side.NEED)
    member = Principal(subject="m", role=Role.MEMBER, organisation="lab")
    own = await town.search.search(request, member)
    others = await town.search.search(request, COORDINATOR)
    assert {hit.partner.id for hit in own.items} == {"maker-a", "maker-c"}
    assert "maker-b" in {hit.partner.id for hit in others.items}


async def test_setting_and_removing_one_is_audited(town: MatcherBench) -> None:
    kind = PairConstraintKind.NEVER_AGAIN
    await say(town, "maker-b", kind)
    await town.pair_constraints.remove(NamedPair("lab", "maker-b"), kind, COORDINATOR)
    async with town.store.transaction() as transaction:
        trail = await transaction.audit.of("pair", "lab maker-b", 5)
    assert [(one.action, one.actor, one.details["kind"]) for one in trail] == [
        ("constraint_set", "chen", "never_again"),
        ("constraint_removed", "chen", "never_again"),
    ]
    assert "as agreed" not in trail[0].model_dump_json()
