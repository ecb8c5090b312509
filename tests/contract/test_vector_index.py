"""What every VectorIndex does: Edge, and the server adapter on the client's local mode."""

import shutil
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from qdrant_client import AsyncQdrantClient

from services.matcher.index.edge_collections import EdgeVectorIndexes
from services.matcher.index.server_collections import ServerVectorIndexes
from services.matcher.index_hits import Hits
from services.matcher.ports import (
    IndexFilter,
    IndexQuery,
    OrganisationPoints,
    Part,
    SparseVector,
    VectorIndex,
)
from shared.contracts.organisation import Kind, Side, Visibility
from tests.support.index_points import DIMENSION, name, points, statement, unit, words
from tests.support.memory_folder import memory_folder

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.filterwarnings("ignore:Payload indexes have no effect in the local Qdrant"),
]

Indexes = EdgeVectorIndexes | ServerVectorIndexes
ANY = IndexFilter(Side.CAPABILITY)


def make_edge(folder: Path) -> Indexes:
    return EdgeVectorIndexes(folder / "index", minimum_free_bytes=0)


def make_server(folder: Path) -> Indexes:
    return ServerVectorIndexes(AsyncQdrantClient(":memory:"))


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    with memory_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
async def empty_edge() -> AsyncIterator[Path]:
    """An empty collection, made once: copying it is faster than making it."""
    with memory_folder() as folder:
        made = make_edge(folder)
        await made.open("c1", DIMENSION)
        await made.close()
        yield folder


@pytest.fixture(params=[make_edge, make_server], ids=["edge", "server"])
async def indexes(
    request: pytest.FixtureRequest, empty_edge: Path, tmp_path: Path
) -> AsyncIterator[Indexes]:
    make: Callable[[Path], Indexes] = request.param
    if make is make_edge:
        shutil.copytree(empty_edge, tmp_path, dirs_exist_ok=True)
    made = make(tmp_path)
    yield made
    await made.close()


@pytest.fixture
async def index(indexes: Indexes) -> VectorIndex:
    return await indexes.open("c1", DIMENSION)


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)


async def search(
    index: VectorIndex, vector: np.ndarray, limit: int = 100, filter: IndexFilter = ANY
) -> Hits:
    return (await index.query([IndexQuery(filter, limit, dense=vector)]))[0]


def same(answer: Hits, other: Hits) -> bool:
    """The same statements in the same order, with scores that differ by rounding only."""
    scores = [[hit.score for hit in hits] for hits in (answer, other)]
    keys = [[hit.key for hit in hits] for hits in (answer, other)]
    return keys[0] == keys[1] and bool(np.allclose(*scores, atol=1e-5))


async def found(index: VectorIndex, filter: IndexFilter) -> set[str]:
    hits = await search(index, np.ones(DIMENSION, dtype=np.float32), filter=filter)
    return {hit.key.organisation for hit in hits}


async def test_a_statement_is_found_by_its_own_vector(
    index: VectorIndex, rng: np.random.Generator
) -> None:
    change = points("a", rng, 5)
    await index.replace_many([change, points("b", rng)])
    wanted = change.statements[3]
    hits = await search(index, wanted.corrected)
    assert hits[0].key == wanted.key
    assert hits[0].score == pytest.approx(1, abs=1e-5)
    assert len(hits) == 7
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


async def test_scores_are_the_cosines_of_the_corrected_vectors(
    index: VectorIndex, rng: np.random.Generator
) -> None:
    change = points("a", rng, 20)
    await index.replace_many([change])
    vector = unit(rng)
    expected = {one.key: float(one.corrected @ vector) for one in change.statements}
    for hit in await search(index, vector * 3):
        assert hit.score == pytest.approx(expected[hit.key], abs=1e-4)


async def test_limit_gives_the_best(index: VectorIndex, rng: np.random.Generator) -> None:
    await index.replace_many([points("a", rng, 30)])
    vector = unit(rng)
    assert same(await search(index, vector, limit=7), (await search(index, vector))[:7])


