"""Who else could take a seat, out of an answer for the whole call. Pure."""

from collections.abc import Collection, Sequence

from shared.contracts.consortia import Candidate, ConsortiumAnswer, RequirementView
from shared.contracts.seats import Alternative
from shared.contracts.suggestions import PartnerSummary, StatementQuote

MOST = 10


def alternatives(
    answer: ConsortiumAnswer, requirements: Sequence[str], without: Collection[str]
) -> tuple[Alternative, ...]:
    """Those that cover something of the seat: members of the best set around the present team
    first, for they fit beside everybody; then by the weighted mean over its requirements."""
    wanted = [view for view in answer.requirements if view.id in set(requirements)]
    found: dict[str, list[tuple[RequirementView, Candidate]]] = {}
    for view in wanted:
        for candidate in view.best:
            if candidate.cell.covers and candidate.partner.id not in without:
                found.setdefault(candidate.partner.id, []).append((view, candidate))
    total = sum(view.weight for view in wanted) or 1.0
    fitting = _in_best_team(answer)
    items = [_alternative(cells, total, fitting) for cells in found.values()]
    items += _only_in_team(answer, wanted, {*without, *found}, total)
    items.sort(key=lambda one: (not one.in_best_team, -one.score, one.partner.id))
    return tuple(items[:MOST])


def _in_best_team(answer: ConsortiumAnswer) -> frozenset[str]:
    best = answer.proposals[:1]
    return frozenset(member.partner.id for one in best for member in one.members)


def _alternative(
    cells: Sequence[tuple[RequirementView, Candidate]], total: float, fitting: frozenset[str]
) -> Alternative:
    partner = cells[0][1].partner
    return _built(
        partner,
        sum(view.weight * one.cell.score for view, one in cells) / total,
        [view.id for view, _ in cells],
        partner.id in fitting,
        [one.cell.statement for _, one in cells if one.cell.statement],
    )


def _only_in_team(
    answer: ConsortiumAnswer,
    wanted: Sequence[RequirementView],
    without: Collection[str],
    total: float,
) -> list[Alternative]:
    """Members of the best set that are not among the best few of a single requirement."""
    weights = {view.id: view.weight for view in wanted}
    items = []
    for proposal in answer.proposals[:1]:
        for member in proposal.members:
            if member.partner.id in without:
                continue
            cells = [
                (row.requirement, cell)
                for row in proposal.matrix
                for cell in row.cells
                if row.requirement in weights and cell.organisation == member.partner.id
            ]
            covering = [(id, cell) for id, cell in cells if cell.covers]
            if covering:
                score = sum(weights[id] * cell.score for id, cell in covering) / total
                quotes = [cell.statement for _, cell in covering if cell.statement]
                ids = [id for id, _ in covering]
                items.append(_built(member.partner, score, ids, True, quotes))
    return items


def _built(
    partner: PartnerSummary,
    score: float,
    covers: Sequence[str],
    in_best_team: bool,
    quotes: Sequence[StatementQuote],
) -> Alternative:
    return Alternative(
        partner=partner,
        score=round(min(1.0, score), 6),
        covers=tuple(covers),
        in_best_team=in_best_team,
        quotes=tuple(quotes),
    )
