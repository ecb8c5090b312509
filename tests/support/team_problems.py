"""Problems of covering requirements, small enough to be solved exactly."""

from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st

from services.matcher.domain.consortium.problem import Purpose, Quota, TeamProblem


def team_problem(
    values: Sequence[Sequence[float]],
    *,
    must_have: Sequence[int] = (),
    enterprises: Sequence[int] | None = None,
    conflicts: Sequence[tuple[int, int]] = (),
    fixed: Sequence[int] = (),
    least: int = 1,
    most: int = 5,
) -> TeamProblem:
    """Requirements by organisations; with `enterprises` given, one of each kind is asked for."""
    table = np.array(values, dtype=float).reshape(len(values), -1)
    size = table.shape[1]
    quotas = [Quota(Purpose.MUST_HAVE, str(row), table[row] > 0) for row in must_have]
    if enterprises is not None:
        firms = np.isin(np.arange(size), list(enterprises))
        quotas.append(Quota(Purpose.KIND, "enterprise", firms))
        quotas.append(Quota(Purpose.KIND, "institution", ~firms))
    quotas.append(Quota(Purpose.SIZE, "", np.ones(size, dtype=bool), least))
    barred = np.zeros((size, size), dtype=bool)
    for first, second in conflicts:
        barred[first, second] = barred[second, first] = True
    return TeamProblem(
        values=table,
        weights=np.full(len(table), 1 / max(1, len(table))),
        quotas=tuple(quotas),
        conflicts=barred,
        fixed=tuple(sorted(fixed)),
        most=most,
    )


@st.composite
def problems(draw: st.DrawFn, *, at_odds: bool = True, must_have: bool = True) -> TeamProblem:
    """At most ten organisations and five requirements."""
    size, rows = draw(st.integers(2, 10)), draw(st.integers(1, 5))
    value = st.sampled_from([0.0, 0.0, 0.0, 0.5, 0.6, 0.7, 0.85, 1.0])
    pairs = [(a, b) for a in range(size) for b in range(a)]
    return team_problem(
        draw(st.lists(st.lists(value, min_size=size, max_size=size), min_size=rows, max_size=rows)),
        must_have=draw(st.sets(st.integers(0, rows - 1))) if must_have else (),
        enterprises=draw(st.sets(st.integers(0, size - 1))) if must_have else None,
        conflicts=draw(st.lists(st.sampled_from(pairs), max_size=4)) if at_odds else (),
        fixed=draw(st.sets(st.integers(0, size - 1), max_size=1)) if must_have else (),
        least=draw(st.integers(1, 3)) if must_have else 0,
        most=draw(st.integers(1, 6)),
    )
