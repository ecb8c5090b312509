"""A member saves a profile through the gateway; the expected partner comes first, with reasons."""

from typing import Any

import pytest

from tests.support.profiles import profile
from tests.support.stack import Stack

pytestmark = [pytest.mark.model]

# In each language pair: one asker, its true partner, and look-alikes in the same field that
# cannot do what is needed, or have no use for what the asker offers.
ASKER_ZH = profile(
    "海岚示例大学",
    capabilities={"c1": "风场与降水三维体绘制算法,可在浏览器中实时渲染公里级气象网格数据"},
    needs={"n1": "寻找轻量化近眼显示光学模组,视场角大于50度,用于野外气象科普头戴设备"},
)
PARTNER_ZH = profile(
    "星屿示例光电",
    kind="enterprise",
    capabilities={"c1": "衍射光波导近眼显示模组,对角视场角52度,整机重量低于80克,可小批量供货"},
    needs={"n1": "需要把气象数值模式输出做成可交互三维可视化内容,在头显上演示台风与降雨过程"},
)
PARTNER_EN = profile(
    "Glimmer Demo Optics",
    kind="enterprise",
    capabilities={
        "c1": "Diffractive waveguide near-eye display modules, 52 degree diagonal field of view, "
        "under 80 grams, available in small batches"
    },
    needs={
        "n1": "Interactive three-dimensional visualisation of numerical weather model output, "
        "typhoons and rainfall, to be shown on our headsets"
    },
)
ASKER_EN = profile(
    "Hailan Demo University",
    capabilities={
        "c1": "Volume rendering of wind and precipitation fields; kilometre-scale meteorological "
        "grids drawn in real time in the browser"
    },
    needs={
        "n1": "A lightweight near-eye display optical module with more than 50 degrees field of "
        "view for a head-worn device in outdoor weather education"
    },
)
OTHERS = {
    "other-display": profile(
        "Panel Demo",
        capabilities={"c1": "Large LED wall panels for stage shows, pixel pitch 2.5 mm"},
        needs={"n1": "Stage lighting control software with timecode"},
    ),
    "other-weather": profile(
        "气象观测示例所",
        capabilities={"c1": "地面自动气象站传感器的标定与维护,覆盖风速、雨量与能见度"},
        needs={"n1": "需要低功耗物联网通信模块,用于山区气象站数据回传"},
    ),
    "other-education": profile(
        "Lantern Demo College",
        capabilities={"c1": "Curriculum design for virtual classrooms in vocational schools"},
        needs={"n1": "需要虚拟课堂的学习行为评估标准与量表"},
    ),
    "other-twin": profile(
        "数联示例科技",
        kind="enterprise",
        capabilities={"c1": "工厂产线数字孪生建模,支持OPC UA实时数据接入与产能仿真"},
        needs={"n1": "Robot motion planning research for assembly cells with force feedback"},
    ),
}


def save(stack: Stack, identifier: str, body: dict[str, Any]) -> None:
    with stack.client("member", identifier) as member:
        answer = member.put(
            f"/v1/organisations/{identifier}", json=body, headers={"If-None-Match": "*"}
        )
        assert answer.status_code == 201, answer.text


def withdraw(stack: Stack, identifier: str) -> None:
    with stack.client("member", identifier) as member:
        etag = member.get(f"/v1/organisations/{identifier}").headers["etag"]
        answer = member.delete(f"/v1/organisations/{identifier}", headers={"If-Match": etag})
        assert answer.status_code in {200, 204}, answer.text


@pytest.fixture(scope="module")
def look_alikes(stack: Stack) -> None:
    for identifier, body in OTHERS.items():
        save(stack, identifier, body)


@pytest.mark.usefixtures("look_alikes")
@pytest.mark.parametrize(
    ("pair", "asker", "partner"),
    [
        ("zh-zh", ASKER_ZH, PARTNER_ZH),
        ("en-en", ASKER_EN, PARTNER_EN),
        ("zh-en", ASKER_ZH, PARTNER_EN),
        ("en-zh", ASKER_EN, PARTNER_ZH),
    ],
)
def test_the_true_partner_comes_first_with_the_right_reasons(
    stack: Stack, pair: str, asker: dict[str, Any], partner: dict[str, Any]
) -> None:
    asker_id, partner_id = f"asker-{pair}", f"partner-{pair}"
    save(stack, partner_id, partner)
    stack.wait_searchable()
    save(stack, asker_id, asker)
    with stack.client("member", asker_id) as member:
        answer = member.get(f"/v1/organisations/{asker_id}/suggestions")
    assert answer.status_code == 200, answer.text
    first = answer.json()["items"][0]
    assert first["partner"]["id"] == partner_id
    received, given = first["receives"]["answers"][0], first["gives"]["answers"][0]
    assert received["need"]["text"] == asker["needs"][0]["text"]
    assert received["capability"]["text"] == partner["capabilities"][0]["text"]
    assert given["need"]["text"] == partner["needs"][0]["text"]
    assert given["capability"]["text"] == asker["capabilities"][0]["text"]
    assert answer.json()["freshness"]["organisation_version"] == 1
    withdraw(stack, asker_id)
    withdraw(stack, partner_id)


@pytest.mark.usefixtures("look_alikes")
def test_free_text_finds_who_can_do_it_across_languages(stack: Stack) -> None:
    stack.wait_searchable()
    with stack.client("member", "other-twin") as member:
        for text in ("automatic weather station sensor calibration", "自动气象站传感器标定"):
            answer = member.post("/v1/search", json={"text": text, "side": "need", "limit": 3})
            assert answer.status_code == 200, answer.text
            assert answer.json()["items"][0]["partner"]["id"] == "other-weather"


def test_a_member_sees_their_own_change_at_once(stack: Stack) -> None:
    save(stack, "fresh", profile("Fresh Demo", needs={"n1": "虚拟课堂的课程设计与教学方案"}))
    with stack.client("member", "fresh") as member:
        changed = profile("Fresh Demo", needs={"n1": "Calibration of rain gauges and anemometers"})
        answer = member.put("/v1/organisations/fresh", json=changed, headers={"If-Match": '"1"'})
        assert answer.status_code == 200, answer.text
        page = member.get("/v1/organisations/fresh/suggestions?side=need").json()
    assert page["freshness"]["organisation_version"] == 2
    needs = {a["need"]["text"] for item in page["items"] for a in item["receives"]["answers"]}
    assert needs <= {"Calibration of rain gauges and anemometers"}


def test_confidential_text_counts_but_is_never_quoted_to_others(stack: Stack) -> None:
    secret = "超低延迟触觉手套驱动,面向机器人遥操作,尚未公开的专利方案"
    holder = profile("保密示例公司", kind="enterprise")
    holder["capabilities"] = [{"id": "c1", "text": secret, "visibility": "confidential"}]
    save(stack, "holder", holder)
    save(
        stack, "seeker", profile("触觉示例大学", needs={"n1": "需要低延迟触觉手套用于机器人遥操作"})
    )
    stack.wait_searchable()
    with stack.client("member", "seeker") as member:
        answer = member.get("/v1/organisations/seeker/suggestions?side=need")
        found = member.post("/v1/search", json={"text": secret, "side": "need"})
    assert "holder" in {item["partner"]["id"] for item in answer.json()["items"]}
    assert secret not in answer.text
    assert "尚未公开" not in answer.text
    assert secret not in found.text
    assert "holder" not in {item["partner"]["id"] for item in found.json()["items"]}
