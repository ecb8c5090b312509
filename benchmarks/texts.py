"""Texts to measure with: generated here, so that the benchmark needs no data set."""

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

_METHODS = [
    "volume rendering", "inverse kinematics", "gaussian splatting", "federated learning",
    "visual-inertial odometry", "knowledge graphs", "光场采集", "语音驱动表情生成",
    "点云语义分割", "边缘渲染调度", "数字孪生建模", "可信身份认证",
]  # fmt: skip
_OBJECTS = [
    "wind turbine blades", "museum bronzes", "surgical instruments", "urban drainage",
    "tea plantations", "assembly robots", "古建筑木构件", "近岸海浪", "手术导航影像",
    "高铁转向架", "虚拟教室行为", "头戴显示光机",
]  # fmt: skip
_CONDITIONS = [
    "within 20 ms on a head-worn device", "from sparse sensors", "under GB/T 38247 metadata",
    "at kilometre scale", "without expert labels", "在弱网条件下", "满足等保三级要求",
    "误差小于两毫米", "支持百人同时在线", "可在国产芯片上部署",
]  # fmt: skip


POOLS = (_METHODS, _OBJECTS, _CONDITIONS, _METHODS)
"""What the four parts of a statement are chosen from."""


def worded(parts: Sequence[str], number: int) -> str:
    """A statement of these four parts, about thirty tokens."""
    method, thing, condition, other = parts
    return f"{method} for {thing} {condition}, variant {number}, {other}"


def statement(random_: random.Random) -> str:
    """Different each time."""
    number = random_.randrange(10_000)
    return worded([random_.choice(pool) for pool in POOLS], number)


def organisations(count: int, *, seed: int) -> Iterator[dict[str, Any]]:
    """Organisations with three capabilities and two needs each."""
    random_ = random.Random(seed)
    for number in range(count):
        yield {
            "id": f"bench-{seed}-{number}",
            "kind": random_.choice(["institution", "enterprise"]),
            "names": {"en": f"Bench Organisation {number}"},
            "capabilities": [{"id": f"c{i}", "text": statement(random_)} for i in range(3)],
            "needs": [{"id": f"n{i}", "text": statement(random_)} for i in range(2)],
        }


def write_lines(path: Path, rows: Iterator[dict[str, Any]]) -> list[str]:
    """Write JSON Lines; the statements' texts in file order."""
    texts: list[str] = []
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            texts += [s["text"] for s in (*row["capabilities"], *row["needs"])]
    return texts
