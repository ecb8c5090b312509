"""Reading and saving one's own organisation, with what others have saved meanwhile."""

from dataclasses import dataclass

from services.gateway import disclosure
from services.gateway.console.upstream import Answer, Upstream
from services.gateway.member.merging import Merged, merge
from shared.contracts.clarity import SavedOrganisation
from shared.contracts.organisation import Organisation, OrganisationProfile, OrganisationVersion
from shared.errors import ProblemError


@dataclass(frozen=True)
class Collision:
    """Somebody else has saved since `base` was read; nothing is saved yet."""

    current: Organisation
    merged: Merged


class OwnProfile:
    """One organisation, in the name of somebody who speaks for it."""

    def __init__(self, profiles: Upstream, organisation: str) -> None:
        self._profiles = profiles
        self._path = f"/organisations/{organisation}"

    async def read(self) -> Organisation | None:
        """None while it has a name reserved and no profile yet."""
        try:
            return await self._profiles.get(self._path, Organisation, disclosure.organisation)
        except ProblemError as error:
            if error.code != "not_found":
                raise
            return None

    async def base(self, version: int, current: Organisation) -> OrganisationProfile:
        """The profile at the version that was edited; the current one where that is not kept."""
        if version != current.version:
            try:
                path = f"{self._path}/versions/{version}"
                found = await self._profiles.get(path, OrganisationVersion)
            except ProblemError as error:
                if error.code != "not_found":
                    raise
            else:
                if found.profile is not None:
                    return found.profile
        return profile_part(current)

    async def save(
        self, mine: OrganisationProfile, version: int, base: OrganisationProfile
    ) -> Answer[SavedOrganisation] | Collision:
        """Save over that version, or say what has come between."""
        try:
            return await self._profiles.send(
                "PUT",
                self._path,
                SavedOrganisation,
                mine,
                disclosure.saved_organisation,
                if_match=f'"{version}"',
            )
        except ProblemError as error:
            if error.code != "stale_version":
                raise
        current = await self._profiles.get(self._path, Organisation, disclosure.organisation)
        return Collision(current, merge(base, mine, profile_part(current)))


def profile_part(organisation: Organisation) -> OrganisationProfile:
    """What its owner writes of it."""
    written = set(OrganisationProfile.model_fields)
    return OrganisationProfile.model_validate(organisation.model_dump(include=written))
