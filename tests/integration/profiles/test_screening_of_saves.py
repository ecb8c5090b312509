"""Statements are screened as they are saved; what is held is for its owner and staff."""

import asyncio
from functools import partial
from typing import Any

import httpx2 as httpx
import pytest

from shared.contracts.organisation import OrganisationProfile
from shared.contracts.principal import Principal, Role
from tests.support.profiles import profile
from tests.support.profiles_service import ProfilesUnderTest

pytestmark = pytest.mark.anyio
_BAD = "运营虚拟货币交易平台,提供比特币与人民币的兑换和撮合服务。"
_HOLD = "运营数字藏品二级市场,支持用户竞价转售,平台收取手续费。"
_GOOD = "Byzantine fault-tolerant consensus for consortium chains."


async def _put(
    service: ProfilesUnderTest, id: str, statements: dict[str, str], version: int | None = None
) -> dict[str, Any]:
    condition = {"If-Match": f'"{version}"'} if version else {"If-None-Match": "*"}
    body = profile("Acme", capabilities=statements)
    async with service.member(id) as member:
        answer = await member.put(f"/organisations/{id}", json=body, headers=condition)
    assert answer.is_success, answer.text
    saved: dict[str, Any] = answer.json()
    return saved


async def _flag(client: httpx.AsyncClient, id: str) -> dict[str, Any]:
    found: dict[str, Any] = (await client.get(f"/policy-flags/{id}")).json()
    return found


async def _act(
    client: httpx.AsyncClient, flag: dict[str, Any], what: str, body: dict[str, str]
) -> httpx.Response:
    headers = {"If-Match": f'"{flag["version"]}"'}
    return await client.post(f"/policy-flags/{flag['id']}/{what}", json=body, headers=headers)


async def test_a_held_statement_is_seen_by_its_owner_and_staff_only(
    profiles: ProfilesUnderTest,
) -> None:
    saved = await _put(profiles, "acme", {"good": _GOOD, "bad": _BAD})
    assert saved["held"] == ["bad"]
    (flag,) = saved["flags"]
    assert (flag["rule"], flag["severity"], flag["state"], flag["held"]) == (
        *("virtual-currency-trading", "block", "open"),
        True,
    )
    assert flag["what_to_change"]["zh"]
    assert flag["what_to_change"]["en"]
    async with profiles.member("other") as other, profiles.coordinator as coordinator:
        seen = (await other.get("/organisations/acme")).json()
        assert [one["id"] for one in seen["capabilities"]] == ["good"]
        assert "held" not in seen
        found = (await other.get("/organisations", params={"text": "虚拟货币"})).json()
        assert found["items"] == []
        (row,) = (await other.get("/organisations")).json()["items"]
        assert row["capabilities"] == 1
        assert (await coordinator.get("/organisations/acme")).json()["held"] == ["bad"]
        assert (await other.get(f"/policy-flags/{flag['id']}")).status_code == 404
        assert (await other.get("/policy-flags")).json()["items"] == []


async def test_a_hold_its_appeal_and_its_clearing(profiles: ProfilesUnderTest) -> None:
    (flag,) = (await _put(profiles, "acme", {"h": _HOLD}))["flags"]
    async with profiles.member("acme") as owner, profiles.coordinator as coordinator:
        appealed = await _act(owner, flag, "appeal", {"text": "只展示,不交易"})
        assert appealed.json()["state"] == "appealed"
        assert appealed.headers["etag"] == '"2"'
        assert (await _act(coordinator, flag, "clearing", _cleared())).status_code == 412
        flag = await _flag(coordinator, flag["id"])
        assert (flag["text"], flag["appeal"]) == (_HOLD, "只展示,不交易")
        assert (await _act(owner, flag, "clearing", _cleared())).status_code == 403
        assert (await _act(coordinator, flag, "clearing", _cleared())).json()["held"] is False
        after = (await owner.get("/organisations/acme")).json()
        assert after["version"] == 2
        assert "held" not in after
        told = await _flag(owner, flag["id"])
        assert told["reason"] == "章程允许"
        assert [one["action"] for one in told["history"]] == ["raised", "appealed", "cleared"]
        assert all(one["by"] is None for one in told["history"])
        verified = (await coordinator.get("/screening-audit/verification")).json()
        assert (verified["intact"], verified["entries"]) == (True, 3)


async def test_a_clearing_holds_for_the_text_it_was_given_for(
    profiles: ProfilesUnderTest,
) -> None:
    (flag,) = (await _put(profiles, "acme", {"h": _HOLD}))["flags"]
    async with profiles.coordinator as coordinator:
        assert (await _act(coordinator, flag, "clearing", _cleared())).is_success
    again = await _put(profiles, "acme", {"h": _HOLD, "new": _GOOD}, 2)
    assert "held" not in again
    assert again["flags"] == []
    changed = await _put(profiles, "acme", {"h": f"{_HOLD}还提供质押借贷。", "new": _GOOD}, 3)
    assert changed["held"] == ["h"]
    assert changed["flags"][0]["id"] != flag["id"]
    back = await _put(profiles, "acme", {"h": _HOLD, "new": _GOOD}, 4)
    assert "held" not in back
    gone = await _put(profiles, "acme", {"new": _GOOD}, 5)
    assert gone["flags"] == []


