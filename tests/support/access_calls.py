"""A call for one cell of the access matrix, as far along as the cell's route needs it."""

from typing import Any

from tests.support.profiles import profile
from tests.support.readers import Readers

_REQUIREMENTS = [{"id": "r1", "text": "porcelain glazes"}]
_ANY_OF_THE_FIRST = {"headers": {"If-Match": '"1", "2", "3", "4"'}}
_ONE, _SEAT = "/v1/calls/{call_id}", "/v1/calls/{call_id}/seats/{seat_id}"
_CALL = {"title": "Matrix", "requirements": _REQUIREMENTS}


def call_contents(scratch: str) -> dict[str, dict[str, Any]]:
    """What well-meant requests send; `scratch` is the owner's enterprise."""
    return {
        "POST /v1/calls": {"json": {**_CALL, "publisher": scratch}},
        f"PUT {_ONE}": {"json": {**_CALL, "title": "Changed"}, **_ANY_OF_THE_FIRST},
        f"POST {_ONE}/publication": _ANY_OF_THE_FIRST,
        f"POST {_ONE}/closing": {
            "json": {"incomplete": True, "remark": "for the matrix"},
            **_ANY_OF_THE_FIRST,
        },
        f"POST {_ONE}/cancellation": {"json": {"remark": "for the matrix"}, **_ANY_OF_THE_FIRST},
        f"POST {_ONE}/seats": {
            "json": {"organisation": f"{scratch}-other", "requirements": ["r1"]}
        },
        f"POST {_SEAT}/invitation": _ANY_OF_THE_FIRST,
        f"POST {_SEAT}/answer": {"json": {"accept": True}, **_ANY_OF_THE_FIRST},
        f"POST {_SEAT}/release": {"json": {}, **_ANY_OF_THE_FIRST},
        "POST /v1/call-imports": {"params": {"format": "jsonl"}, "content": b"{}\n"},
    }


def call_values(readers: Readers, route: str, scratch: str) -> dict[str, Any]:
    """The call's id, and a seat's where the route names one.

    The owner publishes it, but for answers and releases: there the owner is the invited one.
    """
    if "/v1/calls" not in route and "/v1/call-" not in route:
        return {}
    _enterprise(readers, scratch)
    if "{call_id}" not in route:
        return {}
    invited = route.endswith(("/answer", "/release"))
    made = {**_CALL} if invited else {**_CALL, "publisher": scratch}
    call = readers.operator("POST", "/v1/calls", json=made).json()
    path = f"/v1/calls/{call['id']}"
    if "/seats" in route or route.endswith("/closing"):
        readers.operator("POST", f"{path}/publication", headers={"If-Match": '"1"'})
    if "{seat_id}" not in route:
        if "/seats" in route:
            _enterprise(readers, f"{scratch}-other")
        return {"call_id": call["id"]}
    return {"call_id": call["id"], "seat_id": _seat(readers, path, scratch, invited=invited)}


def _seat(readers: Readers, path: str, scratch: str, *, invited: bool) -> int:
    """The invited owner's, or another organisation's that the owner asks for."""
    who = scratch if invited else f"{scratch}-other"
    if not invited:
        _enterprise(readers, who)
    body = {"organisation": who, "requirements": ["r1"]}
    by = "operator" if invited else "owner"
    answer = readers.ask(by, "POST", f"{path}/seats", owned=scratch, json=body)
    return int(answer.raise_for_status().json()["seats"][0]["id"])


def _enterprise(readers: Readers, id: str) -> None:
    body = profile(f"Matrix {id}", kind="enterprise")
    readers.operator("PUT", f"/v1/organisations/{id}", json=body, headers={"If-None-Match": "*"})
