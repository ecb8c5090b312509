"""The matcher, as the gateway and the command line call it."""

from shared.clients.service_client import ServiceClient
from shared.contracts.operations import (
    DeadLetterPage,
    IndexStatus,
    Rebuild,
    Reconciliation,
    Replay,
)
from shared.contracts.principal import Principal
from shared.contracts.screening import SimilarityAnswer, SimilarityRequest
from shared.contracts.suggestions import (
    SearchPage,
    SearchRequest,
    SuggestionFilter,
    SuggestionPage,
    SuggestionSide,
)

_JSON = {"Content-Type": "application/json"}
_LONG_SECONDS = 900.0


class MatcherClient:
    """Typed calls; each raises the service's problem as a ProblemError.

    Without a principal a call is made on the calling service's own behalf.
    """

    def __init__(self, http: ServiceClient) -> None:
        self.http = http

    async def suggestions(
        self,
        organisation_id: str,
        principal: Principal | None = None,
        *,
        side: SuggestionSide = SuggestionSide.MUTUAL,
        filter: SuggestionFilter | None = None,
        limit: int = 10,
        cursor: str | None = None,
    ) -> SuggestionPage:
        """Partners for one organisation, with reasons that the principal may read."""
        wanted = (filter or SuggestionFilter()).model_dump(mode="json")
        response = await self.http.call(
            "GET",
            f"/organisations/{organisation_id}/suggestions",
            principal=principal,
            params={**wanted, "side": side.value, "limit": limit, "cursor": cursor},
        )
        return SuggestionPage.model_validate_json(response.content)

    async def search(
        self, request: SearchRequest, principal: Principal | None = None
    ) -> SearchPage:
        """Organisations that answer a free text."""
        response = await self.http.call(
            "POST",
            "/search",
            principal=principal,
            headers=_JSON,
            content=request.model_dump_json().encode(),
        )
        return SearchPage.model_validate_json(response.content)

    async def similarities(self, request: SimilarityRequest) -> SimilarityAnswer:
        """How near texts are to prototypes of screening; on the calling service's behalf."""
        response = await self.http.call(
            "POST",
            "/screening/similarities",
            headers=_JSON,
            content=request.model_dump_json().encode(),
        )
        return SimilarityAnswer.model_validate_json(response.content)

    async def index_status(self, principal: Principal | None = None) -> IndexStatus:
        """The live collection and how far a rebuild is."""
        response = await self.http.call("GET", "/index", principal=principal)
        return IndexStatus.model_validate_json(response.content)

    async def rebuild(self, principal: Principal | None = None) -> Rebuild:
        """Begin a rebuild; `index_status` tells how far it is."""
        response = await self.http.call("POST", "/index/rebuild", principal=principal)
        return Rebuild.model_validate_json(response.content)

    async def reconcile(self, principal: Principal | None = None) -> Reconciliation:
        """Compare and mend; may take minutes."""
        response = await self.http.call(
            "POST", "/index/reconciliation", principal=principal, timeout_seconds=_LONG_SECONDS
        )
        return Reconciliation.model_validate_json(response.content)

    async def dead_letters(
        self, principal: Principal | None = None, *, limit: int = 50, cursor: str | None = None
    ) -> DeadLetterPage:
        """Newest first."""
        response = await self.http.call(
            "GET", "/dead-letters", principal=principal, params={"limit": limit, "cursor": cursor}
        )
        return DeadLetterPage.model_validate_json(response.content)

    async def replay(self, letter_id: int, principal: Principal | None = None) -> Replay:
        """Try one dead letter again."""
        response = await self.http.call(
            "POST", f"/dead-letters/{letter_id}/replay", principal=principal
        )
        return Replay.model_validate_json(response.content)

    async def replay_all(self, principal: Principal | None = None) -> Replay:
        """Try all of them again; may take minutes."""
        response = await self.http.call(
            "POST", "/dead-letters/replay", principal=principal, timeout_seconds=_LONG_SECONDS
        )
        return Replay.model_validate_json(response.content)
