"""Organisations whose names read alike."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from services.profiles.names import OrganisationNames
from services.profiles.rights import require_staff
from shared.contracts.look_alikes import LookAlike, LookAlikeGroup, LookAlikes
from shared.contracts.principal import Principal
from shared.screening.name_reading import reading_of, spelling_of


class FindLookAlikes:
    """Reads all names at each question: 100,000 take about a second, and none is missed."""

    def __init__(self, names: OrganisationNames) -> None:
        self._names = names

    async def find(self, reader: Principal) -> LookAlikes:
        """Raises ProblemError("forbidden") for all but coordinators and operators."""
        require_staff(reader)
        named = await self._names.active()
        return LookAlikes(items=tuple(groups_of(named)), compared=len(named))


def groups_of(named: Iterable[LookAlike]) -> list[LookAlikeGroup]:
    """Differing spellings first, then the largest; equal groups by what they read."""
    spelt: defaultdict[str, dict[str, tuple[str, LookAlike]]] = defaultdict(dict)
    for one in named:
        for name in filter(None, (one.names.zh, one.names.en)):
            spelt[reading_of(name)][one.id] = (spelling_of(name), one)
    groups = [_group(reads, list(own.values())) for reads, own in spelt.items() if len(own) > 1]
    groups.sort(key=lambda one: (one.same_spelling, -len(one.organisations), one.reads))
    return groups


def _group(reads: str, spelt: Sequence[tuple[str, LookAlike]]) -> LookAlikeGroup:
    return LookAlikeGroup(
        reads=reads,
        same_spelling=len({spelling for spelling, _ in spelt}) == 1,
        organisations=tuple(
            sorted((one for _, one in spelt), key=lambda one: (one.created_at, one.id))
        ),
    )