@pytest.mark.parametrize(
    ("different", "filter"),
    [
        ({"side": Side.NEED}, IndexFilter(Side.NEED)),
        ({"kind": Kind.ENTERPRISE}, replace(ANY, kind=Kind.ENTERPRISE)),
        ({"country": "DE", "province": None}, replace(ANY, country="DE")),
        ({"province": "110000"}, replace(ANY, province="110000")),
        ({"country": "DE", "province": None}, replace(ANY, countries=("DE", "FR"))),
        ({"province": "110000"}, replace(ANY, provinces=("110000", "310000"))),
        ({"fields": ("haptics", "medical")}, replace(ANY, fields=("medical", "surgery"))),
        (
            {"visibility": Visibility.CONFIDENTIAL},
            replace(ANY, visibility=Visibility.CONFIDENTIAL),
        ),
        ({}, replace(ANY, organisations=("other", "unknown"))),
        ({}, replace(ANY, excluded_organisations=("a", "b"))),
    ],
    ids=[
        "side",
        "kind",
        "country",
        "province",
        "countries",
        "provinces",
        "field",
        "visibility",
        "organisations",
        "exclusions",
    ],
)
async def test_each_filter(
    index: VectorIndex,
    rng: np.random.Generator,
    different: dict[str, object],
    filter: IndexFilter,
) -> None:
    await index.replace_many([points(one, rng) for one in ("a", "b")])
    await index.replace_many([points("other", rng, **different)])
    assert await found(index, filter) == {"other"}


async def test_filters_hold_together(index: VectorIndex, rng: np.random.Generator) -> None:
    await index.replace_many(
        [
            points("a", rng, kind=Kind.ENTERPRISE),
            points("b", rng, kind=Kind.ENTERPRISE, province="110000"),
            points("c", rng, province="110000"),
        ]
    )
    both = replace(ANY, kind=Kind.ENTERPRISE, province="110000")
    assert await found(index, both) == {"b"}
    assert await found(index, replace(both, excluded_organisations=("b",))) == set()


async def test_filters_hold_for_lexical_queries(
    index: VectorIndex, rng: np.random.Generator
) -> None:
    word = SparseVector((5,), (1.0,))
    await index.replace_many([points(one, rng, lexical=word) for one in "abc"])
    query = IndexQuery(replace(ANY, organisations=("b",)), 10, lexical=word)
    assert {hit.key.organisation for hit in (await index.query([query]))[0]} == {"b"}


async def test_replacing_removes_what_is_no_longer_stated(
    index: VectorIndex, rng: np.random.Generator
) -> None:
    await index.replace_many([points("a", rng, 4), points("b", rng, 2)])
    await index.replace_many([points("a", rng, 1, version=2)])
    assert await index.count() == 3
    page, _ = await index.versions(after=None, limit=10)
    assert [(one.organisation, one.version) for one in page] == [("a", 2), ("b", 1)]
    assert page[0].statements == {"c0"}


async def test_an_expired_statement_goes_though_the_version_stays(
    index: VectorIndex, rng: np.random.Generator
) -> None:
    await index.replace_many([points("a", rng, 4)])
    await index.replace_many([points("a", rng, 3)])
    assert await index.count() == 3


async def test_no_points_removes_an_organisation(
    index: VectorIndex, rng: np.random.Generator
) -> None:
    await index.replace_many([points("a", rng), points("b", rng)])
    await index.replace_many([OrganisationPoints("a", 2, []), points("c", rng)])
    assert await found(index, ANY) == {"b", "c"}


async def test_replacing_twice_changes_nothing(
    index: VectorIndex, rng: np.random.Generator
) -> None:
    changes = [points("a", rng, 3), points("b", rng, 3)]
    await index.replace_many(changes)
    vector = unit(rng)
    before = await search(index, vector)
    await index.replace_many(changes)
    assert same(await search(index, vector), before)
    assert await index.count() == 6


async def test_a_batch_answers_as_single_queries_do(
    index: VectorIndex, rng: np.random.Generator
) -> None:
    await index.replace_many([points("a", rng, 30), points("b", rng, 30)])
    queries = [IndexQuery(ANY, 5, dense=unit(rng)) for _ in range(4)]
    queries += [IndexQuery(ANY, 5, lexical=words(rng)) for _ in range(4)]
    queries.append(IndexQuery(replace(ANY, organisations=("b",)), 3, dense=unit(rng)))
    together = await index.query(queries)
    for query, hits in zip(queries, together, strict=True):
        alone = (await index.query([query]))[0]
        assert same(hits, alone)


