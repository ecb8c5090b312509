"""What the gateway listens to."""

from collections.abc import Awaitable, Callable

from services.gateway.messages.call_names import CallNaming
from services.gateway.messages.call_news import CallNames, call_news, is_told
from services.gateway.messages.consumer import Source
from services.gateway.messages.flag_news import flag_news
from services.gateway.messages.forgetting import Forgetting
from services.gateway.messages.match_news import match_news, needs_the_match
from services.gateway.messages.notes import News
from services.gateway.messages.organisation_news import organisation_news
from shared.bus import ConsumerSpec
from shared.clients.profiles import ProfilesClient
from shared.clients.service_client import ServiceClient
from shared.contracts.calls import CALL_CHANGED, CallChanged
from shared.contracts.events import ORGANISATION_CHANGED, Change, OrganisationChanged
from shared.contracts.match_document import Match
from shared.contracts.matches import MATCH_CHANGED, MatchChanged
from shared.contracts.screening import POLICY_FLAG_CHANGED, PolicyFlagChanged
from shared.errors import ProblemError
from shared.streams import MATCHER_STREAM, PROFILES_STREAM

ReadMatch = Callable[[str], Awaitable[Match | None]]
_GONE = frozenset({"not_found", "erased"})


def sources(
    matcher: ServiceClient, profiles: ServiceClient, forgetting: Forgetting
) -> tuple[Source, ...]:
    """The four consumers."""
    naming = CallNaming(matcher, ProfilesClient(profiles))

    async def matches(data: bytes) -> News:
        event = MatchChanged.model_validate_json(data)
        match = await read_match(matcher, event.match_id) if needs_the_match(event) else None
        return match_news(event, match)

    async def calls(data: bytes) -> News:
        event = CallChanged.model_validate_json(data)
        return call_news(event, await naming.read(event) if is_told(event) else CallNames())

    async def organisations(data: bytes) -> News:
        event = OrganisationChanged.model_validate_json(data)
        if event.change is Change.ERASED:
            await forgetting.organisation(event.organisation_id)
        return organisation_news(event)

    async def flags(data: bytes) -> News:
        return flag_news(PolicyFlagChanged.model_validate_json(data))

    return (
        Source(MATCHER_STREAM, _spec(MATCHER_STREAM.name, "matches", MATCH_CHANGED), matches),
        Source(MATCHER_STREAM, _spec(MATCHER_STREAM.name, "calls", CALL_CHANGED), calls),
        Source(
            PROFILES_STREAM,
            _spec(PROFILES_STREAM.name, "organisations", ORGANISATION_CHANGED),
            organisations,
        ),
        Source(
            PROFILES_STREAM,
            _spec(PROFILES_STREAM.name, "policy-flags", POLICY_FLAG_CHANGED),
            flags,
        ),
    )


async def read_match(matcher: ServiceClient, match_id: str) -> Match | None:
    """All of it, on the gateway's own behalf; None where it is gone."""
    try:
        answer = await matcher.call("GET", f"/matches/{match_id}")
    except ProblemError as error:
        if error.code in _GONE:
            return None
        raise
    return Match.model_validate_json(answer.content)


def _spec(stream: str, what: str, subject: str) -> ConsumerSpec:
    # Unlimited deliveries: a part that is away for long must not use up an event's chances.
    return ConsumerSpec(stream, f"gateway-{what}", subject, ack_wait_seconds=60, max_deliver=-1)
