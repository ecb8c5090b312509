"""Clarity of needs over a platform, and must-haves that nobody answers."""

import pytest

from services.matcher.service.suggestions import SuggestionRequest
from shared.contracts.clarity import ClarityRequest, Lack
from shared.contracts.principal import Principal, Role
from shared.contracts.suggestions import SuggestionFilter, SuggestionPage, SuggestionSide
from shared.errors import ProblemError
from tests.support.matcher_bench import MatcherBench
from tests.support.profiles import profile

pytestmark = pytest.mark.anyio
MEMBER = Principal(subject="m", role=Role.MEMBER, organisation="lab")
COORDINATOR = Principal(subject="c", role=Role.COORDINATOR)
ANSWERED = "manufacturing of waveguide displays for headsets"
NOBODYS = "deep drilling into permafrost using hot brine"


@pytest.fixture
async def town(bench: MatcherBench) -> MatcherBench:
    """`lab` has a need that `maker` answers, one that nobody does, and a vague one."""
    needs = {"n1": ANSWERED, "n2": NOBODYS, "n3": "we need partners"}
    bench.profiles.save("lab", profile("Lab", needs=needs))
    crafts = [f"craft number {n} with tool {n * 7} and stone {n * 13}" for n in range(60)]
    bench.profiles.save("guild", profile("Guild", capabilities=dict(enumerate_ids(crafts))))
    bench.profiles.save("maker", profile("Maker", capabilities={"c1": ANSWERED}))
    await bench.take_in.take_in(["lab", "guild", "maker"])
    return bench


@pytest.fixture
async def hamlet(bench: MatcherBench) -> MatcherBench:
    """The same without the guild, whose many words are near to everything."""
    needs = {"n1": ANSWERED, "n2": NOBODYS, "n3": "we need partners"}
    bench.profiles.save("lab", profile("Lab", needs=needs))
    bench.profiles.save("maker", profile("Maker", capabilities={"c1": ANSWERED}))
    await bench.take_in.take_in(["lab", "maker"])
    return bench


def enumerate_ids(texts: list[str]) -> list[tuple[str, str]]:
    return [(f"c{number}", text) for number, text in enumerate(texts)]


async def page(town: MatcherBench, **more: object) -> SuggestionPage:
    wanted = SuggestionFilter.model_validate(more.pop("filter", {}))
    side = SuggestionSide(str(more.pop("side", "mutual")))
    request = SuggestionRequest("lab", side, wanted, 1, None)
    return await town.suggest.suggest(request, MEMBER)


async def test_each_need_has_a_clarity_and_the_vaguest_comes_first(town: MatcherBench) -> None:
    found = await town.clarity.of_organisation("lab", MEMBER, "zh")
    assert found.items[0].id == "n3"
    vague, clear = found.items[0].clarity, found.items[-1].clarity
    assert vague.vague
    assert vague.questions
    assert not vague.questions[0].question.isascii(), "the reader asked for Chinese"
    assert not clear.vague
    assert clear.distinctness
    assert clear.distinctness.compared == 15  # a quarter of the 61 capabilities


async def test_a_text_is_assessed_without_being_stored(town: MatcherBench) -> None:
    found = await town.clarity.of_text(ClarityRequest(text="寻找合作伙伴"), MEMBER, None)
    assert found.vague
    assert found.language == "zh"
    assert found.lacks[0] is Lack.DETAIL
    assert await town.clarity.of_organisation("lab", MEMBER, None) is not None


async def test_members_ask_about_their_own_organisation_only(town: MatcherBench) -> None:
    with pytest.raises(ProblemError, match="forbidden"):
        await town.clarity.of_organisation("maker", MEMBER, None)
    assert (await town.clarity.of_organisation("maker", COORDINATOR, None)).items == ()


async def test_on_an_empty_platform_the_words_alone_decide(bench: MatcherBench) -> None:
    found = await bench.clarity.of_text(ClarityRequest(text=ANSWERED), COORDINATOR, None)
    assert found.distinctness is None
    assert not found.vague


async def test_while_there_is_no_index_the_words_alone_decide(town: MatcherBench) -> None:
    town.live.clear()
    found = await town.clarity.of_text(ClarityRequest(text="we need AI"), MEMBER, None)
    assert found.vague
    assert found.distinctness is None


async def test_must_haves_that_nobody_answers_are_said_once(hamlet: MatcherBench) -> None:
    found = await page(hamlet)
    told = {one.need.id: one for one in found.unanswered}
    assert set(told) == {"n2", "n3"}
    assert told["n2"].need.text == NOBODYS
    assert told["n2"].best < 0.5
    assert told["n2"].facets.methods


async def test_a_filter_changes_nothing_about_what_nobody_answers(hamlet: MatcherBench) -> None:
    abroad = await page(hamlet, filter={"country": "NZ"})
    assert abroad.items == ()
    assert {one.need.id for one in abroad.unanswered} == {"n2", "n3"}


async def test_who_looks_for_customers_is_told_nothing_of_own_needs(hamlet: MatcherBench) -> None:
    assert (await page(hamlet, side="capability")).unanswered == ()


async def test_unmet_must_haves_come_first_and_are_counted(bench: MatcherBench) -> None:
    body = profile("Lab", needs={"n1": "glass blowing in zero gravity", "n2": NOBODYS})
    body["needs"][0]["necessity"] = "nice_to_have"
    bench.profiles.save("lab", body)
    bench.profiles.save("maker", profile("Maker", capabilities={"c1": ANSWERED}))
    await bench.take_in.take_in(["lab", "maker"])
    (item,) = (await page(bench)).items
    assert [need.id for need in item.receives.unmet] == ["n2", "n1"]
    assert item.receives.unmet_must_haves == 1


async def test_given_facets_reach_the_matcher(bench: MatcherBench) -> None:
    body = profile("Lab", needs={"n1": "we need partners"})
    body["needs"][0]["facets"] = {"application": "offshore wind farms"}
    bench.profiles.save("lab", body)
    (item,) = (await bench.clarity.of_organisation("lab", MEMBER, None)).items
    assert item.clarity.facets.application == "offshore wind farms"
