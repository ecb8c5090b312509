"""The audit trails: who did what, and whether they are what was written."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from services.gateway.console.page import ForCoordinators, Page
from services.gateway.console.pages.queries import Choice, PageQuery, checked
from shared.contracts import screening
from shared.contracts.audit import AuditPage, AuditVerification
from shared.contracts.match_queries import AuditQuery

router = APIRouter(prefix="/console/audit")
_SECONDS = 120.0
_LIMIT = 50


class Trail(StrEnum):
    """Which of them; each is a chain of its own."""

    MATCHES = "matches"
    SCREENING = "screening"
    ACCOUNTS = "accounts"


_ACTIONS = {
    Trail.MATCHES: "match_change",
    Trail.SCREENING: "flag_action",
    Trail.ACCOUNTS: "account_action",
}
"""Families of names for what was done."""


class TrailQuery(PageQuery):
    """What the page's address says."""

    trail: Trail = Trail.MATCHES
    subject_kind: Choice = None
    subject: Choice = None
    actor: Choice = None
    action: Choice = None
    cursor: Choice = None


@dataclass(frozen=True)
class Verified:
    """What reading all of them has found."""

    matches: AuditVerification
    accounts: AuditVerification
    screening: screening.AuditVerification

    @property
    def intact(self) -> bool:
        """All of them are what was written."""
        return self.matches.intact and self.accounts.intact and self.screening.intact


@router.get("")
async def list_audit(page: ForCoordinators, query: Annotated[TrailQuery, Query()]) -> Response:
    """Newest first."""
    return await _listed(page, query)


@router.post("/verification")
async def verify(page: ForCoordinators) -> Response:
    """Read all trails from their beginning and compare every digest; this takes a moment."""
    answer = await page.matcher.send(
        "GET", "/audit/verification", AuditVerification, timeout_seconds=_SECONDS
    )
    policy = await page.profiles.send(
        "GET",
        "/screening-audit/verification",
        screening.AuditVerification,
        timeout_seconds=_SECONDS,
    )
    accounts = await page.parts.accounts.audit.verify(None, page.reader)
    return await _listed(page, TrailQuery(), Verified(answer.found, accounts, policy.found))


async def _listed(page: Page, query: TrailQuery, verified: Verified | None = None) -> Response:
    found, cursor = await _read(page, query)
    return page.render(
        "coordinator/audit.html",
        query=query,
        trails=tuple(Trail),
        actions=_ACTIONS[query.trail],
        entries=found,
        cursor=cursor,
        verified=verified,
        people=await page.parts.accounts.people.named(entry["actor"] for entry in found),
    )


async def _read(page: Page, query: TrailQuery) -> tuple[list[dict[str, Any]], str | None]:
    """Rows alike, whatever trail they are of."""
    if query.trail is Trail.SCREENING:
        events = await page.profiles.get(
            "/screening-audit",
            screening.FlagEventPage,
            None,
            limit=_LIMIT,
            cursor=query.cursor,
        )
        return [_of_flag(one) for one in events.items], events.next_cursor
    given = query.model_dump(exclude_none=True, exclude={"trail"})
    asked = checked(AuditQuery, given)
    if query.trail is Trail.ACCOUNTS:
        found = await page.parts.accounts.audit.page(asked, page.reader)
    else:
        params = asked.model_dump(mode="json", exclude_none=True)
        found = await page.matcher.get("/audit", AuditPage, None, **params)
    return [one.model_dump() for one in found.items], found.next_cursor


def _of_flag(event: screening.FlagEvent) -> dict[str, Any]:
    return {
        "seq": event.number,
        "at": event.at,
        "actor": event.by or "",
        "role": "service" if event.by == "screening" else "",
        "action": event.action,
        "subject_kind": "flag",
        "subject": event.flag,
        "details": {"organisation": event.organisation, "state": event.state.value},
    }
