"""The other side's contacts for the e-mail of an introduction, read when it is sent."""

from services.gateway.messages.inbox_store import StoredMessage
from services.gateway.messages.owners import organisation_of
from shared.clients.profiles import ProfilesClient
from shared.clients.service_client import ServiceClient
from shared.contracts.match_document import ContactsRight, OrganisationContacts
from shared.contracts.organisation import Organisation, Status
from shared.contracts.principal import Principal, Role
from shared.errors import ProblemError

_REFUSED = frozenset({"not_found", "forbidden", "contacts_closed"})


class IntroducedContacts:
    """Asks the matcher, in the recipient's name, whether they may be read."""

    def __init__(self, matcher: ServiceClient, profiles: ProfilesClient) -> None:
        self._matcher = matcher
        self._profiles = profiles

    async def read(self, message: StoredMessage) -> OrganisationContacts | None:
        """None where the recipient may not read them (any more), or there are none."""
        reader, match_id = organisation_of(message.recipient), message.about.match_id
        if reader is None or match_id is None:
            return None
        right = await self._right(match_id, reader)
        if right is None or reader not in right.organisations:
            return None
        (other,) = (one for one in right.organisations if one != reader)
        found = (await self._profiles.batch_read([other])).items
        if not found or not isinstance(found[0], Organisation):
            return None
        return _contacts(found[0])

    async def _right(self, match_id: str, organisation: str) -> ContactsRight | None:
        member = Principal(subject="messages", role=Role.MEMBER, organisation=organisation)
        try:
            answer = await self._matcher.call(
                "GET", f"/matches/{match_id}/contacts-right", principal=member
            )
        except ProblemError as error:
            if error.code in _REFUSED:
                return None
            raise
        return ContactsRight.model_validate_json(answer.content)


def _contacts(found: Organisation) -> OrganisationContacts | None:
    if found.status is not Status.ACTIVE or not found.contacts:
        return None
    return OrganisationContacts(organisation=found.id, names=found.names, contacts=found.contacts)