async def test_no_queries_and_no_words_find_nothing(
    index: VectorIndex, rng: np.random.Generator
) -> None:
    await index.replace_many([points("a", rng)])
    assert await index.query([]) == []
    (nothing,) = await index.query([IndexQuery(ANY, 5, lexical=SparseVector((), ()))])
    assert not nothing


async def test_a_rare_word_weighs_more(index: VectorIndex, rng: np.random.Generator) -> None:
    common = [statement("a", f"c{n}", rng, lexical=SparseVector((1,), (1.0,))) for n in range(20)]
    rare = statement("a", "rare", rng, lexical=SparseVector((2,), (1.0,)))
    wordless = statement("a", "none", rng, lexical=SparseVector((), ()))
    await index.replace_many([OrganisationPoints("a", 1, [*common, rare, wordless])])
    query = IndexQuery(ANY, 30, lexical=SparseVector((1, 2), (1.0, 1.0)))
    hits = (await index.query([query]))[0]
    assert hits[0].key.statement == "rare"
    assert hits[0].score == pytest.approx(np.log((21 - 1 + 0.5) / 1.5 + 1), abs=1e-4)
    assert len(hits) == 21


async def test_windows_are_found_as_their_statement_and_leave_whole_statements_alone(
    index: VectorIndex, rng: np.random.Generator
) -> None:
    whole, first, second = unit(rng), unit(rng), unit(rng)
    long = statement("a", "long", rng, corrected=whole, windows=(first, second))
    short = statement("b", "short", rng, hub=0.25, content="c0ffee", language="en")
    await index.replace_many(
        [OrganisationPoints("a", 1, [long]), OrganisationPoints("b", 1, [short])]
    )
    among_windows = replace(ANY, part=Part.WINDOW)
    hits = await search(index, second, filter=among_windows)
    assert hits[0].key == long.key
    assert hits[0].score == pytest.approx(1, abs=1e-5)
    assert [hit.key.statement for hit in hits] == ["long"], "a short one is its own window"
    all_of_them = {hit.key: hit.point for hit in await search(index, whole)}
    assert sorted(key.statement for key in all_of_them) == ["long", "short"]
    told = all_of_them[short.key]
    assert (told.language, told.hub, told.content) == ("en", 0.25, "c0ffee")
    assert (told.windowed, all_of_them[long.key].windowed) == (False, True)
    assert await index.count() == 2


async def test_windows_go_with_their_statement(
    index: VectorIndex, rng: np.random.Generator
) -> None:
    long = statement("a", "c0", rng, windows=(unit(rng), unit(rng)))
    await index.replace_many([OrganisationPoints("a", 1, [long])])
    shorter = replace(long, windows=(unit(rng),), version=2)
    await index.replace_many([OrganisationPoints("a", 2, [shorter])])
    among_windows = replace(ANY, part=Part.WINDOW)
    assert len(await search(index, unit(rng), filter=among_windows)) == 1
    (held,), _ = await index.versions(after=None, limit=5)
    assert (held.version, held.statements) == (2, {"c0"})
    await index.replace_many([OrganisationPoints("a", 3, [])])
    assert not await search(index, unit(rng), filter=among_windows)


async def test_an_organisation_is_found_by_the_words_of_its_name(
    index: VectorIndex, rng: np.random.Generator
) -> None:
    names = {"a": (1, 2), "b": (2, 3)}
    await index.replace_many(
        [replace(points(id, rng), name=name(id, ids)) for id, ids in names.items()]
    )
    asked = SparseVector((1, 2), (1.0, 1.0))
    query = IndexQuery(replace(ANY, part=Part.NAME), 10, lexical=asked)
    hits = (await index.query([query]))[0]
    assert [hit.key.organisation for hit in hits] == ["a", "b"]
    assert hits[0].score > 2 * hits[1].score, "a rare word of a name weighs more"
    others = replace(query, filter=replace(query.filter, excluded_organisations=("a",)))
    assert [hit.key.organisation for hit in (await index.query([others]))[0]] == ["b"]
    assert await index.count() == 4
    page, _ = await index.versions(after=None, limit=5)
    assert [one.statements for one in page] == [{"c0", "c1"}] * 2
    await index.replace_many([OrganisationPoints("a", 2, [])])
    assert [hit.key.organisation for hit in (await index.query([query]))[0]] == ["b"]


