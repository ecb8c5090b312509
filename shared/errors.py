"""Business errors: each carries a stable code from the catalogue; the edge renders it."""

from collections.abc import Sequence

from shared.contracts.problems import FieldProblem
from shared.problem_catalogue import CATALOGUE


class ProblemError(Exception):
    """A failure that a caller is told about as problem details (RFC 9457).

    `code` must be in the catalogue; `parameters` fill its sentences.
    """

    def __init__(
        self,
        code: str,
        *,
        fields: Sequence[FieldProblem] = (),
        headers: dict[str, str] | None = None,
        **parameters: object,
    ) -> None:
        self.code = code
        self.entry = CATALOGUE[code]
        self.status = self.entry.status
        self.fields = tuple(fields)
        self.headers = headers or {}
        self.parameters = parameters
        super().__init__(f"{code}: {self.entry.detail('en', parameters)}")
