"""Saving many rows in one transaction, as the import does."""

import asyncio
import time

import pytest

from services.profiles.domain.outcomes import SaveResult
from shared.contracts.organisation import OrganisationProfile
from shared.contracts.principal import Principal, Role
from shared.errors import ProblemError
from tests.support.profiles import profile

pytestmark = pytest.mark.anyio
BATCH = Principal(subject="import", role=Role.BATCH)
USCC = "91110000600037341L"


def row(identifier: str, name: str = "Name", **more: object) -> tuple[str, OrganisationProfile]:
    return identifier, OrganisationProfile.model_validate(profile(name, **more))


@pytest.fixture
def save_many(profiles):
    async def save(rows, *, dry_run: bool = False, principal: Principal = BATCH):
        changes = profiles.app.state.use_cases.changes
        return await changes.save_many(principal, rows, dry_run=dry_run)

    return save


async def test_rows_are_created_updated_unchanged_or_refused_one_by_one(save_many, outbox_of):
    await save_many([row("a"), row("b", uscc=USCC)])
    outcomes = await save_many(
        [
            row("a"),
            row("b", "New name", uscc=USCC),
            row("c"),
            row("c", "again"),
            row("d", uscc=USCC),
            row("e", uscc="91110000600037341X"),
            row("not an id"),
            row("f", fields=["no-such-field"]),
            row("g", ror="00073tb80"),
            row("h", ror="00073tb80"),
        ]
    )
    assert [(o.organisation_id, o.result, o.version) for o in outcomes] == [
        ("a", SaveResult.UNCHANGED, 1),
        ("b", SaveResult.UPDATED, 2),
        ("c", SaveResult.CREATED, 1),
        ("c", SaveResult.REJECTED, None),
        ("d", SaveResult.REJECTED, None),
        ("e", SaveResult.REJECTED, None),
        ("not an id", SaveResult.REJECTED, None),
        ("f", SaveResult.REJECTED, None),
        ("g", SaveResult.CREATED, 1),
        ("h", SaveResult.REJECTED, None),
    ]
    refused = {o.organisation_id: o.problems[0] for o in outcomes if o.problems}
    assert {name: problem.field for name, problem in refused.items()} == {
        "c": "id",
        "d": "uscc",
        "e": "uscc",
        "not an id": "id",
        "f": "fields.0",
        "h": "ror",
    }
    assert all(problem.mend for problem in refused.values())
    assert [(e["organisation_id"], e["version"]) for e in await outbox_of()] == [
        ("a", 1), ("b", 1), ("b", 2), ("c", 1), ("g", 1),
    ]  # fmt: skip


async def test_a_dry_run_says_the_same_and_stores_nothing(profiles, save_many, outbox_of):
    rows = [row("a"), row("a"), row("b", ror="wrong")]
    dry = await save_many(rows, dry_run=True)
    assert [o.result for o in dry] == ["created", "rejected", "rejected"]
    assert (await profiles.coordinator.get("/organisations")).json()["items"] == []
    assert await outbox_of() == []
    assert await save_many(rows) == dry


async def test_what_a_bulk_write_stores_reads_like_any_other(profiles, save_many):
    await save_many([row("a", capabilities={"c1": "虚拟现实中的触觉反馈"}, capacity=9)])
    read = (await profiles.coordinator.get("/organisations/a")).json()
    assert (read["version"], read["capacity"]) == (1, 9)
    assert read["capabilities"][0]["language"] == "zh"
    history = (await profiles.coordinator.get("/organisations/a/versions")).json()["items"]
    assert [(v["version"], v["changed_by"]) for v in history] == [(1, "import")]


async def test_withdrawn_and_erased_ones_do_not_come_back(profiles, save_many):
    await save_many([row("w"), row("e")])
    await profiles.coordinator.delete("/organisations/w", headers={"If-Match": '"1"'})
    await profiles.coordinator.post("/organisations/e/erasure")
    outcomes = await save_many([row("w", "New"), row("e", "New")])
    assert [o.result for o in outcomes] == ["rejected", "rejected"]


async def test_two_imports_of_the_same_rows_at_once_both_finish(save_many, outbox_of):
    rows = [row(f"o{n}") for n in range(200)]
    one, two = await asyncio.gather(save_many(rows), save_many(list(reversed(rows))))
    results = sorted([o.result for o in one] + [o.result for o in two])
    assert results == ["created"] * 200 + ["unchanged"] * 200
    assert len(await outbox_of()) == 200


@pytest.mark.parametrize("role", [Role.MEMBER, Role.SERVICE])
async def test_members_and_services_do_not_write_in_bulk(save_many, role):
    with pytest.raises(ProblemError, match="forbidden"):
        await save_many([row("a")], principal=Principal(subject="x", role=role, organisation="a"))


async def test_a_thousand_rows_take_about_a_second(save_many):
    rows = [
        row(f"o{n}", capabilities={f"c{i}": f"capability {i} of {n}" for i in range(4)})
        for n in range(1000)
    ]
    started = time.perf_counter()
    outcomes = await save_many(rows)
    seconds = time.perf_counter() - started
    print(f"{1000 / seconds:.0f} rows/s")
    assert {o.result for o in outcomes} == {SaveResult.CREATED}
    assert seconds < 10  # far above what it takes, for busy machines
