"""Who may create, change, withdraw and erase."""

import pytest

from shared.contracts.principal import Role
from tests.support.profiles import profile

pytestmark = pytest.mark.anyio
ABSENT = {"If-None-Match": "*"}


async def statuses(client) -> list[int]:
    """The answers to every write on `acme`, in the order in which they can succeed."""
    path, patch = "/organisations/acme", {"Content-Type": "application/merge-patch+json"}
    any_version = {"If-Match": "*"}
    answers = [
        await client.post("/organisations", json=profile("Acme", id="acme")),
        await client.put(path, json=profile("Acme 2"), headers=any_version),
        await client.patch(path, content=b'{"capacity": 1}', headers=any_version | patch),
        await client.delete(path, headers=any_version),
        await client.post(f"{path}/restoration"),
        await client.post(f"{path}/erasure"),
    ]
    return [answer.status_code for answer in answers]


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.OPERATOR])
async def test_coordinators_and_operators_write_any(profiles, role):
    assert await statuses(profiles.role(role)) == [201, 200, 200, 204, 200, 200]


async def test_a_member_writes_their_own(profiles):
    assert await statuses(profiles.member("acme")) == [201, 200, 200, 204, 200, 200]


async def test_a_batch_job_writes_but_does_not_erase(profiles):
    assert await statuses(profiles.role(Role.BATCH)) == [201, 200, 200, 204, 200, 403]


@pytest.mark.parametrize("exists", [True, False])
async def test_others_write_nothing_and_learn_nothing(profiles, exists):
    if exists:
        await profiles.coordinator.put("/organisations/acme", json=profile("A"), headers=ABSENT)
    for client in (profiles.member("other"), profiles.member(None), profiles.service):
        assert await statuses(client) == [403] * 6
    none = await profiles.member(None).post("/organisations", json=profile("Nobody"))
    assert none.status_code == 403
