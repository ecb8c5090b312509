"""What policy screening holds comes with the organisation, at its version, and goes with it."""

from typing import Any

import pytest

from services.matcher.service.prototype_likeness import ComparePrototypes
from services.matcher.service.suggestions import SuggestionRequest
from shared.contracts.organisation import Side
from shared.contracts.principal import Principal, Role
from shared.contracts.screening import ComparedText, Prototype, SimilarityRequest
from shared.contracts.suggestions import SearchRequest, SuggestionFilter, SuggestionSide
from shared.errors import ProblemError
from tests.support.matcher_bench import MatcherBench
from tests.support.profiles import profile

pytestmark = pytest.mark.anyio
COORDINATOR = Principal(subject="chen", role=Role.COORDINATOR)
SERVICE = Principal(subject="profiles", role=Role.SERVICE)
DISPLAYS, TRACKING = "manufacturing of waveguide displays", "eye tracking algorithms"


def _maker(**more: Any) -> dict[str, Any]:
    return profile("Maker", capabilities={"c1": DISPLAYS}, needs={"n1": TRACKING}, **more)


async def _answers(bench: MatcherBench) -> list[str]:
    request = SuggestionRequest(
        "lab", filter=SuggestionFilter(), side=SuggestionSide.MUTUAL, limit=10, cursor=None
    )
    page = await bench.suggest.suggest(request, COORDINATOR)
    return [str(answer.capability.id) for item in page.items for answer in item.receives.answers]


async def test_a_hold_comes_with_a_version_and_goes_with_the_next(bench: MatcherBench) -> None:
    bench.profiles.save(
        "lab", profile("Lab", capabilities={"c1": TRACKING}, needs={"n1": DISPLAYS})
    )
    bench.profiles.save("maker", _maker())
    await bench.take_in.take_in(["lab", "maker"])
    assert await _answers(bench) == ["c1"]
    bench.profiles.save("maker", _maker(held=["c1"]))
    await bench.take_in.take_in(["maker"])
    await bench.take_in.take_in(["maker"])  # a redelivery changes nothing
    assert await _answers(bench) == []
    found = await bench.search.search(SearchRequest(text=DISPLAYS), COORDINATOR)
    quoted = [match.statement.id for hit in found.items for match in hit.matches]
    assert "c1" not in quoted or all(hit.partner.id != "maker" for hit in found.items)
    bench.profiles.save("maker", _maker())
    await bench.take_in.take_in(["maker"])
    assert await _answers(bench) == ["c1"]


async def test_texts_are_compared_with_prototypes_for_services_only(bench: MatcherBench) -> None:
    compare = ComparePrototypes(bench.live)
    request = SimilarityRequest(
        texts=(ComparedText(id="t", text=DISPLAYS, language="en", side=Side.CAPABILITY),),
        prototypes=(
            Prototype(rule="same", text=DISPLAYS, language="en"),
            Prototype(rule="other", text="zzz qqq", language="en"),
        ),
    )
    (item,) = (await compare.compare(SERVICE, request)).items
    assert item.by_rule["same"] == pytest.approx(1, abs=1e-4)
    assert item.by_rule["other"] < item.by_rule["same"]
    again = (await compare.compare(SERVICE, request)).items[0]
    assert again == item
    with pytest.raises(ProblemError) as refused:
        await compare.compare(COORDINATOR, request)
    assert refused.value.code == "forbidden"
