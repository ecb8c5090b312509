"""A mixed-integer linear program, written row by row."""

from collections.abc import Mapping

import numpy as np

from services.matcher.domain.consortium.problem import Floats

_INFEASIBLE = 2
"""SciPy's status of a program that was proved to have no solution."""


class Program:
    """Minimises `cost` over columns between 0 and 1."""

    def __init__(self, columns: int, *, binary: int) -> None:
        """The first `binary` columns are integer; see `make_binary` for more."""
        self.cost = np.zeros(columns)
        self.proved_infeasible = False
        self._integer = np.zeros(columns, dtype=np.int64)
        self._integer[:binary] = 1
        self._rows: list[Mapping[int, float]] = []
        self._lower: list[float] = []
        self._upper: list[float] = []

    def make_binary(self, start: int) -> None:
        """All columns from there on are integer too."""
        self._integer[start:] = 1

    def at_least(self, row: Mapping[int, float], least: float) -> None:
        """A sum of columns with their factors."""
        self._add(row, least, np.inf)

    def at_most(self, row: Mapping[int, float], most: float) -> None:
        """A sum of columns with their factors."""
        self._add(row, -np.inf, most)

    def solved(self, *, seconds: float, nodes: int) -> Floats | None:
        """The columns, shape (columns,); None where none were found within the limits."""
        if not len(self.cost):
            self.proved_infeasible = max(self._lower, default=0.0) > 0
            return None if self.proved_infeasible else np.zeros(0)
        # A fifth of a second of imports that hardly a request needs.
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import coo_array

        matrix = coo_array((len(self._rows), len(self.cost)))
        places = [(r, c, v) for r, row in enumerate(self._rows) for c, v in row.items()]
        if places:
            rows, columns, factors = zip(*places, strict=True)
            matrix = coo_array((factors, (rows, columns)), shape=matrix.shape)
        answer = milp(
            self.cost,
            integrality=self._integer,
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(matrix.tocsr(), self._lower, self._upper),
            options={"time_limit": seconds, "node_limit": nodes, "mip_rel_gap": 0.0},
        )
        self.proved_infeasible = answer.status == _INFEASIBLE
        # At its limit it may have found some, but not the best: that would be no oracle.
        return np.asarray(answer.x, dtype=np.float64) if answer.status == 0 else None

    def _add(self, row: Mapping[int, float], lower: float, upper: float) -> None:
        self._rows.append(row)
        self._lower.append(lower)
        self._upper.append(upper)
