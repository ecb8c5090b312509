"""Who gets past the edge on the routes of matches and of the audit trail, and what they send."""

from typing import Any

_PEOPLE = frozenset({"member", "stranger", "coordinator", "operator"})
_OWN = _PEOPLE - {"stranger"}
_COORDINATORS = frozenset({"coordinator", "operator"})
_ONE = "/v1/matches/{match_id}"

EDGE_OF_MATCHES = {
    "GET /v1/matches": _PEOPLE,
    "POST /v1/matches": _OWN,
    "GET /v1/matches/counts": _PEOPLE,
    # The matcher knows whose a match is.
    f"GET {_ONE}": _PEOPLE,
    f"GET {_ONE}/history": _PEOPLE,
    f"GET {_ONE}/contacts": _PEOPLE,
    f"POST {_ONE}/response": _PEOPLE,
    f"POST {_ONE}/outcome": _PEOPLE,
    f"POST {_ONE}/decision": _COORDINATORS,
    f"POST {_ONE}/undo": _COORDINATORS,
    f"POST {_ONE}/assignment": _COORDINATORS,
    f"POST {_ONE}/comments": _COORDINATORS,
    f"POST {_ONE}/scores": _COORDINATORS,
    "POST /v1/match-decisions": _COORDINATORS,
    "POST /v1/match-decisions/undo": _COORDINATORS,
    "GET /v1/audit": _COORDINATORS,
    "GET /v1/audit/verification": _COORDINATORS,
}
BODIES_OF_MATCHES: dict[str, Any] = {
    "POST /v1/match-decisions/undo": {"matches": [{"id": "0" * 32, "version": 1}]},
    "POST /v1/matches": {"organisation": "own", "other": "else"},
    f"POST {_ONE}/decision": {"decision": "hold"},
    f"POST {_ONE}/assignment": {"assignee": None},
    f"POST {_ONE}/comments": {"text": "x"},
    f"POST {_ONE}/scores": {"scores": {"fit": 1, "strength": 1, "feasibility": 1, "benefit": 1}},
    f"POST {_ONE}/response": {"answer": "interested"},
    f"POST {_ONE}/outcome": {},
    "POST /v1/match-decisions": {
        "decision": "hold",
        "matches": [{"id": "0" * 32, "version": 1}],
    },
}