async def test_a_block_is_cleared_on_appeal_only(profiles: ProfilesUnderTest) -> None:
    (flag,) = (await _put(profiles, "acme", {"b": _BAD}))["flags"]
    async with profiles.member("acme") as owner, profiles.coordinator as coordinator:
        refused = await _act(coordinator, flag, "clearing", _cleared())
        assert (refused.status_code, refused.json()["code"]) == (409, "flag_cannot_change")
        flag = (await _act(owner, flag, "appeal", {"text": "仅为研究"})).json()
        again = await _act(owner, flag, "appeal", {"text": "再次"})
        assert again.status_code == 409
        upheld = await _act(
            coordinator, flag, "clearing", {"decision": "upheld", "reason": "请修改"}
        )
        assert (upheld.json()["state"], upheld.json()["held"]) == ("upheld", True)


async def test_duties_are_noted_and_nothing_is_held(profiles: ProfilesUnderTest) -> None:
    saved = await _put(profiles, "acme", {"n": "提供声音克隆与真人数字人定制,用于直播。"})
    assert "held" not in saved
    assert [flag["severity"] for flag in saved["flags"]] == ["note"]


async def test_an_erasure_leaves_no_words_of_a_flag(
    profiles: ProfilesUnderTest,
) -> None:
    (flag,) = (await _put(profiles, "acme", {"h": _HOLD}))["flags"]
    async with profiles.member("acme") as owner, profiles.coordinator as coordinator:
        await _act(owner, flag, "appeal", {"text": "只展示,不交易"})
        assert (await owner.post("/organisations/acme/erasure")).is_success
        told = await _flag(coordinator, flag["id"])
        assert (told["state"], told["appeal"], told["text"]) == ("gone", None, None)
        listed = (await coordinator.get("/policy-flags")).json()
        assert listed["items"] == []


async def test_flags_are_filtered_and_paged(profiles: ProfilesUnderTest) -> None:
    for name in ("a1", "a2", "a3"):
        await _put(profiles, name, {"h": _HOLD, "b": _BAD})
    async with profiles.coordinator as coordinator, profiles.role(Role.BATCH) as batch:
        asked: dict[str, str | int] = {"rule": "nft-financialisation", "limit": 2}
        first = (await coordinator.get("/policy-flags", params=asked)).json()
        assert [flag["organisation"] for flag in first["items"]] == ["a3", "a2"]
        more = {**asked, "cursor": first["next_cursor"]}
        rest = (await coordinator.get("/policy-flags", params=more)).json()
        assert [flag["organisation"] for flag in rest["items"]] == ["a1"]
        assert rest["next_cursor"] is None
        blocks = await coordinator.get("/policy-flags", params={"severity": "block"})
        assert len(blocks.json()["items"]) == 3
        assert (await batch.get("/policy-flags")).status_code == 403
        wrong = await coordinator.get("/policy-flags", params={"cursor": "x"})
        assert wrong.status_code == 422


async def test_a_text_is_checked_without_being_stored(profiles: ProfilesUnderTest) -> None:
    async with profiles.member("acme") as member:
        answer = (await member.post("/screening/check", json={"text": f"{_GOOD} {_BAD}"})).json()
        rules = (await member.get("/screening-rules")).json()
    (finding,) = answer["findings"]
    place = finding["spans"][0]
    assert answer["would_be_held"]
    assert f"{_GOOD} {_BAD}"[place["start"] : place["end"]] in _BAD
    assert answer["rules_version"] == rules["version"]
    assert len(rules["items"]) == 8


def _cleared() -> dict[str, str]:
    return {"decision": "cleared", "reason": "章程允许"}


async def test_two_first_versions_at_once_are_no_error_of_ours(
    profiles: ProfilesUnderTest,
) -> None:
    body = profile("Acme", capabilities={"h": _HOLD})
    async with profiles.coordinator as one:
        put = partial(one.put, "/organisations/acme", json=body, headers={"If-None-Match": "*"})
        answers = await asyncio.gather(*(put() for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [201, 412, 412, 412, 412, 412]


async def test_rows_saved_in_bulk_are_screened(profiles: ProfilesUnderTest) -> None:
    rows = [
        (name, OrganisationProfile.model_validate(profile(name, capabilities={"h": _HOLD})))
        for name in ("b1", "b2")
    ]
    author = Principal(subject="job", role=Role.BATCH)
    await profiles.app.state.use_cases.changes.save_many(author, rows, dry_run=True)
    await profiles.app.state.use_cases.changes.save_many(author, rows, dry_run=False)
    async with profiles.coordinator as coordinator:
        flags = (await coordinator.get("/policy-flags")).json()["items"]
        found = (await coordinator.get("/organisations/b2")).json()
    assert [flag["organisation"] for flag in flags] == ["b2", "b1"]
    assert (found["version"], found["held"]) == (1, ["h"])
