"""Starting a job: all of it in one transaction, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from uuid import uuid4

from services.matcher.domain.allocation.bounds import (
    DENSE,
    LARGEST_PLAN,
    PRICES_EXPOSURE,
    PROMISES_LEAST,
)
from services.matcher.domain.field_tree import FieldTree
from services.matcher.domain.matches.policy import MatchPolicy
from services.matcher.domain.rematch.plan import Plan
from services.matcher.domain.rematch.planning import chosen_computation, partitions, work_of
from services.matcher.domain.rematch.stored import Basis, NewJob, Origin, StoredJob
from services.matcher.service.constraints import STALE_MONTHS, stale_before
from services.matcher.service.live_ranking import HAND_SET_VERSION, version_of
from services.matcher.store import StoreTransaction
from shared.contracts.problems import FieldProblem
from shared.contracts.rematch import RematchRequest, RematchScope
from shared.errors import ProblemError
from shared.version import platform_version

_NAMED = 5
AGAIN_AFTER = MatchPolicy().again_after


@dataclass(frozen=True)
class StartJob:
    """Within the caller's transaction, as schedules start jobs too."""

    fields: FieldTree
    stale_months: int = STALE_MONTHS
    again_after: timedelta = AGAIN_AFTER
    """So long a declined suggestion stays out of both lists."""

    async def start(
        self, transaction: StoreTransaction, request: RematchRequest, origin: Origin
    ) -> StoredJob:
        """The new job, or the one that came with the same key before.

        Raises ProblemError `rematch_running`, `rematch_index_rebuilding`, `rematch_scope_empty`,
        `rematch_places_short`, `invalid_request`, `idempotency_key_reused` or `not_ready`.
        """
        jobs, digest = transaction.rematch.jobs, digest_of(request)
        if origin.request_key:
            await jobs.claim(f"request {origin.started_by}\n{origin.request_key}")
            earlier = await jobs.by_request(origin.started_by, origin.request_key)
            if earlier:
                return _replayed(earlier, digest)
        # Whoever writes profiles passes this gate: either all workers see a change, or none does.
        await transaction.index.close_gate()
        if await transaction.index.rebuilding():
            raise ProblemError("rematch_index_rebuilding")
        job = await self._planned(transaction, request, origin, digest)
        if not await jobs.add(job):
            running = await jobs.active_of(job.scope_key)
            raise ProblemError("rematch_running", job=running or "?")
        stored = await jobs.get(job.id)
        assert stored
        return stored

    async def _planned(
        self, transaction: StoreTransaction, request: RematchRequest, origin: Origin, digest: str
    ) -> NewJob:
        await self._check(transaction, request.scope)
        fields = self._fields(request.scope.field)
        organisations = await transaction.rematch.covers.in_scope(request.scope, fields)
        if not organisations:
            raise ProblemError("rematch_scope_empty")
        await _check_sharing(transaction, request, len(organisations))
        await _check_places(transaction, request, len(organisations))
        since = datetime.now(UTC) - self.again_after
        plan = await planned(transaction, organisations, self.stale_months, since)
        asked = request.options.computation
        computation = chosen_computation(
            asked, len(organisations), statements=await transaction.snapshots.count_statements()
        )
        return NewJob(
            id=uuid4().hex,
            request=request,
            digest=digest,
            scope_key=scope_key(request.scope),
            computation=computation,
            basis=await basis(transaction),
            origin=origin,
            plan=plan,
            partitions=work_of(plan, partitions(organisations), computation),
        )

    async def _check(self, transaction: StoreTransaction, scope: RematchScope) -> None:
        """Raises ProblemError("invalid_request") for what nobody knows."""
        problems = []
        if scope.field and scope.field not in self.fields.parents:
            problems.append(_problem("scope.field", "is no field of the taxonomy"))
        if scope.province and not scope.province.endswith("0000"):
            problems.append(_problem("scope.province", "is no province; its code ends in 0000"))
        unknown = await transaction.rematch.covers.unknown(scope.organisations)
        places = {id: place for place, id in enumerate(scope.organisations)}
        for id in unknown[:_NAMED]:
            field = f"scope.organisations.{places[id]}"
            problems.append(_problem(field, "names no active organisation"))
        if problems:
            raise ProblemError("invalid_request", fields=problems)

    def _fields(self, field: str | None) -> list[str]:
        """With those below it."""
        if field is None:
            return []
        return sorted(code for code in self.fields.parents if self._within(code, field))

    def _within(self, code: str, field: str) -> bool:
        here: str | None = code
        seen: set[str] = set()
        while here is not None and here not in seen:
            if here == field:
                return True
            seen.add(here)
            here = self.fields.parents.get(here)
        return False


