"""Both sides' contacts: the matcher says who may, the profiles service whom to talk to."""

from collections.abc import Sequence

from services.gateway.forwarding import Forwarder, read_answer
from services.gateway.match_disclosure import contacts_right
from shared.clients.profiles import ProfilesClient
from shared.clients.service_client import ServiceClient
from shared.contracts.match_document import ContactsRight, MatchContacts, OrganisationContacts
from shared.contracts.organisation import Organisation, Status
from shared.errors import ProblemError


async def contacts_of(matcher: Forwarder, profiles: ServiceClient, match_id: str) -> MatchContacts:
    """Asked for anew each time: who is gone or has left the match is shown to nobody.

    Raises ProblemError `not_found` or `contacts_closed`.
    """
    path = f"/matches/{match_id}/contacts-right"
    answer = await matcher.client.call("GET", path, principal=matcher.reader)
    right = contacts_right(read_answer(ContactsRight, answer), matcher.reader)
    read = await active_ones(profiles, right.organisations)
    if len(read) < len(right.organisations):
        raise ProblemError("contacts_closed")
    one, other = (_contacts(read[id]) for id in right.organisations)
    return MatchContacts(match_id=match_id, introduced_at=right.introduced_at, sides=(one, other))


async def active_ones(profiles: ServiceClient, ids: Sequence[str]) -> dict[str, Organisation]:
    """In full, by id; who has left is missing."""
    batch = await ProfilesClient(profiles).batch_read(ids)
    return {
        one.id: one
        for one in batch.items
        if isinstance(one, Organisation) and one.status is Status.ACTIVE
    }


def _contacts(organisation: Organisation) -> OrganisationContacts:
    return OrganisationContacts(
        organisation=organisation.id, names=organisation.names, contacts=organisation.contacts
    )
