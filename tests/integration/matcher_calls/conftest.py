from collections.abc import AsyncIterator, Callable

import pytest

from services.matcher.service.calls.call_proposals import ProposeTeams
from services.matcher.service.calls.cases import CallCases, call_cases
from tests.support.calls import NOISE, PAINT, SCAN, SHOW, Market
from tests.support.matcher_bench import matcher_bench
from tests.support.memory_folder import memory_folder
from tests.support.profiles import profile


@pytest.fixture(scope="module")
async def market(migrated_database: Callable[[str], str]) -> AsyncIterator[Market]:
    """Organisations that stay as they are; each test makes its own calls."""
    with memory_folder() as folder:
        url = migrated_database("services.matcher")
        async with matcher_bench(url, folder / "index") as bench:
            save = bench.profiles.save
            for id, text in NOISE.items():
                save(id, profile(id.title(), capabilities={"c1": text}))
            save("caves", profile("Caves", capabilities={"c1": SCAN}))
            save("caves-2", profile("Caves Two", capabilities={"c1": SCAN + " and statues"}))
            save("caves-3", profile("Caves Three", capabilities={"c1": SCAN + " or tombs too"}))
            save("optics", profile("Optics", kind="enterprise", capabilities={"c1": PAINT}))
            save("optics-2", profile("Optics Two", kind="enterprise", capabilities={"c1": PAINT}))
            save("shows", profile("Shows", kind="enterprise", capabilities={"c1": SHOW}))
            save("owner", profile("Owner", kind="enterprise", capabilities={"c1": "tickets"}))
            save("rival", profile("Rival", capabilities={"c1": SHOW}, exclusions=["caves"]))
            await bench.take_in.take_in(sorted(bench.profiles.active()))
            cases: CallCases = call_cases(bench.store, bench.profiles)
            yield Market(bench, cases, ProposeTeams(bench.store, bench.consortia))