async def basis(transaction: StoreTransaction) -> Basis:
    """What a job that starts now computes with. Raises ProblemError("not_ready")."""
    state = await transaction.index.get()
    if state is None:
        raise ProblemError("not_ready", what="index", headers={"Retry-After": "5"})
    live = await transaction.runs.live()
    learned = await transaction.runs.get(live) if live else None
    fits = learned and (learned.run.model, learned.run.statistics_version) == (
        state.model,
        state.statistics_version,
    )
    return Basis(
        model=state.model,
        statistics_version=state.statistics_version,
        collection=state.collection,
        ranking=version_of(live) if fits else HAND_SET_VERSION,
        program=platform_version(),
    )


async def planned(
    transaction: StoreTransaction,
    seekers: Sequence[str],
    stale_months: int,
    declined_since: datetime,
) -> Plan:
    """As everything is now; `seekers` are active ones, in id order."""
    today, covers = datetime.now(UTC).date(), transaction.rematch.covers
    out = await transaction.barred.unavailable(stale_before=stale_before(today, stale_months))
    return Plan(
        day=today,
        versions=await covers.versions(),
        seekers=tuple(seekers),
        out=frozenset(out),
        apart=frozenset(await covers.apart(today)).union(
            await transaction.declined.apart(declined_since)
        ),
        held=await covers.held(),
    )


def scope_key(scope: RematchScope) -> str:
    """The same for scopes that say the same."""
    ordered = scope.model_copy(update={"organisations": tuple(sorted(scope.organisations))})
    return blake2b(ordered.model_dump_json().encode(), digest_size=16).hexdigest()


def digest_of(request: RematchRequest) -> str:
    """Of the whole request."""
    return blake2b(request.model_dump_json().encode(), digest_size=16).hexdigest()


async def _check_places(
    transaction: StoreTransaction, request: RematchRequest, seekers: int
) -> None:
    """Raises ProblemError("rematch_places_short") where counting alone shows it."""
    least, most = request.options.least, request.options.most_lists
    if not least or most is None:
        return
    partners = await transaction.snapshots.count_active()
    if seekers * least > partners * most:
        raise ProblemError(
            "rematch_places_short",
            organisations=seekers,
            least=least,
            most_lists=most,
            places=partners * most,
            enough=-(-seekers * least // partners),
        )


async def _check_sharing(
    transaction: StoreTransaction, request: RematchRequest, seekers: int
) -> None:
    """Raises ProblemError("invalid_request") for what a way of sharing out cannot do."""
    options, problems = request.options, []
    sharing = options.sharing.value
    if options.least and sharing not in PROMISES_LEAST:
        problem = "only flow promises a least number of suggestions"
        problems.append(_problem("options.least", problem, "take flow, or leave `least` out"))
    if options.congestion is not None and sharing not in PRICES_EXPOSURE:
        problem = "only flow has a price of congestion"
        mend = "take flow, or leave `congestion` out"
        problems.append(_problem("options.congestion", problem, mend))
    partners = await transaction.snapshots.count_active()
    if sharing in DENSE and seekers * partners > LARGEST_PLAN:
        problem = "takes a plan of everyone by everyone, and there are too many"
        mend = "take flow or transferable_utility, or narrow the scope"
        problems.append(_problem("options.sharing", problem, mend))
    if problems:
        raise ProblemError("invalid_request", fields=problems)


def _replayed(earlier: StoredJob, digest: str) -> StoredJob:
    if earlier.digest != digest:
        raise ProblemError("idempotency_key_reused")
    return earlier


def _problem(field: str, problem: str, mend: str = "look it up, or leave it out") -> FieldProblem:
    return FieldProblem(field=field, problem=problem, mend=mend)
