"""A need that is too vague to match is told so when it is saved."""

import pytest

from tests.support.profiles import profile

pytestmark = pytest.mark.anyio
NEEDS = {"n1": "寻找合作伙伴", "n2": "需要用于港口岸桥远程操控的吊具摆动仿真软件,误差小于10厘米"}


async def test_every_write_tells_of_vague_needs_and_asks(profiles):
    member = profiles.member("acme")
    created = await member.post("/organisations", json=profile("Acme", needs=NEEDS))
    body = profile("Acme 2", needs=NEEDS)
    replaced = await member.put("/organisations/acme", json=body, headers={"If-Match": '"1"'})
    patched = await member.patch(
        "/organisations/acme",
        content=b'{"capacity": 2}',
        headers={"If-Match": '"2"', "Content-Type": "application/merge-patch+json"},
    )
    for answer in (created, replaced, patched):
        (unclear,) = answer.json()["unclear"]
        assert unclear["id"] == "n1"
        assert unclear["clarity"]["vague"]
        assert "具体" in unclear["clarity"]["questions"][0]["question"]


async def test_questions_come_in_the_readers_language(profiles):
    answer = await profiles.member("acme").post(
        "/organisations",
        json=profile("Acme", needs=NEEDS),
        headers={"Accept-Language": "en-GB"},
    )
    (question, *_) = answer.json()["unclear"][0]["clarity"]["questions"]
    assert question["question"].isascii()
    assert not question["example"].isascii()


async def test_reading_tells_the_profile_alone(profiles):
    member = profiles.member("acme")
    await member.post("/organisations", json=profile("Acme", needs=NEEDS))
    assert "unclear" not in (await member.get("/organisations/acme")).json()
