"""Taking in changes: counts, order, erasure (FAULTS 10 and 11)."""

import pytest
import sqlalchemy as sa

from services.matcher.schema import embedding, tables
from tests.support.matcher_bench import MatcherBench
from tests.support.profiles import profile

pytestmark = pytest.mark.anyio


def optics(name: str = "Optics Institute") -> dict[str, object]:
    return profile(
        name,
        capabilities={"c1": "waveguide displays for augmented reality"},
        needs={"n1": "a partner for eye tracking algorithms"},
    )


async def stored_embeddings(bench: MatcherBench) -> int:
    async with bench.database.reading() as connection:
        query = sa.select(sa.func.count()).select_from(embedding)
        return int((await connection.execute(query)).scalar_one())


async def test_many_changes_are_one_re_read_and_every_text_is_embedded_once(
    bench: MatcherBench,
) -> None:
    for number in range(30):
        bench.profiles.save(f"o{number}", optics(f"Institute {number}"))
    taken = await bench.take_in.take_in([f"o{n}" for n in range(30)] * 3)
    assert taken == 30
    assert len(bench.profiles.batch_reads) == 1
    assert bench.embedder.encoded == 2, "all have the same two texts"
    assert await bench.held() == bench.wanted()


async def test_taking_in_again_changes_nothing(bench: MatcherBench) -> None:
    bench.profiles.save("a", optics())
    assert await bench.take_in.take_in(["a"]) == 1
    before = await bench.held()
    assert await bench.take_in.take_in(["a"]) == 0
    assert await bench.held() == before


async def test_the_highest_version_wins_whatever_the_order(bench: MatcherBench) -> None:
    bench.profiles.save("a", optics())
    old = bench.profiles.stored["a"]
    bench.profiles.save("a", profile("A", capabilities={"c9": "volumetric capture of people"}))
    await bench.take_in.take_in(["a"])
    newest, bench.profiles.stored["a"] = bench.profiles.stored["a"], old
    assert await bench.take_in.take_in(["a"]) == 0
    bench.profiles.stored["a"] = newest
    assert await bench.held() == {"a": (2, frozenset({"c9"}))}


async def test_a_withdrawn_organisation_stays_withdrawn(bench: MatcherBench) -> None:
    bench.profiles.save("a", optics())
    old = bench.profiles.stored["a"]
    await bench.take_in.take_in(["a"])
    bench.profiles.withdraw("a")
    await bench.take_in.take_in(["a"])
    bench.profiles.stored["a"] = old
    await bench.take_in.take_in(["a"])
    assert await bench.held() == {}


async def test_an_erased_organisation_leaves_no_text_and_no_vector(bench: MatcherBench) -> None:
    bench.profiles.save("a", optics())
    bench.profiles.save("b", profile("B", needs={"n1": "a partner for eye tracking algorithms"}))
    await bench.take_in.take_in(["a", "b"])
    assert await stored_embeddings(bench) == 2
    bench.profiles.erase("a")
    await bench.take_in.take_in(["a"])
    assert await stored_embeddings(bench) == 1, "b still uses one of the two texts"
    async with bench.database.reading() as connection:
        table = tables.organisation
        row = (await connection.execute(sa.select(table).where(table.c.id == "a"))).one()
    assert (row.version, row.status, row.snapshot, row.digests) == (2, "erased", None, [])


async def test_an_expired_statement_is_not_matched(bench: MatcherBench) -> None:
    saved = optics()
    saved["needs"] = [{"id": "n1", "text": "a need of last year", "valid_until": "2020-01-01"}]
    bench.profiles.save("a", saved)
    await bench.take_in.take_in(["a"])
    assert await bench.held() == {"a": (1, frozenset({"c1"}))}


async def test_unknown_organisations_are_passed_over(bench: MatcherBench) -> None:
    assert await bench.take_in.take_in(["nobody"]) == 0
