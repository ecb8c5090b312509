"""The matrix of requirements and organisations, as a reader may see it."""

from collections.abc import Mapping

import numpy as np

from services.matcher.domain.explanation import quote
from services.matcher.domain.ranking import rounded
from services.matcher.domain.statements import MatchedOrganisation
from services.matcher.service.call_coverage import CallCoverage
from services.matcher.service.call_teams import CallTeams
from services.matcher.service.consortium_words import name_of
from shared.contracts.consortia import Cell, Said
from shared.contracts.principal import Principal


class Cells:
    """Organisations are named by their numbers in the problem that was solved."""

    def __init__(self, coverage: CallCoverage, teams: CallTeams, reader: Principal) -> None:
        self._coverage, self._columns, self._reader = coverage, teams.columns, reader
        self._values = teams.problem.values

    def organisation(self, number: int) -> MatchedOrganisation:
        """One of them."""
        return self._coverage.scored.organisations[self._columns[number]]

    def cell(self, requirement: int, number: int) -> Cell:
        """With the statement that the score rests on."""
        column = self._columns[number]
        statement = self._coverage.statements[requirement][column]
        return Cell(
            organisation=self.organisation(number).id,
            score=rounded(float(self._coverage.scored.scores[requirement, column])),
            covers=bool(self._values[requirement, number] > 0),
            statement=quote(statement, self._reader) if statement else None,
        )

    def best(self, requirement: int, most: int) -> list[int]:
        """Numbers, best first, also of those that do not cover it."""
        scores = self._coverage.scored.scores[requirement, list(self._columns)]
        order = np.argsort(-scores, kind="stable")[:most]
        return [int(one) for one in order if scores[one] > 0]

    def names(self) -> Mapping[str, Said]:
        """Of all organisations that were scored, by id."""
        return {one.id: name_of(one) for one in self._coverage.scored.organisations}
