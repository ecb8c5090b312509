"""Why a job failed, in both languages."""

from collections.abc import Mapping

from shared.contracts.rematch import JobProblem, Sentence
from shared.problem_catalogue import CATALOGUE


def failed_for(code: str, parameters: Mapping[str, object] | None = None) -> JobProblem:
    """From the problem catalogue."""
    entry, known = CATALOGUE[code], dict(parameters or {})
    return JobProblem(
        code=code,
        title=Sentence(zh=entry.title("zh"), en=entry.title("en")),
        detail=Sentence(zh=entry.detail("zh", known), en=entry.detail("en", known)),
    )
