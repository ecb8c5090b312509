"""Who gets past the edge on the routes of policy screening, and what they send."""

from typing import Any

_PEOPLE = frozenset({"member", "stranger", "coordinator", "operator"})
_SIGNED_IN = _PEOPLE | {"batch"}
_COORDINATORS = frozenset({"coordinator", "operator"})
_ONE = "/v1/policy-flags/{flag_id}"

EDGE_OF_SCREENING = {
    "GET /v1/screening-rules": _SIGNED_IN,
    "POST /v1/screening/check": _SIGNED_IN,
    "GET /v1/screening/rescan": _COORDINATORS,
    "POST /v1/screening/rescan": _COORDINATORS,
    "GET /v1/screening-audit": _COORDINATORS,
    "GET /v1/screening-audit/verification": _COORDINATORS,
    # The service knows whose a flag is.
    "GET /v1/policy-flags": _PEOPLE,
    f"GET {_ONE}": _PEOPLE,
    f"POST {_ONE}/appeal": frozenset({"member", "stranger"}),
    f"POST {_ONE}/clearing": _COORDINATORS,
}
BODIES_OF_SCREENING: dict[str, Any] = {
    "POST /v1/screening/check": {"text": "waveguide"},
    f"POST {_ONE}/appeal": {"text": "research only"},
    f"POST {_ONE}/clearing": {"decision": "cleared", "reason": "research only"},
}
