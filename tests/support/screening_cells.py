"""What the authorization matrix needs for policy screening."""

from typing import Any

from tests.support.profiles import profile
from tests.support.readers import Readers

_HELD = "运营数字藏品二级市场,支持用户竞价转售,平台收取手续费。"


def flag_values(readers: Readers, route: str, scratch: str) -> dict[str, str]:
    """A flag for the path, raised by the cell's own organisation."""
    if "{flag_id}" not in route:
        return {"flag_id": ""}
    body = profile("Matrix", capabilities={"h": _HELD})
    path, new = f"/v1/organisations/{scratch}", {"If-None-Match": "*"}
    saved = readers.operator("PUT", path, json=body, headers=new).json()
    return {"flag_id": str(saved["flags"][0]["id"])}


def flag_contents() -> dict[str, dict[str, Any]]:
    """What a well-meant request of each route sends."""
    read = {"If-Match": '"1"'}
    ruling = {"decision": "cleared", "reason": "shown without trading"}
    return {
        "POST /v1/screening/check": {"json": {"text": "porcelain glazes"}},
        "POST /v1/policy-flags/{flag_id}/appeal": {
            "json": {"text": "no trading"},
            "headers": read,
        },
        "POST /v1/policy-flags/{flag_id}/clearing": {"json": ruling, "headers": read},
    }
