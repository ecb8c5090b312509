"""Every way to ask for what others keep private, and all that an answer tells."""

import io
import zipfile
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from typing import Any

import httpx2 as httpx

from shared.contracts.imports import ImportFormat
from tests.support.canaries import ERASED, GONE, SECRET_FIELDS, Canaries
from tests.support.readers import OTHER, OWNED

Probe = tuple[str, str, dict[str, Any]]
"""Method, path below /v1, and the rest of the request."""

_VOLATILE = {"date", "ratelimit-limit", "ratelimit-remaining", "ratelimit-reset", "content-length"}


def probes(canaries: Canaries) -> Iterator[Probe]:
    """Reads of everything, and writes that must fail and may say too much about why."""
    yield from _lists(canaries)
    for one in (OWNED, OTHER, GONE, ERASED):
        yield from _reads(one)
        yield from _failing_writes(one)
    yield from _searches(canaries)
    for format in ImportFormat:
        yield "GET", "/exports", {"params": {"format": format.value}}
    for path in ("/matches/counts", "/audit", "/audit/verification"):
        yield "GET", path, {}
    for path in _WORKING_LISTS:
        yield "GET", path, {}
    for path in ("/index", "/dead-letters", "/api-keys", "/taxonomy", "/me", "/nowhere"):
        yield "GET", path, {}


_WORKING_LISTS = (
    *("/inbox", "/people", "/saved-searches", "/webhooks", "/decisions", "/hubs", "/look-alikes"),
    *("/calls", "/call-invitations", "/call-imports", "/rematch-jobs", "/rematch-schedules"),
    *("/insights/network", "/insights/coverage", "/insights/exposure", "/insights/funnel"),
    *("/insights/decision-times", "/screening-audit", "/screening-audit/verification"),
)


def told(answer: httpx.Response) -> str:
    """Headers and body as one text; workbooks unpacked, cursors decoded."""
    headers = [f"{k}: {v}" for k, v in answer.headers.items() if k not in _VOLATILE]
    return "\n".join([*headers, *_texts(answer)])


def imports_of(answer: httpx.Response) -> Iterator[Probe]:
    """What can be asked about the imports of a list, if it was shown."""
    for job in answer.json().get("items", ()):
        yield "GET", f"/imports/{job['id']}", {}
        yield "GET", f"/imports/{job['id']}/problems", {}


def flags_of(answer: httpx.Response) -> Iterator[Probe]:
    """What can be asked about the policy flags of a list, if it was shown."""
    for flag in answer.json().get("items", ()):
        yield "GET", f"/policy-flags/{flag['id']}", {}


def calls_of(answer: httpx.Response) -> Iterator[Probe]:
    """What can be asked about the calls of a list, if it was shown."""
    for call in answer.json().get("items", ()):
        yield "GET", f"/calls/{call['id']}", {}
        yield "GET", f"/calls/{call['id']}/proposals", {}


def matches_of(answer: httpx.Response) -> Iterator[Probe]:
    """What can be asked about the matches of a list, if it was shown."""
    for match in answer.json().get("items", ()):
        yield "GET", f"/matches/{match['id']}", {}
        yield "GET", f"/matches/{match['id']}/history", {}
        yield "POST", f"/matches/{match['id']}/response", {"json": {"answer": "interested"}}


def _lists(canaries: Canaries) -> Iterator[Probe]:
    yield "GET", "/organisations", {"params": {"limit": 200}}
    yield "GET", "/organisations", {"params": {"limit": 1}}
    yield "GET", "/organisations", {"params": {"status": "withdrawn"}}
    for field in SECRET_FIELDS.values():
        yield "GET", "/organisations", {"params": {"field": field}}
    for secret in canaries.secrets:
        if "text" in secret.place or "name" in secret.place:
            yield "GET", "/organisations", {"params": {"text": secret.word}}


def _reads(one: str) -> Iterator[Probe]:
    path = f"/organisations/{one}"
    for below in ("", "/version", "/versions", "/versions/1", "/versions/2"):
        yield "GET", path + below, {}
    for side in ("mutual", "need", "capability"):
        yield "GET", f"{path}/suggestions", {"params": {"side": side, "limit": 100}}
    yield "GET", f"{path}/suggestions", {"params": {"limit": 1}}
    for other in (OWNED, OTHER, GONE, ERASED):
        yield "GET", f"{path}/suggestions/why-not/{other}", {}
    for field in SECRET_FIELDS.values():
        params = {"field": field, "minimum_score": 1}
        yield "GET", f"{path}/suggestions/why-not/{OTHER}", {"params": params}
    yield "GET", f"{path}/pair-constraints", {}
    yield "GET", f"{path}/clarity", {}
    yield "POST", "/organisations/batch-read", {"json": {"ids": [one]}}


def _failing_writes(one: str) -> Iterator[Probe]:
    path = f"/organisations/{one}"
    body = {"kind": "other", "names": {"en": "Intruder"}}
    stale = {"If-Match": '"999"'}
    yield "PUT", path, {"json": body, "headers": stale}
    yield "PUT", path, {"json": body, "headers": {"If-None-Match": "*"}}
    yield "PUT", path, {"json": {**body, "kind": "club"}}
    patch = {**stale, "Content-Type": "application/merge-patch+json"}
    yield "PATCH", path, {"content": b'{"capacity": 1}', "headers": patch}
    yield "DELETE", path, {"headers": stale}
    yield "POST", "/organisations", {"json": {"id": one, **body}}


def _searches(canaries: Canaries) -> Iterator[Probe]:
    everything = " ".join(secret.word for secret in canaries.secrets if "text" in secret.place)
    for text in (everything, "unpublished glazes, porcelain kilns"):
        for side in ("need", "capability"):
            yield "POST", "/search", {"json": {"text": text, "side": side, "limit": 100}}
    yield "POST", "/clarity", {"json": {"text": "unpublished glazes, porcelain kilns"}}
    # Requirements come back as they were sent: no secret word stands in them.
    wanted = [{"id": "r1", "text": "unpublished glazes, porcelain kilns"}]
    for limits in ({}, {"kinds": {"institution": 0, "enterprise": 0}, "minimum_size": 1}):
        call = {"title": "A call", "requirements": wanted, "limits": limits}
        yield "POST", "/consortia", {"json": call}


def _texts(answer: httpx.Response) -> Iterator[str]:
    if answer.content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(answer.content)) as workbook:
            yield from (
                workbook.read(name).decode("utf-8", "replace") for name in workbook.namelist()
            )
        return
    yield answer.text
    if answer.headers.get("content-type") == "application/json":
        found = answer.json()
        if isinstance(found, dict) and (cursor := found.get("next_cursor")):
            yield urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("utf-8", "replace")
