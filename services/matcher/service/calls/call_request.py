"""A call, and the team it has, as a question for consortia. Pure."""

from collections.abc import Sequence

from services.matcher.domain.calls.stored import TAKEN, StoredCall
from shared.contracts.consortia import ConsortiumRequest, TeamLimits
from shared.errors import ProblemError

PROPOSALS = 3


def consortium_request(
    call: StoredCall, *, around_team: bool, gone: frozenset[str] = frozenset()
) -> ConsortiumRequest:
    """Around the team: who is seated is in every proposal, and who has refused in none.

    Raises ProblemError("call_without_requirements").
    """
    if not call.content.requirements:
        raise ProblemError("call_without_requirements")
    return ConsortiumRequest(
        title=call.content.title,
        organisation=call.publisher,
        requirements=call.content.requirements,
        limits=_limits(call, gone) if around_team else _known(call.content.limits, gone),
        proposals=PROPOSALS,
    )


def seated(call: StoredCall) -> tuple[str, ...]:
    """Organisations with a seat, in the order of their seats."""
    return tuple(one.organisation for one in call.seats if one.state in TAKEN)


def _limits(call: StoredCall, gone: frozenset[str]) -> TeamLimits:
    limits = call.content.limits
    fixed = _unique([*limits.fixed, *seated(call)], gone)
    refused = call.refused() | set(limits.excluded)
    return TeamLimits(
        minimum_size=limits.minimum_size,
        maximum_size=max(limits.maximum_size, len(fixed)),
        countries=limits.countries,
        provinces=limits.provinces,
        kinds=limits.kinds,
        fixed=fixed,
        excluded=tuple(sorted(refused - set(fixed)))[:1000],
    )


def _known(limits: TeamLimits, gone: frozenset[str]) -> TeamLimits:
    return limits.model_copy(update={"fixed": _unique(limits.fixed, gone)})


def _unique(ids: Sequence[str], gone: frozenset[str]) -> tuple[str, ...]:
    """At most as many as a team can have."""
    return tuple(dict.fromkeys(id for id in ids if id not in gone))[:20]
