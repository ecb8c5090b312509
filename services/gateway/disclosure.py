"""What may leave the platform for this reader: the last check, whatever a service sent. Pure."""

from services.gateway.screening_disclosure import policy_flags
from shared.contracts.clarity import OrganisationClarity, SavedOrganisation
from shared.contracts.organisation import (
    Organisation,
    OrganisationPage,
    OrganisationSummary,
    Status,
)
from shared.contracts.principal import Principal
from shared.contracts.suggestions import (
    Answer,
    Direction,
    SearchHit,
    SearchPage,
    StatementQuote,
    Suggestion,
    SuggestionPage,
)
from shared.contracts.why_not import NOT_FOR_MEMBERS, ReasonCode, WhyNot
from shared.errors import ProblemError
from shared.reason_catalogue import reason
from shared.visibility import as_seen_by, may_see


def organisation(found: Organisation, reader: Principal) -> Organisation:
    """The organisation as the reader may see it. Raises ProblemError("not_found")."""
    if not may_see(found, reader):
        raise ProblemError("not_found", what="organisation", id=found.id)
    return as_seen_by(found, reader)


def saved_organisation(found: SavedOrganisation, reader: Principal) -> SavedOrganisation:
    """The answer to a write; what is unclear in needs is for their owner and for staff."""
    if not may_see(found, reader):
        raise ProblemError("not_found", what="organisation", id=found.id)
    shown = as_seen_by(found, reader)
    unclear = found.unclear if reader.sees_everything or reader.speaks_for(found.id) else ()
    flags = policy_flags(found.flags, reader)
    return found.model_copy(update={**dict(shown), "unclear": unclear, "flags": flags})


def organisation_clarity(found: OrganisationClarity, reader: Principal) -> OrganisationClarity:
    """For staff and the organisation itself. Raises "own_organisation_only"."""
    if reader.sees_everything or reader.speaks_for(found.organisation):
        return found
    raise ProblemError("own_organisation_only")


def organisation_page(page: OrganisationPage, reader: Principal) -> OrganisationPage:
    """The rows that the reader may know of."""
    items = tuple(row for row in page.items if _may_know(row, reader))
    return page.model_copy(update={"items": items})


def suggestion_page(page: SuggestionPage, reader: Principal) -> SuggestionPage:
    """Suggestions without others' confidential texts. Raises "own_organisation_only"."""
    if reader.sees_everything:
        return page
    if not reader.speaks_for(page.organisation):
        raise ProblemError("own_organisation_only")
    items = tuple(_suggestion(item, reader) for item in page.items)
    unanswered = tuple(one for one in page.unanswered if may_read(one.need, reader))
    return page.model_copy(update={"items": items, "unanswered": unanswered})


def why_not(answer: WhyNot, reader: Principal) -> WhyNot:
    """Without reasons that are not for members, and what comes with them."""
    if reader.sees_everything:
        return answer
    if not reader.speaks_for(answer.organisation):
        raise ProblemError("own_organisation_only")
    if any(one.code in NOT_FOR_MEMBERS for one in answer.reasons):
        return _undisclosed(answer)
    return answer.model_copy(
        update={
            "receives": answer.receives and _direction(answer.receives, reader),
            "gives": answer.gives and _direction(answer.gives, reader),
        }
    )


def _undisclosed(answer: WhyNot) -> WhyNot:
    silent = {*NOT_FOR_MEMBERS, ReasonCode.UNDISCLOSED}
    told = [one for one in answer.reasons if one.code not in silent]
    return WhyNot(
        organisation=answer.organisation,
        other=answer.other,
        listed=False,
        reasons=(*told, reason(ReasonCode.UNDISCLOSED)),
        freshness=answer.freshness,
    )


def search_page(page: SearchPage, reader: Principal) -> SearchPage:
    """Hits without others' confidential texts; for members they are no matches at all.

    That a confidential statement answers a text of the searcher's choice gives the statement
    away, guess by guess.
    """
    if reader.sees_everything:
        return page
    items = tuple(hit for item in page.items if (hit := _hit(item, reader)).matches)
    return page.model_copy(update={"items": items})


def quote(statement: StatementQuote, reader: Principal) -> StatementQuote:
    """The quote, without text and what tells of it where it is confidential to this reader."""
    if may_read(statement, reader):
        return statement
    hidden = {"text": None, "id": None, "language": None, "necessity": None}
    return statement.model_copy(update=hidden)


def may_read(statement: StatementQuote, reader: Principal) -> bool:
    """Whether the quote may be told to this reader."""
    return (
        not statement.confidential
        or reader.sees_everything
        or reader.speaks_for(statement.organisation)
    )


def _may_know(row: OrganisationSummary, reader: Principal) -> bool:
    return row.status is Status.ACTIVE or reader.sees_everything or reader.speaks_for(row.id)


def _suggestion(item: Suggestion, reader: Principal) -> Suggestion:
    return item.model_copy(
        update={
            "receives": _direction(item.receives, reader),
            "gives": _direction(item.gives, reader),
        }
    )


def _direction(direction: Direction, reader: Principal) -> Direction:
    must_haves = direction.unmet[: direction.unmet_must_haves]
    return direction.model_copy(
        update={
            "answers": tuple(_answer(answer, reader) for answer in direction.answers),
            "unmet": tuple(quote(need, reader) for need in direction.unmet),
            "unmet_must_haves": sum(may_read(need, reader) for need in must_haves),
        }
    )


def _answer(answer: Answer, reader: Principal) -> Answer:
    shown: dict[str, object] = {
        "need": quote(answer.need, reader),
        "capability": quote(answer.capability, reader),
    }
    if not (may_read(answer.need, reader) and may_read(answer.capability, reader)):
        shown |= {"similarity": None, "lexical": None}
    return answer.model_copy(update=shown)


def _hit(hit: SearchHit, reader: Principal) -> SearchHit:
    kept = tuple(match for match in hit.matches if may_read(match.statement, reader))
    if len(kept) == len(hit.matches):
        return hit
    best = max((match.score for match in kept), default=0.0)
    return hit.model_copy(update={"matches": kept, "score": min(hit.score, best)})
