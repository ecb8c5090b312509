"""Two people have changed one profile: what both have done, and where they disagree. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from shared.contracts.organisation import OrganisationProfile

_LISTS = ("capabilities", "needs")


@dataclass(frozen=True)
class Difference:
    """One part that the other has changed. `mine` and `theirs` are None where it is removed."""

    part: str
    """A field's name, or `capabilities` / `needs`."""
    id: str | None
    """Of a statement."""
    mine: Any
    theirs: Any
    disputed: bool
    """Both have changed it differently: mine is in the form, theirs is beside it."""


@dataclass(frozen=True)
class Merged:
    """A profile with both changes, and what there is to know about it."""

    profile: OrganisationProfile
    differences: tuple[Difference, ...]


def merge(
    base: OrganisationProfile, mine: OrganisationProfile, theirs: OrganisationProfile
) -> Merged:
    """Three-way: what only one has changed is taken; where both have, mine stands in the form."""
    three = [one.model_dump(mode="json") for one in (base, mine, theirs)]
    merged: dict[str, Any] = {}
    differences: list[Difference] = []
    for part in OrganisationProfile.model_fields:
        values = [one[part] for one in three]
        if part in _LISTS:
            merged[part] = _merge_list(part, values, differences)
        else:
            merged[part] = _merge_value(part, None, values, differences)
    return Merged(OrganisationProfile.model_validate(merged), tuple(differences))


def _merge_value(part: str, id: str | None, values: list[Any], into: list[Difference]) -> Any:
    base, mine, theirs = values
    if theirs in (base, mine):
        return mine
    disputed = mine != base
    into.append(Difference(part, id, mine, theirs, disputed))
    return mine if disputed else theirs


def _merge_list(part: str, values: list[Any], into: list[Difference]) -> list[Any]:
    """Statements by their id: in my order, the other's new ones at the end."""
    base, mine, theirs = ({one["id"]: one for one in some} for some in values)
    kept = []
    for id in _ids(mine, theirs, base):
        statement = _merge_value(part, id, [base.get(id), mine.get(id), theirs.get(id)], into)
        if statement is not None:
            kept.append(statement)
    return kept


def _ids(*several: Mapping[str, Any]) -> Iterator[str]:
    return iter(dict.fromkeys(id for some in several for id in some))
