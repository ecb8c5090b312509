"""One row of a file: a call, or what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from shared.contracts.call_imports import CallRowProblem
from shared.contracts.calls import NewCall
from shared.http.problems import field_problems


@dataclass(frozen=True)
class CallRow:
    """Exactly one of `call` and `problems` is there."""

    line: int
    call: NewCall | None = None
    problems: tuple[CallRowProblem, ...] = ()

    @property
    def reference(self) -> str | None:
        """Its name elsewhere."""
        return self.call.reference if self.call else None


def row_of(line: int, values: Mapping[str, Any]) -> CallRow:
    """The call that these values make, or all that is wrong with them."""
    try:
        return CallRow(line, NewCall.model_validate(dict(values)))
    except ValidationError as error:
        told = field_problems(error.errors(include_input=False))  # type: ignore[arg-type]
    reference = values.get("reference")
    named = str(reference)[:300] if reference else None
    return CallRow(
        line,
        problems=tuple(
            CallRowProblem(
                line=line,
                reference=named,
                field=one.field,
                problem=one.problem,
                mend=one.mend or "correct it",
            )
            for one in told
        ),
    )


def bad_row(line: int, problem: str, mend: str) -> CallRow:
    """A row that cannot be read at all."""
    wrong = CallRowProblem(line=line, reference=None, field="row", problem=problem, mend=mend)
    return CallRow(line, problems=(wrong,))
