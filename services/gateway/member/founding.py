"""A member founds the organisation it will speak for: the right first, then the profile."""

import secrets

from services.gateway.accounts.people import People
from services.gateway.console.upstream import Answer, Upstream
from services.gateway.context import Gateway
from shared.contracts.accounts import Person
from shared.contracts.clarity import SavedOrganisation
from shared.contracts.organisation import Language, NewOrganisation, OrganisationProfile


class Founding:
    """Where the second step fails, the first stays: the member goes on with the same id."""

    def __init__(self, parts: Gateway, people: People) -> None:
        self._parts = parts
        self._people = people

    async def found(
        self, person: Person, profile: OrganisationProfile, language: Language
    ) -> Answer[SavedOrganisation]:
        """The created organisation.

        Raises ProblemError `conflict`, `organisation_taken`, or what the profiles service refuses.
        """
        if person.organisation is None:
            person = await self._people.found_organisation(person, f"org-{secrets.token_hex(6)}")
        new = NewOrganisation(**dict(profile), id=person.organisation)
        profiles = Upstream(self._parts.profiles, person.principal, language)
        return await profiles.send("POST", "/organisations", SavedOrganisation, new)
