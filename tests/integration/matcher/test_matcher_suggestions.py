"""Suggestions and search: who comes first, why, and what is never said."""

import pytest

from services.matcher.service.suggestions import SuggestionRequest
from shared.contracts.organisation import Side
from shared.contracts.principal import Principal, Role
from shared.contracts.suggestions import (
    Basis,
    SearchRequest,
    SuggestionFilter,
    SuggestionPage,
    SuggestionSide,
)
from shared.errors import ProblemError
from tests.support.matcher_bench import MatcherBench
from tests.support.profiles import profile

pytestmark = pytest.mark.anyio

COORDINATOR = Principal(subject="c", role=Role.COORDINATOR)
SECRET = "a confidential detector of gravitational anomalies"


def member(organisation: str) -> Principal:
    return Principal(subject="m", role=Role.MEMBER, organisation=organisation)


async def suggest(
    bench: MatcherBench,
    organisation: str,
    reader: Principal | None = None,
    *,
    side: SuggestionSide = SuggestionSide.MUTUAL,
    limit: int = 10,
    cursor: str | None = None,
    **filter: object,
) -> SuggestionPage:
    wanted = SuggestionFilter.model_validate(filter)
    request = SuggestionRequest(organisation, side, wanted, limit, cursor)
    return await bench.suggest.suggest(request, reader or member(organisation))


@pytest.fixture
async def town(bench: MatcherBench) -> MatcherBench:
    """`lab` and `maker` answer each other; `supplier` answers the lab only."""
    save = bench.profiles.save
    save(
        "lab",
        profile(
            "Lab",
            capabilities={"c1": "eye tracking algorithms for headsets"},
            needs={"n1": "manufacturing of waveguide displays"},
        ),
    )
    save(
        "maker",
        profile(
            "Maker",
            kind="enterprise",
            capabilities={"c1": "manufacturing of waveguide displays"},
            needs={"n1": "eye tracking algorithms for headsets"},
        ),
    )
    save(
        "supplier",
        profile(
            "Supplier",
            capabilities={"c1": "manufacturing of waveguide displays"},
            needs={"n1": "legal advice on shipping insurance"},
        ),
    )
    save("quiet", profile("Quiet", capabilities={"c1": "eye tracking algorithms for headsets"}))
    save("other", profile("Other", capabilities={"c1": "growing wheat on saline soil"}))
    await bench.take_in.take_in(["lab", "maker", "supplier", "quiet", "other"])
    return bench


async def test_the_mutual_partner_comes_before_the_one_sided_one(town: MatcherBench) -> None:
    page = await suggest(town, "lab")
    first = page.items[0]
    assert first.partner.id == "maker"
    assert [item.rank for item in page.items] == list(range(1, len(page.items) + 1))
    answer = first.receives.answers[0]
    assert (answer.need.id, answer.capability.id) == ("n1", "c1")
    assert answer.need.organisation == "lab"
    assert first.gives.answers[0].need.organisation == "maker"
    assert first.score > 0.9
    scores = {item.partner.id: item.score for item in page.items}
    assert scores["supplier"] < scores["maker"]


async def test_one_direction_ranks_by_that_direction(town: MatcherBench) -> None:
    page = await suggest(town, "lab", side=SuggestionSide.NEED)
    assert {item.partner.id for item in page.items[:2]} == {"maker", "supplier"}
    assert page.items[0].score == pytest.approx(page.items[1].score, abs=0.05)
    assert page.items[1].score > 0.9 > page.items[2].score
    page = await suggest(town, "lab", side=SuggestionSide.CAPABILITY)
    assert page.items[0].partner.id == "maker"


async def test_a_filter_changes_who_is_shown_and_no_score(town: MatcherBench) -> None:
    everyone = {item.partner.id: item.score for item in (await suggest(town, "lab")).items}
    page = await suggest(town, "lab", kind="enterprise")
    assert [(item.partner.id, item.score) for item in page.items] == [("maker", everyone["maker"])]


async def test_a_side_without_needs_is_matched_on_related_work_and_it_is_said(
    town: MatcherBench,
) -> None:
    page = await suggest(town, "quiet")
    first = page.items[0]
    assert first.partner.id == "maker", "it needs what `quiet` can do"
    assert first.gives.basis is Basis.NEEDS
    assert first.receives.basis is Basis.RELATED_WORK
    alike = next(item for item in page.items if item.partner.id == "lab")
    assert alike.receives.answers[0].need.side is Side.CAPABILITY
    assert 0.4 < alike.receives.score <= 0.5
    assert alike.receives.unmet == ()


async def test_a_member_sees_the_change_just_saved(town: MatcherBench) -> None:
    town.profiles.save("other", profile("Other", needs={"n1": "growing wheat on saline soil"}))
    page = await suggest(town, "other")
    assert page.freshness.organisation_version == 2
    assert page.organisation == "other"


