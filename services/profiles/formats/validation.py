"""From loose values to a valid organisation, or to the list of what is wrong."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from services.profiles.formats.mends import explain
from services.profiles.formats.normalisation import normalised
from services.profiles.formats.rows import BadRowError, ParsedRow, rejected
from shared.contracts.imports import RowProblem
from shared.contracts.organisation import NewOrganisation

Locate = Callable[[tuple[int | str, ...]], tuple[int, str]]
"""From a path inside the organisation to the line and the field that a person will look for."""

_NO_ID = BadRowError(
    "id",
    "is missing, and there is neither a ror nor a uscc to take its place",
    "give every organisation an id that stays the same from file to file",
)


def parse(
    line: int,
    values: Mapping[str, Any],
    *,
    locate: Locate | None = None,
    remarks: Sequence[RowProblem] = (),
) -> ParsedRow:
    """The row of these values; all its problems at once."""
    loose = normalised(values)
    identity = loose.get("id")
    name = identity if isinstance(identity, str) else None
    if identity is None or identity == "":
        return rejected(line, _NO_ID)
    try:
        return ParsedRow(line, NewOrganisation.model_validate(loose), tuple(remarks))
    except ValidationError as error:
        where = locate or (lambda path: (line, ".".join(map(str, path)) or "row"))
        found = tuple(_problem(detail, name, where) for detail in error.errors(include_url=False))
        return ParsedRow(line, None, (*found, *remarks))


def _problem(detail: ErrorDetails, organisation: str | None, locate: Locate) -> RowProblem:
    line, field = locate(detail["loc"])
    problem, mend = explain(detail)
    return RowProblem(line=line, organisation=organisation, field=field, problem=problem, mend=mend)