@pytest.mark.parametrize("bad", [0.0, np.nan, np.inf])
async def test_a_vector_without_direction_is_refused(
    index: VectorIndex, rng: np.random.Generator, bad: float
) -> None:
    vector = np.zeros(DIMENSION, dtype=np.float32)
    vector[0] = bad
    with pytest.raises(ValueError, match="c0"):
        await index.replace_many([points("b", rng), points("a", rng, corrected=vector)])
    assert await index.count() == 0


async def test_an_organisation_twice_in_one_change_is_refused(
    index: VectorIndex, rng: np.random.Generator
) -> None:
    with pytest.raises(ValueError, match="twice"):
        await index.replace_many([points("a", rng), points("a", rng, version=2)])


async def test_versions_come_in_pages_in_id_order(
    index: VectorIndex, rng: np.random.Generator
) -> None:
    names = [f"org-{number:02}" for number in range(10)]
    await index.replace_many([points(name, rng, 1 + n) for n, name in enumerate(reversed(names))])
    seen: list[str] = []
    after: str | None = None
    while True:
        page, after = await index.versions(after=after, limit=4)
        seen += [one.organisation for one in page]
        if after is None:
            break
    assert seen == names
    assert (await index.versions(after="zzz", limit=4)) == ([], None)


async def test_an_empty_index_is_whole(index: VectorIndex) -> None:
    await index.check()
    assert await index.count() == 0
    assert await index.versions(after=None, limit=5) == ([], None)
    assert not await search(index, np.ones(DIMENSION, dtype=np.float32))


async def test_many_points_in_one_change(index: VectorIndex, rng: np.random.Generator) -> None:
    await index.replace_many([points(f"o{number}", rng, 30) for number in range(50)])
    assert await index.count() == 1500
    await index.check()


async def test_collections_are_made_listed_and_dropped(
    indexes: Indexes, rng: np.random.Generator
) -> None:
    await indexes.drop("c1")
    first, second = [await indexes.open(name, DIMENSION) for name in ("m-s0", "m-s1")]
    await first.replace_many([points("a", rng)])
    assert await indexes.names() == ["m-s0", "m-s1"]
    assert (await first.count(), await second.count()) == (2, 0)
    assert first.collection == "m-s0"
    await indexes.drop("m-s0")
    await indexes.drop("never-there")
    assert await indexes.names() == ["m-s1"]
    again = await indexes.open("m-s0", DIMENSION)
    assert await again.count() == 0
    assert "qdrant" in await indexes.server_version()


async def test_both_adapters_give_the_same_scores(tmp_path: Path) -> None:
    rng = np.random.default_rng(11)
    changes = [points(f"o{number}", rng, 20) for number in range(30)]
    queries = [IndexQuery(ANY, 25, dense=unit(rng)) for _ in range(10)]
    queries += [IndexQuery(ANY, 25, lexical=words(rng)) for _ in range(10)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        answers = [
            await answer(make(tmp_path), changes, queries) for make in (make_edge, make_server)
        ]
    for edge, server in zip(*answers, strict=True):
        np.testing.assert_allclose(
            [hit.score for hit in edge], [hit.score for hit in server], atol=1e-4
        )
        agreed = {hit.key for hit in edge} & {hit.key for hit in server}
        assert len(agreed) >= 24


async def answer(
    indexes: Indexes, changes: list[OrganisationPoints], queries: list[IndexQuery]
) -> list[Hits]:
    index = await indexes.open("same", DIMENSION)
    await index.replace_many(changes)
    answers = await index.query(queries)
    await indexes.close()
    return answers
