"""What is wrong with a profile is said in Chinese to whom asks for it, fields included."""

import pytest

from tests.support.profiles import profile

pytestmark = pytest.mark.anyio
CHINESE = {"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5"}


async def fields_of(profiles, body: dict[str, object], headers: dict[str, str]) -> dict[str, str]:
    answer = await profiles.member("acme").post("/organisations", json=body, headers=headers)
    assert answer.status_code == 422, answer.text
    return {one["field"]: f"{one['problem']} → {one['mend']}" for one in answer.json()["fields"]}


async def test_what_the_contract_refuses(profiles):
    body = profile("Acme", needs={"n1": "短"}, capacity=-1)
    assert await fields_of(profiles, body, CHINESE) == {
        "capacity": "不能小于 0 → 请给出 0 或更大的值",
        "needs.0.text": "至少需要 5 个字符 → 请至少写 5 个字符",
    }


async def test_what_the_service_refuses(profiles):
    body = profile("Acme", country="UK", fields=["xr-displays"])
    found = await fields_of(profiles, body, CHINESE)
    assert found["country"] == "UK 不是 ISO 3166-1 国家代码 → 是否指 GB?"
    assert found["fields.0"] == "xr-displays 不是分类体系中的领域 → 是否指 xr-display?"


async def test_others_are_told_in_english(profiles):
    body = profile("Acme", country="UK")
    found = await fields_of(profiles, body, {})
    assert found == {"country": "UK is not a country code of ISO 3166-1 → did you mean GB?"}