async def test_while_profiles_is_away_the_last_version_answers(town: MatcherBench) -> None:
    town.profiles.away = True
    page = await suggest(town, "lab")
    assert page.items[0].partner.id == "maker"
    assert page.freshness.organisation_version == 1


async def test_exclusions_hold_both_ways(town: MatcherBench) -> None:
    saved = profile("Maker", capabilities={"c1": "manufacturing of waveguide displays"})
    town.profiles.save("maker", {**saved, "exclusions": ["lab"]})
    await town.take_in.take_in(["maker"])
    assert "maker" not in {item.partner.id for item in (await suggest(town, "lab")).items}
    assert "lab" not in {item.partner.id for item in (await suggest(town, "maker")).items}


async def test_filters_narrow_and_a_minimum_cuts(town: MatcherBench) -> None:
    page = await suggest(town, "lab", kind="enterprise")
    assert [item.partner.id for item in page.items] == ["maker"]
    page = await suggest(town, "lab", minimum_score=0.9)
    assert [item.partner.id for item in page.items] == ["maker"]


async def test_pages_follow_each_other_without_gap_or_repeat(town: MatcherBench) -> None:
    whole = await suggest(town, "lab", limit=100)
    seen, cursor = [], None
    while True:
        page = await suggest(town, "lab", limit=1, cursor=cursor)
        seen += [(item.rank, item.partner.id) for item in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert seen == [(item.rank, item.partner.id) for item in whole.items]
    with pytest.raises(ProblemError, match="invalid_request"):
        await suggest(town, "lab", cursor="nonsense")


async def test_members_ask_for_their_own_organisation_only(town: MatcherBench) -> None:
    with pytest.raises(ProblemError, match="forbidden"):
        await suggest(town, "lab", member("maker"))
    assert (await suggest(town, "lab", COORDINATOR)).items


async def test_unknown_and_withdrawn_organisations_are_not_found(town: MatcherBench) -> None:
    with pytest.raises(ProblemError, match="not_found"):
        await suggest(town, "nobody")
    town.profiles.withdraw("lab")
    with pytest.raises(ProblemError, match="not_found"):
        await suggest(town, "lab")


@pytest.fixture
async def secretive(town: MatcherBench) -> MatcherBench:
    saved = profile("Secretive")
    saved["capabilities"] = [{"id": "hidden", "text": SECRET, "visibility": "confidential"}]
    town.profiles.save("secretive", saved)
    town.profiles.save("seeker", profile("Seeker", needs={"n1": SECRET}))
    await town.take_in.take_in(["secretive", "seeker"])
    return town


async def test_confidential_statements_count_but_are_never_quoted(secretive: MatcherBench) -> None:
    page = await suggest(secretive, "seeker", side=SuggestionSide.NEED)
    answer = page.items[0].receives.answers[0]
    assert page.items[0].partner.id == "secretive"
    assert (answer.capability.text, answer.capability.id) == (None, None)
    assert answer.capability.confidential
    assert "hidden" not in page.model_dump_json()
    for reader in (COORDINATOR,):
        told = await suggest(secretive, "seeker", reader, side=SuggestionSide.NEED)
        assert told.items[0].receives.answers[0].capability.text == SECRET


async def test_search_is_no_oracle_for_confidential_statements(secretive: MatcherBench) -> None:
    asked = SearchRequest(text=SECRET)
    page = await secretive.search.search(asked, member("lab"))
    assert "secretive" not in {hit.partner.id for hit in page.items}
    page = await secretive.search.search(asked, COORDINATOR)
    assert page.items[0].partner.id == "secretive"


async def test_search_finds_who_can_do_this_and_who_needs_this(town: MatcherBench) -> None:
    asked = SearchRequest(text="manufacturing of waveguide displays")
    page = await town.search.search(asked, COORDINATOR)
    assert [hit.partner.id for hit in page.items[:2]] == ["maker", "supplier"]
    assert page.items[0].matches[0].statement.side is Side.CAPABILITY
    assert page.language == "en"
    asked = asked.model_copy(update={"side": Side.CAPABILITY})
    page = await town.search.search(asked, member("maker"))
    assert page.items[0].partner.id == "lab"
    assert page.items[0].matches[0].statement.side is Side.NEED


async def test_search_pages_follow_each_other(town: MatcherBench) -> None:
    asked = SearchRequest(text="waveguide displays", limit=1)
    first = await town.search.search(asked, COORDINATOR)
    following = asked.model_copy(update={"cursor": first.next_cursor})
    second = await town.search.search(following, COORDINATOR)
    assert second.items[0].rank == 2
    assert second.items[0].partner.id != first.items[0].partner.id
