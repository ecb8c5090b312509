"""FAULTS 23 at the edge: every route has a row here, or the suite fails.

The services behind say yes to everything, so a refusal is the edge's own.
"""

from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from tests.support.edge_matches import BODIES_OF_MATCHES, EDGE_OF_MATCHES
from tests.support.edge_screening import BODIES_OF_SCREENING, EDGE_OF_SCREENING

pytestmark = pytest.mark.anyio

EVERYBODY = frozenset({"anonymous", "member", "stranger", "coordinator", "batch", "operator"})
SIGNED_IN = EVERYBODY - {"anonymous"}
OWN_OR_STAFF = SIGNED_IN - {"stranger"}
STAFF = OWN_OR_STAFF - {"member"}
OPERATOR = frozenset({"operator"})
LEARNERS = frozenset({"batch", "operator"})
COORDINATORS = OPERATOR | {"coordinator"}
PEOPLE = SIGNED_IN - {"batch"}

# Who gets past the edge. `member` speaks for organisation `own`, which every path names;
# `stranger` for another one.
MATRIX = {
    "GET /health": EVERYBODY,
    "GET /ready": EVERYBODY,
    "GET /docs": EVERYBODY,
    "GET /docs/start.js": EVERYBODY,
    "GET /docs/{name}": EVERYBODY,
    "POST /v1/organisations": OWN_OR_STAFF,
    "GET /v1/organisations": SIGNED_IN,
    "GET /v1/organisations/{organisation_id}": SIGNED_IN,
    "PUT /v1/organisations/{organisation_id}": OWN_OR_STAFF,
    "PATCH /v1/organisations/{organisation_id}": OWN_OR_STAFF,
    "DELETE /v1/organisations/{organisation_id}": OWN_OR_STAFF,
    "POST /v1/organisations/{organisation_id}/restoration": OWN_OR_STAFF,
    "POST /v1/organisations/{organisation_id}/erasure": OWN_OR_STAFF,
    "GET /v1/organisations/{organisation_id}/versions": OWN_OR_STAFF,
    "GET /v1/organisations/{organisation_id}/versions/{version}": OWN_OR_STAFF,
    "GET /v1/organisations/{organisation_id}/suggestions": OWN_OR_STAFF,
    "GET /v1/organisations/{organisation_id}/suggestions/why-not/{other_id}": OWN_OR_STAFF,
    "POST /v1/organisations/{organisation_id}/suggestions/{other_id}/decision": COORDINATORS,
    "POST /v1/organisations/{organisation_id}/suggestions/{other_id}/response": frozenset(
        {"member"}
    ),
    "DELETE /v1/organisations/{organisation_id}/suggestions/{other_id}/response": frozenset(
        {"member"}
    ),
    "GET /v1/organisations/{organisation_id}/declined-suggestions": OWN_OR_STAFF,
    "POST /v1/organisations/{organisation_id}/suggestions/{other_id}/outcome": COORDINATORS,
    "GET /v1/decisions": COORDINATORS,
    **EDGE_OF_MATCHES,
    **EDGE_OF_SCREENING,
    "POST /v1/learning-runs": LEARNERS,
    "GET /v1/learning-runs": STAFF,
    "POST /v1/learning-runs/rollback": LEARNERS,
    "GET /v1/off-line-evaluation": STAFF,
    "GET /v1/learning-runs/{run_id}": STAFF,
    "POST /v1/rematch-jobs": STAFF,
    "GET /v1/rematch-jobs": STAFF,
    "GET /v1/rematch-jobs/{rematch_job_id}": STAFF,
    "POST /v1/rematch-jobs/{rematch_job_id}/cancel": STAFF,
    "POST /v1/rematch-jobs/{rematch_job_id}/retry": STAFF,
    "GET /v1/rematch-jobs/{rematch_job_id}/diff": STAFF,
    "GET /v1/rematch-jobs/{rematch_job_id}/events": STAFF,
    "POST /v1/rematch-schedules": STAFF,
    "GET /v1/rematch-schedules": STAFF,
    "GET /v1/rematch-schedules/{schedule_id}": STAFF,
    "PUT /v1/rematch-schedules/{schedule_id}": STAFF,
    "DELETE /v1/rematch-schedules/{schedule_id}": STAFF,
    "GET /v1/organisations/{organisation_id}/pair-constraints": COORDINATORS,
    "PUT /v1/organisations/{organisation_id}/pair-constraints/{other_id}/{kind}": COORDINATORS,
    "DELETE /v1/organisations/{organisation_id}/pair-constraints/{other_id}/{kind}": COORDINATORS,
    "GET /v1/organisations/{organisation_id}/clarity": OWN_OR_STAFF,
    "POST /v1/clarity": SIGNED_IN,
    "POST /v1/search": SIGNED_IN,
    "POST /v1/consortia": OWN_OR_STAFF,
    "GET /v1/hubs": COORDINATORS,
    "GET /v1/look-alikes": COORDINATORS,
    "POST /v1/profile-drafts": SIGNED_IN,
    "POST /v1/profile-drafts/file": SIGNED_IN,
    # The service knows whose a call is.
    "POST /v1/calls": PEOPLE,
    "GET /v1/calls": SIGNED_IN,
    "GET /v1/calls/{call_id}": SIGNED_IN,
    "GET /v1/calls/{call_id}/team": PEOPLE,
    "PUT /v1/calls/{call_id}": PEOPLE,
    "POST /v1/calls/{call_id}/publication": PEOPLE,
    "POST /v1/calls/{call_id}/closing": PEOPLE,
    "POST /v1/calls/{call_id}/cancellation": PEOPLE,
    "GET /v1/calls/{call_id}/proposals": SIGNED_IN,
    "POST /v1/calls/{call_id}/seats": PEOPLE,
    "POST /v1/calls/{call_id}/seats/{seat_id}/invitation": PEOPLE,
    "POST /v1/calls/{call_id}/seats/{seat_id}/answer": PEOPLE,
    "POST /v1/calls/{call_id}/seats/{seat_id}/release": PEOPLE,
    "GET /v1/calls/{call_id}/seats/{seat_id}/alternatives": SIGNED_IN,
    "GET /v1/call-invitations": frozenset({"member", "stranger"}),
    "GET /v1/account-audit": COORDINATORS,
    "GET /v1/account-audit/verification": COORDINATORS,
    "POST /v1/call-imports": STAFF,
    "GET /v1/insights/network": COORDINATORS,
    "GET /v1/insights/coverage": COORDINATORS,
    "GET /v1/insights/exposure": COORDINATORS,
    "GET /v1/insights/funnel": COORDINATORS,
    "GET /v1/insights/decision-times": COORDINATORS,
    "POST /v1/imports": STAFF,
    "GET /v1/imports": STAFF,
    "GET /v1/imports/{import_id}": STAFF,
    "GET /v1/imports/{import_id}/problems": STAFF,
    "POST /v1/imports/{import_id}/cancellation": STAFF,
    # A member gets its own organisation: the service knows.
    "GET /v1/exports": SIGNED_IN,
    "GET /v1/index": STAFF,
    "POST /v1/index/rebuild": OPERATOR,
    "POST /v1/index/reconciliation": OPERATOR,
    "GET /v1/dead-letters": OPERATOR,
    "DELETE /v1/dead-letters/{dead_letter_id}": OPERATOR,
    "POST /v1/dead-letters/replay": OPERATOR,
    "POST /v1/dead-letters/{dead_letter_id}/replay": OPERATOR,
    "GET /v1/taxonomy": SIGNED_IN,
    # Batch jobs have no inbox; whose a webhook is, its use case knows.
    "GET /v1/inbox": PEOPLE,
    "GET /v1/inbox/unread-count": PEOPLE,
    "POST /v1/inbox/read-all": PEOPLE,
    "POST /v1/inbox/{message_id}/read": PEOPLE,
    "GET /v1/notification-settings": PEOPLE,
    "PUT /v1/notification-settings": PEOPLE,
    "POST /v1/saved-searches": PEOPLE,
    "GET /v1/saved-searches": PEOPLE,
    "GET /v1/saved-searches/{saved_search_id}": PEOPLE,
    "PUT /v1/saved-searches/{saved_search_id}": PEOPLE,
    "DELETE /v1/saved-searches/{saved_search_id}": PEOPLE,
    "POST /v1/webhooks": SIGNED_IN,
    "GET /v1/webhooks": SIGNED_IN,
    "GET /v1/webhooks/{webhook_id}": SIGNED_IN,
    "PUT /v1/webhooks/{webhook_id}": SIGNED_IN,
    "DELETE /v1/webhooks/{webhook_id}": SIGNED_IN,
    "POST /v1/webhooks/{webhook_id}/secret": SIGNED_IN,
    "POST /v1/webhooks/{webhook_id}/test": SIGNED_IN,
    "GET /v1/webhooks/{webhook_id}/deliveries": SIGNED_IN,
    "POST /v1/webhooks/{webhook_id}/deliveries/{delivery_id}/retry": SIGNED_IN,
    "GET /v1/events": SIGNED_IN,
    "GET /v1/people": COORDINATORS,
    "PATCH /v1/people/{person_id}": OPERATOR,
    "POST /v1/people/{person_id}/sessions/end": OPERATOR,
    "POST /v1/login-links": OPERATOR,
    "GET /v1/me": SIGNED_IN,
    # Members make keys for their own organisation, coordinators for themselves.
    "POST /v1/api-keys": frozenset({"member", "operator"}),
    "GET /v1/api-keys": SIGNED_IN,
    "DELETE /v1/api-keys/{key_id}": SIGNED_IN,
}
BODIES: dict[str, Any] = {
    **BODIES_OF_MATCHES,
    **BODIES_OF_SCREENING,
    "POST /v1/organisations": {"id": "own", "kind": "other", "names": {"en": "A"}},
    "PUT /v1/organisations/{organisation_id}": {"kind": "other", "names": {"en": "A"}},
    "PATCH /v1/organisations/{organisation_id}": {"capacity": 1},
    "PUT /v1/organisations/{organisation_id}/pair-constraints/{other_id}/{kind}": {},
    "POST /v1/organisations/{organisation_id}/suggestions/{other_id}/decision": {
        "verdict": "approved"
    },
    "POST /v1/organisations/{organisation_id}/suggestions/{other_id}/response": {
        "verdict": "interested"
    },
    "POST /v1/organisations/{organisation_id}/suggestions/{other_id}/outcome": {
        "verdict": "introduced"
    },
    "POST /v1/rematch-jobs": {},
    "POST /v1/rematch-schedules": {"name": "x", "cron": "0 3 * * *"},
    "PUT /v1/rematch-schedules/{schedule_id}": {"name": "x", "cron": "0 3 * * *"},
    "POST /v1/clarity": {"text": "waveguide"},
    "POST /v1/search": {"text": "waveguide"},
    "POST /v1/consortia": {
        "title": "A call",
        "organisation": "own",
        "requirements": [{"id": "r1", "text": "waveguide"}],
    },
    "POST /v1/profile-drafts": {"text": "We offer waveguides"},
    "POST /v1/calls": {"title": "A call"},
    "PUT /v1/calls/{call_id}": {"title": "A call"},
    "POST /v1/calls/{call_id}/closing": {},
    "POST /v1/calls/{call_id}/cancellation": {"remark": "x"},
    "POST /v1/calls/{call_id}/seats": {"organisation": "else", "requirements": ["r1"]},
    "POST /v1/calls/{call_id}/seats/{seat_id}/answer": {"accept": True},
    "POST /v1/calls/{call_id}/seats/{seat_id}/release": {},
    "PUT /v1/notification-settings": {},
    "POST /v1/saved-searches": {"name": "x", "search": {"text": "waveguide"}},
    "PUT /v1/saved-searches/{saved_search_id}": {"name": "x", "search": {"text": "waveguide"}},
    "POST /v1/webhooks": {"url": "https://hooks.invalid/x"},
    "PUT /v1/webhooks/{webhook_id}": {"url": "https://hooks.invalid/x"},
    "POST /v1/api-keys": {"label": "x", "organisation": "own"},
    "PATCH /v1/people/{person_id}": {},
    "POST /v1/login-links": {"email": "matrix@example.org"},
}
NOBODY = "00000000-0000-0000-0000-000000000000"
VALUES = {
    "organisation_id": "own",
    "other_id": "else",
    "run_id": "1",
    "flag_id": "pf-0123456789abcdef",
    "call_id": "0" * 32,
    "match_id": "0" * 32,
    "seat_id": "1",
    "rematch_job_id": "0" * 32,
    "schedule_id": "0" * 32,
    "kind": "never_again",
    "version": "1",
    "import_id": "0" * 32,
    "dead_letter_id": "1",
    "key_id": NOBODY,
    "message_id": NOBODY,
    "person_id": NOBODY,
    "saved_search_id": NOBODY,
    "webhook_id": NOBODY,
    "delivery_id": NOBODY,
    "name": "swagger-ui.css",
}


