"""What may leave of consortia for this reader, whatever the matcher sent. Pure."""

from services.gateway.disclosure import may_read
from shared.contracts.consortia import Cell, ConsortiumAnswer, Proposal, RequirementView
from shared.contracts.principal import Principal


def consortium_answer(answer: ConsortiumAnswer, reader: Principal) -> ConsortiumAnswer:
    """For members without anything that rests on others' confidential statements.

    That a statement answers a requirement of one's own words gives it away, guess by guess; so a
    whole proposal goes in which one counts.
    """
    if reader.sees_everything:
        return answer
    return answer.model_copy(
        update={
            "requirements": tuple(_requirement(one, reader) for one in answer.requirements),
            "proposals": tuple(one for one in answer.proposals if not _rests(one, reader)),
        }
    )


def _requirement(view: RequirementView, reader: Principal) -> RequirementView:
    hidden = [one for one in view.best if _is_secret(one.cell, reader)]
    covering = max(0, view.covering - sum(one.cell.covers for one in hidden))
    kept = tuple(one for one in view.best if one not in hidden)
    return view.model_copy(update={"best": kept, "covering": covering})


def _rests(proposal: Proposal, reader: Principal) -> bool:
    return any(_is_secret(cell, reader) for row in proposal.matrix for cell in row.cells)


def _is_secret(cell: Cell, reader: Principal) -> bool:
    return cell.statement is not None and not may_read(cell.statement, reader)
