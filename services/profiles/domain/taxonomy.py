"""The tree of research fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True)
class Taxonomy:
    """`parents` maps every code to its parent, or to None at the top; empty accepts any code."""

    parents: Mapping[str, str | None]

    def knows(self, code: str) -> bool:
        """Whether the code may be used."""
        return not self.parents or code in self.parents

    def closest(self, code: str) -> str | None:
        """The known code that looks most like this one."""
        return next(iter(get_close_matches(code, self.parents, n=1, cutoff=0.4)), None)

    def with_descendants(self, code: str) -> tuple[str, ...]:
        """The code and everything below it."""
        found, frontier = [code], [code]
        while frontier:
            frontier = [child for child, parent in self.parents.items() if parent in frontier]
            found += frontier
        return tuple(found)
