"""What organisations are ranked by, beside their best statement, and how it is told."""

import pytest

from services.matcher.service.suggestions import SuggestionRequest
from shared.contracts.principal import Principal, Role
from shared.contracts.suggestions import (
    Basis,
    SearchHit,
    SearchRequest,
    SuggestionFilter,
    SuggestionSide,
)
from tests.support.matcher_bench import MatcherBench
from tests.support.profiles import profile

pytestmark = pytest.mark.anyio

COORDINATOR = Principal(subject="c", role=Role.COORDINATOR)
MEMBER = Principal(subject="m", role=Role.MEMBER, organisation="reader")
FILLER = " ".join(f"Chapter {n} treats of matters of administration." for n in range(12))


async def search(bench: MatcherBench, text: str, reader: Principal = COORDINATOR) -> list[str]:
    return [hit.partner.id for hit in await hits(bench, text, reader)]


async def hits(bench: MatcherBench, text: str, reader: Principal) -> tuple[SearchHit, ...]:
    return (await bench.search.search(SearchRequest(text=text), reader)).items


async def stated(bench: MatcherBench, **capabilities: list[str]) -> None:
    for id, texts in capabilities.items():
        numbered = {f"c{number}": text for number, text in enumerate(texts)}
        bench.profiles.save(id, profile(id.title(), capabilities=numbered))
    await bench.take_in.take_in(list(capabilities))


async def test_two_good_statements_count_more_than_one(bench: MatcherBench) -> None:
    await stated(
        bench,
        once=["waveguide displays made of glass", "growing wheat"],
        twice=["waveguide displays made of glass", "waveguide displays made of polymer"],
        never=["legal advice", "growing wheat"],
    )
    assert await search(bench, "waveguide displays") == ["twice", "once", "never"]


async def test_a_name_in_the_text_is_seen_and_said(bench: MatcherBench) -> None:
    await stated(
        bench,
        optics=["waveguide displays made of glass"],
        zephyrworks=["growing wheat on saline soil"],
    )
    assert await search(bench, "waveguide displays made of glass") == ["optics", "zephyrworks"]
    found = await hits(bench, "waveguide displays made of glass, with Zephyrworks", COORDINATOR)
    named = next(hit for hit in found if hit.partner.id == "zephyrworks")
    assert "named" in {feature.name for feature in named.features}


async def test_features_are_told_and_add_up_to_the_order(bench: MatcherBench) -> None:
    await stated(
        bench, near=["waveguide displays made of glass"], far=["growing wheat", "legal advice"]
    )
    near, far = await hits(bench, "waveguide displays", COORDINATOR)
    sums = [sum(one.contribution for one in hit.features) for hit in (near, far)]
    assert near.partner.id == "near"
    assert sums[0] > sums[1]
    assert 0 < far.score < near.score < 1
    assert {"statements", "single_statement"} <= {one.name for one in near.features}


async def test_a_sentence_in_a_long_statement_is_found(bench: MatcherBench) -> None:
    needle = "We cut waveguide displays from polymer sheets with femtosecond lasers."
    await stated(
        bench,
        hidden=[f"{FILLER} {needle} {FILLER}"],
        without=[f"{FILLER} {FILLER}"],
    )
    await bench.live.current().index.check()
    assert (await search(bench, needle))[0] == "hidden"
    assert await bench.live.current().index.count() == 2


async def test_a_confidential_statement_leaves_no_trace_for_members(bench: MatcherBench) -> None:
    secret = profile("Secretive", capabilities={"open": "growing wheat"})
    hidden = {"id": "c9", "text": "waveguide displays", "visibility": "confidential"}
    secret["capabilities"] += [{**hidden, "fields": ["xr-display"]}]
    bench.profiles.save("secretive", secret)
    await stated(bench, farmer=["growing wheat", "legal advice"])
    await bench.take_in.take_in(["secretive"])
    for_all = await hits(bench, "waveguide displays of Secretive", MEMBER)
    told = next(hit for hit in for_all if hit.partner.id == "secretive")
    assert "profile_words" not in {one.name for one in told.features}
    by_field = SearchRequest(
        text="waveguide displays of Secretive", filter=SuggestionFilter(field="xr-display")
    )
    assert (await bench.search.search(by_field, MEMBER)).items == ()
    assert len((await bench.search.search(by_field, COORDINATOR)).items) == 1


async def test_without_needs_the_work_of_both_is_compared_and_said_so(bench: MatcherBench) -> None:
    await stated(
        bench,
        asker=["waveguide displays made of glass", "eye tracking"],
        akin=["waveguide displays made of polymer", "eye tracking for headsets"],
        stranger=["growing wheat", "legal advice"],
    )
    work = {"c1": "waveguide displays made of polymer", "c2": "eye tracking for headsets"}
    known = [{"organisation": "stranger", "count": 3}]
    bench.profiles.save("akin", profile("Akin", capabilities=work, collaborations=known))
    await bench.take_in.take_in(["akin"])
    request = SuggestionRequest("asker", SuggestionSide.MUTUAL, SuggestionFilter(), 10, None)
    page = await bench.suggest.suggest(request, COORDINATOR)
    assert [one.partner.id for one in page.items] == ["akin", "stranger"]
    first = page.items[0]
    assert first.receives.basis is first.gives.basis is Basis.RELATED_WORK
    assert first.receives.score == first.gives.score <= 0.5
    # What it has done beside that moves the score, and is said.
    assert first.score > first.receives.score
    assert {"related_work", "popularity"} <= {one.name for one in first.features}
