"""A suggestion that was declined leaves both lists: until it is taken back, a profile changes, or
time has passed."""

from datetime import UTC, datetime, timedelta

import pytest

from services.matcher.domain.learning.examples import examples
from services.matcher.domain.learning.learned_ranking import EDITION
from services.matcher.domain.pairs import Pair
from services.matcher.service.constraints import Constraints
from services.matcher.service.pair_constraints import NamedPair
from services.matcher.service.suggestions import SuggestionRequest
from shared.contracts.decisions import Reason, ResponseRequest, Verdict
from shared.contracts.principal import Principal, Role
from shared.contracts.suggestions import SuggestionFilter, SuggestionSide
from shared.contracts.why_not import ReasonCode, WhyNotQuery
from shared.errors import ProblemError
from tests.support.matcher_bench import MatcherBench
from tests.support.profiles import profile

pytestmark = pytest.mark.anyio
COORDINATOR = Principal(subject="c", role=Role.COORDINATOR)
LAB = Principal(subject="m", role=Role.MEMBER, organisation="lab")
MAKER = Principal(subject="n", role=Role.MEMBER, organisation="maker")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
TEXT, OTHER = "manufacturing of waveguide displays", "eye tracking algorithms for headsets"


@pytest.fixture
async def town(bench: MatcherBench) -> MatcherBench:
    """The lab and the maker want each other, and the shop is like the maker."""
    save = bench.profiles.save
    save("lab", profile("Lab", capabilities={"c": OTHER}, needs={"n": TEXT}))
    for name in ("maker", "shop"):
        save(name, profile(name, capabilities={"c": TEXT}, needs={"n": OTHER}))
    await bench.take_in.take_in(["lab", "maker", "shop"])
    return bench


async def listed(bench: MatcherBench, organisation: str) -> set[str]:
    """Everybody in its list."""
    filter = SuggestionFilter()
    request = SuggestionRequest(organisation, SuggestionSide.MUTUAL, filter, 50, None)
    page = await bench.suggest.suggest(request, COORDINATOR)
    return {one.partner.id for one in page.items}


async def decline(bench: MatcherBench, reason: Reason = Reason.OUT_OF_SCOPE) -> None:
    """The lab does not want the maker."""
    said = ResponseRequest(verdict=Verdict.DECLINED, reasons=(reason,), text="no")
    await bench.records.keep(NamedPair("lab", "maker"), said, LAB)


async def why(bench: MatcherBench, reader: Principal, one: str, other: str) -> list[ReasonCode]:
    answer = await bench.why_not.explain(one, other, WhyNotQuery(), reader)
    return [reason.code for reason in answer.reasons]


async def test_it_leaves_the_lists_of_both_sides(town: MatcherBench) -> None:
    assert await listed(town, "lab") == {"maker", "shop"}
    await decline(town)
    assert await listed(town, "lab") == {"shop"}
    assert "lab" not in await listed(town, "maker")
    assert "lab" in await listed(town, "shop")


async def test_only_the_one_who_declined_and_staff_are_told(town: MatcherBench) -> None:
    await decline(town)
    assert await why(town, LAB, "lab", "maker") == [ReasonCode.DECLINED]
    assert await why(town, MAKER, "maker", "lab") == [ReasonCode.UNDISCLOSED]
    assert await why(town, COORDINATOR, "maker", "lab") == [ReasonCode.DECLINED_BY_OTHER]


async def test_a_changed_profile_brings_it_back(town: MatcherBench) -> None:
    await decline(town)
    town.profiles.save(
        "maker", profile("maker", capabilities={"c": TEXT, "d": "prisms"}, needs={"n": OTHER})
    )
    await town.take_in.take_in(["maker"])
    assert "maker" in await listed(town, "lab")
    (kept,) = (await town.declined.page("lab", LAB, cursor=None, limit=5)).items
    assert kept.again_from is None


async def test_a_changed_profile_does_not_undo_what_no_text_changes(town: MatcherBench) -> None:
    await decline(town, Reason.CONFLICT_OF_INTEREST)
    town.profiles.save("maker", profile("maker", capabilities={"c": TEXT, "d": "prisms"}))
    await town.take_in.take_in(["maker"])
    assert "maker" not in await listed(town, "lab")


async def test_time_brings_it_back(town: MatcherBench) -> None:
    await decline(town)
    asker = await town.listing._fresh.asker("lab")
    over = Constraints(town.store, again_after=timedelta(0))
    assert "maker" in (await Constraints(town.store).of(asker)).of_pair
    assert "maker" not in (await over.of(asker)).of_pair


async def test_it_is_shown_and_taken_back_and_then_teaches_nothing(town: MatcherBench) -> None:
    await decline(town)
    page = await town.declined.page("lab", LAB, cursor=None, limit=5)
    (kept,) = page.items
    assert (kept.other, kept.reasons, kept.text) == ("maker", (Reason.OUT_OF_SCOPE,), "no")
    assert kept.names
    assert kept.again_from == kept.said_at + timedelta(days=180)
    with pytest.raises(ProblemError, match="forbidden"):
        await town.declined.page("lab", MAKER, cursor=None, limit=5)

    await town.declined.take_back("lab", "maker", LAB)

    assert await listed(town, "lab") == {"maker", "shop"}
    assert not (await town.declined.page("lab", LAB, cursor=None, limit=5)).items
    async with town.store.transaction() as transaction:
        records = await transaction.records.standing()
    assert not examples(records, EDITION, town.live.current().state.model)
    with pytest.raises(ProblemError, match="not_found"):
        await town.declined.take_back("lab", "maker", LAB)


async def test_a_later_yes_takes_its_place(town: MatcherBench) -> None:
    await decline(town)
    said = ResponseRequest(verdict=Verdict.INTERESTED)
    await town.records.keep(NamedPair("lab", "maker"), said, LAB)
    assert "maker" in await listed(town, "lab")


async def test_pages_follow_on_each_other(town: MatcherBench) -> None:
    await decline(town)
    said = ResponseRequest(verdict=Verdict.DECLINED, reasons=(Reason.TOO_EARLY,))
    await town.records.keep(NamedPair("lab", "shop"), said, LAB)
    first = await town.declined.page("lab", LAB, cursor=None, limit=1)
    second = await town.declined.page("lab", LAB, cursor=first.next_cursor, limit=1)
    assert [one.other for one in (*first.items, *second.items)] == ["maker", "shop"]
    assert second.next_cursor is None


async def test_rematch_jobs_keep_the_two_apart(town: MatcherBench) -> None:
    await decline(town)
    async with town.store.transaction() as transaction:
        (one,) = await transaction.declined.page("lab", LONG_AGO, after=None, limit=1)
        apart = await transaction.declined.apart(LONG_AGO)
        none = await transaction.declined.apart(one.at)
    assert set(apart) == {Pair("lab", "maker")}
    assert not none


async def test_erasing_either_removes_it(town: MatcherBench) -> None:
    await decline(town)
    town.profiles.erase("maker")
    await town.take_in.take_in(["maker"])
    assert not (await town.declined.page("lab", LAB, cursor=None, limit=5)).items