def routes_of(app: FastAPI) -> set[str]:
    """Method and path of every route, whatever router it came from."""
    found = {
        f"{method.upper()} {path}"
        for path, methods in app.openapi()["paths"].items()
        for method in methods
    }
    hidden = {
        f"{method} {route.path}"
        for route in _all_routes(app.router.routes)
        # Pages have a matrix of their own.
        if not route.include_in_schema and not is_page(route.path)
        for method in route.methods
    }
    return found | hidden


def is_page(path: str) -> bool:
    return path == "/" or path.startswith("/console")


def _all_routes(routes: Any) -> list[APIRoute]:
    found: list[APIRoute] = []
    for route in routes:
        if isinstance(route, APIRoute):
            found.append(route)
        elif inner := getattr(route, "original_router", None):
            found += _all_routes(inner.routes)
    return found


async def test_every_route_has_a_row(edge: Any) -> None:
    assert routes_of(edge.app) == set(MATRIX)


@pytest.mark.parametrize("who", sorted(EVERYBODY))
async def test_the_edge_lets_through_whom_the_matrix_names(edge: Any, who: str) -> None:
    edge.app.state.gateway.messages.feed.closing.set()  # streams end as soon as they are open
    client = await _client(edge, who)
    wrong = {}
    for route, allowed in MATRIX.items():
        method, path = route.split(" ")
        query = "?format=jsonl" if path in ("/v1/imports", "/v1/exports") else ""
        answer = await client.request(
            method, path.format_map(VALUES) + query, json=BODIES.get(route)
        )
        refused = answer.status_code in (401, 403)
        if refused == (who in allowed):
            wrong[route] = answer.status_code
        assert answer.status_code != 401 or who == "anonymous"
    assert wrong == {}


async def test_a_revoked_key_opens_nothing(edge: Any) -> None:
    operator = await edge.client("operator")
    body = {"label": "x", "role": "operator", "subject": "leaving"}
    key = (await operator.post("/v1/api-keys", json=body)).json()
    await operator.delete(f"/v1/api-keys/{key['id']}")
    client = await edge.client_with({"X-API-Key": key["key"]})

    for route, allowed in MATRIX.items():
        method, path = route.split(" ")
        answer = await client.request(method, path.format_map(VALUES), json=BODIES.get(route))
        assert (answer.status_code == 401) == ("anonymous" not in allowed), route
    assert edge.profiles.asked == edge.matcher.asked == []


async def _client(edge: Any, who: str) -> Any:
    if who == "anonymous":
        return await edge.client()
    own = {"member": "own", "stranger": "other"}.get(who)
    return await edge.client("member" if own else who, own)
