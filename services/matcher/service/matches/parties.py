"""The two organisations of a match, as lists and the document name them."""

from collections.abc import Mapping
from typing import Any

from services.matcher.domain.cards import OrganisationCard
from services.matcher.domain.matches.stored import StoredMatch
from shared.contracts.match_document import MatchSide
from shared.contracts.matches import MatchOrganisation
from shared.contracts.organisation import Kind, Names
from shared.contracts.suggestions import Direction


def party(match: StoredMatch, id: str, cards: Mapping[str, OrganisationCard]) -> MatchOrganisation:
    """One side in a list."""
    return MatchOrganisation(id=id, answer=match.side(id).answer, **_facts(cards.get(id)))


def side(
    match: StoredMatch,
    id: str,
    cards: Mapping[str, OrganisationCard],
    receives: Direction | None,
    version: int | None,
) -> MatchSide:
    """One side in the document, for staff."""
    said = match.side(id)
    return MatchSide(
        id=id,
        **_facts(cards.get(id)),
        answer=said.answer,
        version=version,
        answered_at=said.at,
        answered_by=said.by,
        reasons=said.reasons,
        text=said.text,
        receives=receives,
    )


def _facts(card: OrganisationCard | None) -> dict[str, Any]:
    if card is None or not card.active:
        return {}
    return {
        "names": Names(zh=card.names.get("zh"), en=card.names.get("en")),
        "kind": Kind(card.kind) if card.kind else None,
        "country": card.country,
        "province": card.province,
        "city_name": card.city_name,
        "fields": card.fields,
    }
