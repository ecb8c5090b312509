"""A filter by a field finds what is below it, as every other list does; alike in every answer."""

from typing import Any

import pytest

from services.matcher.service.suggestions import SuggestionRequest
from shared.contracts.principal import Principal, Role
from shared.contracts.suggestions import SearchRequest, SuggestionFilter, SuggestionSide
from shared.contracts.why_not import ReasonCode, WhyNotQuery
from tests.support.matcher_bench import MatcherBench
from tests.support.profiles import profile

pytestmark = pytest.mark.anyio

COORDINATOR = Principal(subject="chen", role=Role.COORDINATOR)
TEXT = "waveguide displays for headsets"


def maker(*own: str, fields: tuple[str, ...] = ()) -> dict[str, Any]:
    """`own` are the fields of its one capability."""
    made = profile("Maker", fields=list(fields))
    made["capabilities"] = [{"id": "c1", "text": TEXT, "fields": list(own)}]
    return made


@pytest.fixture
async def town(bench: MatcherBench) -> MatcherBench:
    bench.profiles.save("asker", profile("Asker", needs={"n1": TEXT}))
    bench.profiles.save("child", maker("near-eye-waveguide"))
    bench.profiles.save("by-organisation", maker(fields=("eye-tracking",)))
    bench.profiles.save("own-is-exact", maker("haptic-wearables", fields=("xr-display",)))
    await bench.take_in.take_in(list(bench.profiles.stored))
    return bench


async def suggested(bench: MatcherBench, field: str) -> set[str]:
    wanted = SuggestionFilter(field=field)
    request = SuggestionRequest("asker", SuggestionSide.MUTUAL, wanted, 10, None)
    page = await bench.suggest.suggest(request, COORDINATOR)
    return {one.partner.id for one in page.items}


async def found(bench: MatcherBench, field: str) -> set[str]:
    request = SearchRequest(text=TEXT, filter=SuggestionFilter(field=field))
    return {one.partner.id for one in (await bench.search.search(request, COORDINATOR)).items}


async def not_missed(bench: MatcherBench, field: str) -> set[str]:
    """Those of which why-not does not say that they are of another field."""
    query = WhyNotQuery(field=field)
    answers = {
        id: await bench.why_not.explain("asker", id, query, COORDINATOR)
        for id in ("child", "by-organisation", "own-is-exact")
    }
    missed = ReasonCode.OTHER_FIELD
    return {id for id, told in answers.items() if missed not in {one.code for one in told.reasons}}


@pytest.mark.parametrize("asked", [suggested, found, not_missed])
async def test_a_field_finds_what_is_below_it(town: MatcherBench, asked: Any) -> None:
    assert await asked(town, "xr-display") == {"child", "by-organisation"}
    assert await asked(town, "near-eye-waveguide") == {"child"}


@pytest.mark.parametrize("asked", [suggested, found, not_missed])
async def test_a_statements_own_fields_stand_before_its_organisations(
    town: MatcherBench, asked: Any
) -> None:
    assert await asked(town, "haptics-interaction") == {"own-is-exact"}
