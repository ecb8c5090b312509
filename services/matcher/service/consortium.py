"""Sets of organisations for a call. Who may ask, and what each is told:

- Coordinators, operators and batch jobs ask for any call. Exclusions between organisations, pairs
  that coordinators keep apart and confidential statements all count.
- Members ask for a call of their own organisation, which has to be an enterprise: institutions
  answer calls. Others' confidential statements count for nothing, as in a search. Nor do
  exclusions between third parties: who asked with one pair fixed after the other would learn who
  refuses whom. The answer says that coordinators check them before anybody is invited.
- Held, stale and fully booked organisations are left out for everybody; which of these it is, is
  not told.
"""

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from services.matcher.domain.consortium.call_problem import in_conflict
from services.matcher.domain.consortium.exact import ExactSolver
from services.matcher.domain.pairs import APART, Pair
from services.matcher.domain.restrictions import EXCLUDED_BY_NAME
from services.matcher.domain.statements import MatchedOrganisation
from services.matcher.ports import IndexFilter
from services.matcher.service.call_coverage import CallCoverage, CallScope, CoverRequirements
from services.matcher.service.call_teams import CallTeams, teams_of
from services.matcher.service.consortium_answer import answer
from services.matcher.service.constraints import Constraints
from services.matcher.service.fresh import Asker, FreshProfiles
from services.matcher.service.live import LiveIndex
from services.matcher.service.suggestions import freshness
from services.matcher.store import MatcherStore
from shared.contracts.consortia import ConsortiumAnswer, ConsortiumRequest
from shared.contracts.organisation import Kind, Side, Visibility
from shared.contracts.principal import Principal, Role
from shared.contracts.problems import FieldProblem
from shared.errors import ProblemError


@dataclass(frozen=True)
class ProposeConsortia:
    """Coverage of the requirements, then teams, then the reasons."""

    store: MatcherStore
    fresh: FreshProfiles
    live: LiveIndex
    constraints: Constraints
    cover: CoverRequirements
    solver: ExactSolver

    async def propose(self, request: ConsortiumRequest, reader: Principal) -> ConsortiumAnswer:
        """Raises ProblemError `own_organisation_only`, `forbidden`, `not_found`,
        `invalid_request` or `not_ready`."""
        live = self.live.current()
        owner = await self._owner(request, reader)
        async with self.store.transaction() as transaction:
            state = await transaction.index.get()
        apart = await self._kept_from(owner)
        own = owner.profile.id if owner else None
        await self._check_fixed(request, apart - {own})
        barred = apart | frozenset(await self.constraints.unavailable())
        scope = _scope(request, barred)
        coverage = await self.cover.coverage(live, _readable(scope, reader), reader)
        teams = await self._teams(request, coverage, reader)
        version = owner.profile.version if owner else None
        return answer(request, coverage, teams, freshness(live, state, version), reader)

    async def _owner(self, request: ConsortiumRequest, reader: Principal) -> Asker | None:
        """Whose call it is; a member's is its own organisation's, an enterprise."""
        own = None if reader.sees_everything else reader.organisation
        if reader.role is Role.MEMBER and (own is None or request.organisation not in (None, own)):
            raise ProblemError("own_organisation_only")
        id = request.organisation or own
        if id is None:
            return None
        owner = await self.fresh.asker(id)
        if reader.role is Role.MEMBER and owner.profile.kind != Kind.ENTERPRISE.value:
            raise ProblemError("forbidden", reason="calls are made by enterprises and coordinators")
        return owner

    async def _kept_from(self, owner: Asker | None) -> frozenset[str]:
        """The call's owner, and whom it may not be in one team with."""
        if owner is None:
            return frozenset()
        async with self.store.transaction() as transaction:
            said = await transaction.pairs.of(owner.profile.id, datetime.now(UTC).date())
        apart = {id for id, codes in said.items() if codes & APART}
        return frozenset({owner.profile.id, *owner.profile.exclusions, *owner.excluding, *apart})

    async def _check_fixed(self, request: ConsortiumRequest, apart: frozenset[str]) -> None:
        """Fixed members have to be there; the owner may be one."""
        fixed = request.limits.fixed
        async with self.store.transaction() as transaction:
            known = await transaction.snapshots.active(list(fixed))
        wrong = [n for n, id in enumerate(fixed) if id not in known or id in apart]
        if wrong:
            raise ProblemError("invalid_request", fields=[_not_to_be_fixed(n) for n in wrong])

    async def _teams(
        self, request: ConsortiumRequest, coverage: CallCoverage, reader: Principal
    ) -> CallTeams:
        organisations = coverage.scored.organisations
        conflicts = await self._conflicts(organisations) if reader.sees_everything else set()
        # Numbers only, for a second or two at most: others are answered meanwhile.
        return await asyncio.to_thread(teams_of, request, coverage.scored, conflicts, self.solver)

    async def _conflicts(self, organisations: tuple[MatchedOrganisation, ...]) -> set[Pair]:
        ids = [one.id for one in organisations]
        async with self.store.transaction() as transaction:
            said = await transaction.pairs.apart(ids, datetime.now(UTC).date())
        return in_conflict(organisations, said)


def _scope(request: ConsortiumRequest, barred: frozenset[str]) -> CallScope:
    limits = request.limits
    everywhere = IndexFilter(
        side=Side.CAPABILITY, excluded_organisations=tuple(sorted(barred)[:EXCLUDED_BY_NAME])
    )
    places = []
    if limits.countries:
        places.append(replace(everywhere, countries=limits.countries))
    if limits.provinces:
        places.append(replace(everywhere, provinces=limits.provinces))
    return CallScope(
        requirements=request.requirements,
        everywhere=everywhere,
        places=places,
        fixed=limits.fixed,
        kinds=[kind for kind, least in sorted(limits.kinds.items()) if least],
        barred=barred,
    )


def _readable(scope: CallScope, reader: Principal) -> CallScope:
    """Others' confidential statements are not even looked at for a member."""
    if reader.sees_everything:
        return scope
    everywhere, *places = (
        replace(one, visibility=Visibility.MEMBERS) for one in (scope.everywhere, *scope.places)
    )
    return replace(scope, everywhere=everywhere, places=places)


def _not_to_be_fixed(number: int) -> FieldProblem:
    return FieldProblem(
        field=f"limits.fixed.{number}",
        problem="there is no such organisation that may be a member of this call's team",
        mend="leave it out, or search for the organisation's id",
    )
