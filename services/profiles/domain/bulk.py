"""Planning a bulk write: which rows are new, changed, unchanged or refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from services.profiles.domain.outcomes import SaveOutcome, SaveResult
from services.profiles.domain.stored import KnownVersion, OrganisationState, content_digest
from shared.contracts.organisation import OrganisationProfile, Status
from shared.contracts.problems import FieldProblem

IDENTIFIERS = ("uscc", "ror")
Holders = Mapping[str, Mapping[str, str]]
"""By field (`uscc`, `ror`) and value: the organisation that has it."""


@dataclass(frozen=True)
class Admitted:
    """A row after admission."""

    id: str
    profile: OrganisationProfile
    problems: tuple[FieldProblem, ...] = ()


@dataclass
class BulkPlan:
    """Outcomes in the order of the rows, and the states to store."""

    outcomes: list[SaveOutcome] = field(default_factory=list)
    states: list[OrganisationState] = field(default_factory=list)


def plan_bulk(
    rows: Sequence[Admitted], known: Mapping[str, KnownVersion], holders: Holders, now: datetime
) -> BulkPlan:
    """What to store. Of two rows with one id or one identifier, the first wins."""
    plan = BulkPlan()
    seen: set[str] = set()
    claimed: dict[str, dict[str, str]] = {name: dict(holders[name]) for name in IDENTIFIERS}
    for row in rows:
        current = known.get(row.id)
        problems = row.problems or _obstacles(row, current, seen, claimed)
        seen.add(row.id)
        if problems:
            version = current.version if current else None
            plan.outcomes.append(SaveOutcome(row.id, SaveResult.REJECTED, version, problems))
            continue
        for name in IDENTIFIERS:
            if value := getattr(row.profile, name):
                claimed[name][value] = row.id
        _take(plan, row, current, now)
    return plan


def _take(plan: BulkPlan, row: Admitted, current: KnownVersion | None, now: datetime) -> None:
    if current and current.digest == content_digest(row.profile):
        plan.outcomes.append(SaveOutcome(row.id, SaveResult.UNCHANGED, current.version))
        return
    version = current.version + 1 if current else 1
    created_at = current.created_at if current else now
    plan.states.append(
        OrganisationState(row.id, version, Status.ACTIVE, row.profile, created_at, now)
    )
    result = SaveResult.UPDATED if current else SaveResult.CREATED
    plan.outcomes.append(SaveOutcome(row.id, result, version))


def _obstacles(
    row: Admitted, current: KnownVersion | None, seen: set[str], claimed: Holders
) -> tuple[FieldProblem, ...]:
    if row.id in seen:
        return (_problem("id", "the id is given twice", "merge the rows, or correct one id"),)
    if current and current.status is Status.ERASED:
        return (_problem("id", "it was erased on request", "leave it out, or give a new id"),)
    if current and current.status is Status.WITHDRAWN:
        return (_problem("id", "it is withdrawn", "restore it first, then import again"),)
    return tuple(
        _problem(name, f"organisation {holder} has this identifier", "correct it, or merge the two")
        for name in IDENTIFIERS
        if (value := getattr(row.profile, name))
        and (holder := claimed[name].get(value, row.id)) != row.id
    )


def _problem(name: str, problem: str, mend: str) -> FieldProblem:
    return FieldProblem(field=name, problem=problem, mend=mend)
