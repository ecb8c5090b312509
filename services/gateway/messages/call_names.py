"""What messages call a call and the organisations in it, read when they are written."""

from services.gateway.messages.call_news import CallNames
from shared.clients.profiles import ProfilesClient
from shared.clients.service_client import ServiceClient
from shared.contracts.calls import Call, CallChanged
from shared.contracts.organisation import Organisation, Status
from shared.errors import ProblemError

_GONE = frozenset({"not_found", "erased"})


class CallNaming:
    """Asks on the gateway's own behalf."""

    def __init__(self, matcher: ServiceClient, profiles: ProfilesClient) -> None:
        self._matcher = matcher
        self._profiles = profiles

    async def read(self, event: CallChanged) -> CallNames:
        """Of the publisher and of those whom the event concerns.

        Raises ProblemError where a service is away: the message waits.
        """
        ids = {*event.organisations, *([event.publisher] if event.publisher else [])}
        found = (await self._profiles.batch_read(sorted(ids))).items if ids else ()
        names = {
            one.id: one.names
            for one in found
            if isinstance(one, Organisation) and one.status is Status.ACTIVE
        }
        return CallNames(await self._title(event.call_id), names)

    async def _title(self, call_id: str) -> str | None:
        try:
            answer = await self._matcher.call("GET", f"/calls/{call_id}")
        except ProblemError as error:
            if error.code in _GONE:
                return None
            raise
        return Call.model_validate_json(answer.content).title
