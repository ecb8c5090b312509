"""A match for one cell of the access matrix, as far along as the cell's route needs it."""

from typing import Any

from tests.support.profiles import profile
from tests.support.readers import Readers

_ONE = "/v1/matches/{match_id}"
_ANY = {"headers": {"If-Match": ",".join(f'"{version}"' for version in range(1, 9))}}
_NOBODYS = "0" * 32
_BEFORE_ASKING = ("decision", "undo", "assignment", "scores", "match-decisions")
_TURNED_AWAY = ("mx-anonymous-", "mx-revoked-", "mx-batch-")
"""Readers who are refused before anybody looks for the match."""


def match_contents(scratch: str) -> dict[str, dict[str, Any]]:
    """What well-meant requests send; the owner's side is `scratch`."""
    marks = {"fit": 4, "strength": 4, "feasibility": 4, "benefit": 4}
    return {
        "POST /v1/matches": {"json": {"organisation": scratch, "other": f"{scratch}-other"}},
        f"POST {_ONE}/decision": {"json": {"decision": "hold"}, **_ANY},
        f"POST {_ONE}/undo": _ANY,
        f"POST {_ONE}/assignment": {"json": {"assignee": "somebody"}, **_ANY},
        f"POST {_ONE}/comments": {"json": {"text": "for the matrix"}},
        f"POST {_ONE}/scores": {"json": {"scores": marks}},
        f"POST {_ONE}/response": {"json": {"answer": "interested", "organisation": scratch}},
        f"POST {_ONE}/outcome": {"json": {"outcome": "no_agreement"}},
        "POST /v1/match-decisions/undo": {"json": {"matches": [{"id": _NOBODYS, "version": 1}]}},
        "POST /v1/match-decisions": {
            "json": {"decision": "hold", "matches": [{"id": _NOBODYS, "version": 1}]}
        },
    }


def match_values(readers: Readers, route: str, scratch: str) -> dict[str, Any]:
    """The match's id; both sides are asked, or introduced where the route needs that."""
    if "/v1/match" not in route or scratch.startswith(_TURNED_AWAY):
        return {"match_id": _NOBODYS}
    if route == "POST /v1/matches" or "{match_id}" in route:
        for id in (scratch, f"{scratch}-other"):
            path, body = f"/v1/organisations/{id}", profile(f"Matrix {id}")
            readers.operator("PUT", path, json=body, headers={"If-None-Match": "*"})
    if "{match_id}" not in route:
        return {}
    body = {"organisation": scratch, "other": f"{scratch}-other"}
    made = readers.operator("POST", "/v1/matches", json=body).json()
    path = f"/v1/matches/{made['id']}"
    readers.operator("POST", f"{path}/decision", json={"decision": "approve"}, **_ANY)
    if not route.endswith(_BEFORE_ASKING):
        readers.operator("POST", f"{path}/decision", json={"decision": "ask"}, **_ANY)
    if route.endswith(("/contacts", "/outcome")):
        for id in (scratch, f"{scratch}-other"):
            answer = {"answer": "interested", "organisation": id}
            readers.operator("POST", f"{path}/response", json=answer)
    return {"match_id": made["id"]}
