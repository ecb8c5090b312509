"""FAULTS 28: a profile made to be everyone's neighbour is flagged, and takes few places.

Through the real pipeline, on the demo data. Without the guard a profile that copies every need
took all 124 first pages of 124, and one of phrases of eight needs in each statement 55.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pytest
from pydantic import SecretStr

from services.matcher.embedding.sentence_transformer import load_embedder
from services.matcher.evaluation.corpus_profiles import CorpusProfiles
from services.matcher.evaluation.recalling_model import RecallingModel
from services.matcher.evaluation.vector_cache import SqliteEmbeddingStore
from services.matcher.main import Matcher
from services.matcher.settings import MatcherSettings
from shared.contracts.organisation import Capability, Kind, Names, Organisation, Side
from shared.contracts.principal import Principal, Role
from shared.contracts.suggestions import SearchHit, SearchRequest
from tests.support.memory_folder import memory_folder

pytestmark = [pytest.mark.model, pytest.mark.anyio]

MOST = 0.2
"""Of the first pages; the busiest honest demo profile takes 25 of 124 when all needs ask."""
ASKED = 3
"""Each third need is asked: the others say the same."""
_READER = Principal(subject="test", role=Role.COORDINATOR)
_THEN = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def place() -> Iterator[Path]:
    with memory_folder() as folder:
        yield folder


def demo() -> list[Organisation]:
    lines = (files("data") / "demo.jsonl").read_text(encoding="utf-8").splitlines()
    made = {"version": 1, "created_at": _THEN, "updated_at": _THEN}
    return [Organisation.model_validate({**json.loads(line), **made}) for line in lines]


def stuffed(id: str, texts: list[str]) -> Organisation:
    return Organisation(
        id=id,
        kind=Kind.ENTERPRISE,
        names=Names(en=id),
        capabilities=tuple(Capability(id=f"c{n}", text=one) for n, one in enumerate(texts)),
        version=1,
        created_at=_THEN,
        updated_at=_THEN,
    )


async def first_pages(matcher: Matcher, texts: list[str]) -> list[SearchHit]:
    assert matcher.use_cases
    requests = [SearchRequest(text=one, side=Side.NEED, limit=10) for one in texts]
    pages = [await matcher.use_cases.search.search(one, _READER) for one in requests]
    return [hit for page in pages for hit in page.items]


async def test_everyones_neighbour_is_flagged_and_takes_few_places(
    place: Path, migrated_database: Callable[[str], str], pytestconfig: pytest.Config
) -> None:
    honest = demo()
    texts = [need.text for one in honest for need in one.needs]
    soups = ["；".join(text[:60] for text in texts[n : n + 8]) for n in range(0, len(texts), 8)]
    hubs = [stuffed("copies", texts), stuffed("soups", soups)]
    settings = MatcherSettings(
        database_url=migrated_database("services.matcher"),
        index_directory=place / "index",
        qdrant_url=None,
        internal_secret=SecretStr("s" * 40),
        profiles_url="http://127.0.0.1",
    )
    cache = pytestconfig.cache.mkdir("golden") if pytestconfig.cache else place / "cache"
    model = RecallingModel(load_embedder(), SqliteEmbeddingStore(cache), lambda *_: None)
    profiles = CorpusProfiles([*honest, *hubs])
    profiles.withdraw(one.id for one in hubs)
    matcher = Matcher(settings, lambda: model, profiles)
    try:
        await matcher.open()
        assert matcher.use_cases
        await matcher.use_cases.reconcile.reconcile()
        await matcher.use_cases.rebuild.rebuild()
        before = await first_pages(matcher, texts[::ASKED])
        assert not [one.partner.id for one in before if flagged(one)]
        profiles.restore(one.id for one in hubs)
        await matcher.use_cases.reconcile.reconcile()
        after = await first_pages(matcher, texts[::ASKED])
        listed = await matcher.casework.hubs.most_excessive()
    finally:
        await matcher.stop()
    taken = Counter(one.partner.id for one in after)
    assert {one.partner.id for one in after if flagged(one)} <= {"copies", "soups"}
    assert {one.organisation for one in listed} == {"copies", "soups"}
    assert all(one.excess > 1 for one in listed)
    most = MOST * len(texts[::ASKED])
    assert taken["copies"] <= most, taken
    assert taken["soups"] <= most, taken


def flagged(hit: SearchHit) -> bool:
    return "hub" in {feature.name for feature in hit.features}
