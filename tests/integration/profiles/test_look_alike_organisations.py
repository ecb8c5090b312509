"""An organisation that poses as another by look-alike characters is flagged (FAULTS 28)."""

import pytest

from shared.contracts.principal import Role
from tests.support.profiles import profile
from tests.support.profiles_service import ProfilesUnderTest

pytestmark = pytest.mark.anyio


async def put(profiles: ProfilesUnderTest, id: str, zh: str | None, en: str | None) -> None:
    body = profile(en or zh or "") | {"names": {"zh": zh, "en": en}}
    answer = await profiles.coordinator.put(
        f"/organisations/{id}", json=body, headers={"If-None-Match": "*"}
    )
    assert answer.status_code == 201, answer.text


@pytest.mark.parametrize(
    "pose",
    [
        "Nаnjing Harbour Optics",  # a Cyrillic а
        "Ｎanjing\u200b Harbour Optics",  # a full-width letter and a zero-width space
        "Nanjing Harb0ur Optics",
        "NANJING  HARBOUR-OPTICS",
    ],
)
async def test_a_name_that_reads_like_another_is_flagged(
    profiles: ProfilesUnderTest, pose: str
) -> None:
    await put(profiles, "real", "南京港光学研究所", "Nanjing Harbour Optics")
    await put(profiles, "posing", None, pose)
    await put(profiles, "unlike", "南京港声学研究所", "Nanjing Harbour Acoustics")
    found = (await profiles.coordinator.get("/look-alikes")).json()
    assert found["compared"] == 3
    (group,) = found["items"]
    assert [one["id"] for one in group["organisations"]] == ["real", "posing"]
    assert group["same_spelling"] is False


async def test_traditional_and_look_alike_chinese_characters_read_alike(
    profiles: ProfilesUnderTest,
) -> None:
    await put(profiles, "real", "曙光数码日化研究院", None)
    await put(profiles, "posing", "曙光數碼曰化研究院", None)
    (group,) = (await profiles.coordinator.get("/look-alikes")).json()["items"]
    assert len(group["organisations"]) == 2


async def test_one_name_registered_twice_is_told_apart_from_a_pose(
    profiles: ProfilesUnderTest,
) -> None:
    await put(profiles, "one", None, "Twice Registered Lab")
    await put(profiles, "two", None, "twice registered lab")
    (group,) = (await profiles.coordinator.get("/look-alikes")).json()["items"]
    assert group["same_spelling"] is True


async def test_it_is_for_staff(profiles: ProfilesUnderTest) -> None:
    for client in (profiles.member("real"), profiles.role(Role.BATCH)):
        assert (await client.get("/look-alikes")).status_code == 403
