"""Parts of a network that nothing joins."""

from collections.abc import Iterable


def components(edges: Iterable[tuple[str, str]]) -> int:
    """How many there are among the edges' ends (union by path halving)."""
    parent: dict[str, str] = {}

    def root(one: str) -> str:
        parent.setdefault(one, one)
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for first, second in edges:
        parent[root(first)] = root(second)
    return len({root(one) for one in parent})
