"""The service as a real process: it starts, stays small, stops cleanly (FAULTS 27 in part)."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx2 as httpx
import psutil
import pytest

from shared.clients.profiles import ProfilesClient
from shared.clients.service_client import ServiceClient
from shared.contracts.organisation import ErasedOrganisation, Status
from shared.contracts.principal import Principal, Role
from shared.errors import ProblemError
from shared.internal_tokens import InternalTokens
from tests.support.ports import free_port
from tests.support.profiles import profile
from tests.support.profiles_service import SECRET, ProfilesUnderTest

pytestmark = pytest.mark.anyio


@pytest.fixture
def process(migrated_database, nats_server, tmp_path: Path):
    port = free_port()
    environment = os.environ | {
        "HEZUO_PORT": str(port),
        "HEZUO_DATABASE_URL": migrated_database("services.profiles"),
        "HEZUO_NATS_URL": nats_server.url,
        "HEZUO_INTERNAL_SECRET": SECRET,
    }
    with (tmp_path / "log").open("wb") as log:
        started = subprocess.Popen(
            [sys.executable, "-m", "services.profiles"], env=environment, stderr=log, stdout=log
        )
        yield f"http://127.0.0.1:{port}", started
        started.kill()
        started.wait()


def until_ready(address: str, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{address}/ready").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError("not ready in time")


async def test_it_starts_serves_stays_under_200_mb_and_stops_cleanly(process):
    address, started = process
    until_ready(address)
    client = ProfilesClient(ServiceClient("profiles", address, InternalTokens(SECRET, "gateway")))
    owner = Principal(subject="u", role=Role.MEMBER, organisation="acme")
    answer = await client.http.call(
        "PUT",
        "/organisations/acme",
        principal=owner,
        content=json.dumps(profile("Acme", country="CN", city="320100")).encode(),
        headers={"If-None-Match": "*", "Content-Type": "application/json"},
    )
    assert answer.status_code == 201
    assert (await client.read("acme", owner)).city_name == "南京市"
    await client.http.close()
    megabytes = psutil.Process(started.pid).memory_info().rss / 2**20
    print(f"resident {megabytes:.0f} MB")
    assert megabytes < 200
    started.send_signal(signal.SIGTERM)
    assert started.wait(10) in (0, -signal.SIGTERM)


async def test_the_client_reads_what_the_service_tells(profiles: ProfilesUnderTest):
    transport = httpx.ASGITransport(profiles.app)
    client = ProfilesClient(
        ServiceClient(
            "profiles", "http://profiles", InternalTokens(SECRET, "matcher"), transport=transport
        )
    )
    for name in ("a", "b", "c"):
        await profiles.coordinator.post("/organisations", json=profile(name, id=name))
    await profiles.coordinator.post("/organisations/b/erasure")
    assert (await client.read("a")).names.en == "a"
    assert (await client.version("b")).status is Status.ERASED
    batch = (await client.batch_read(["a", "b", "x"])).items
    assert [item.id for item in batch] == ["a", "b"]
    assert isinstance(batch[1], ErasedOrganisation)
    page = await client.manifest(limit=2)
    rest = await client.manifest(after=page.next_cursor, limit=2)
    assert [stamp.id for stamp in (*page.items, *rest.items)] == ["a", "b", "c"]
    with pytest.raises(ProblemError, match="erased"):
        await client.read("b")
