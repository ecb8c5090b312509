"""How near two research fields are in the taxonomy."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class FieldTree:
    """`parents` maps every code to its parent, or to None at the top."""

    parents: Mapping[str, str | None]
    _paths: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)

    def similarity(self, one: str, other: str) -> float:
        """Wu & Palmer (ACL 1994), 0 to 1: equal 1, parent and child 2/3, siblings 1/2.

        An unknown code is like nothing but itself.
        """
        if one == other:
            return 1.0
        a, b = self._path(one), self._path(other)
        shared = sum(x == y for x, y in zip(a, b, strict=False))
        return 2 * shared / (len(a) + len(b))

    def coverage(self, wanted: Iterable[str], offered: Sequence[str]) -> float:
        """Mean over the wanted fields of the nearest offered one, 0 to 1; 0 where either lacks."""
        wanted = list(wanted)
        if not wanted or not offered:
            return 0.0
        return sum(max(self.similarity(w, o) for o in offered) for w in wanted) / len(wanted)

    def with_descendants(self, code: str) -> tuple[str, ...]:
        """The field and all below it; an unknown code by itself."""
        return (code, *(one for one in self.parents if one != code and code in self._path(one)))

    def wanted(self, code: str | None) -> tuple[str, ...]:
        """What a filter by a field asks for; nothing without one."""
        return self.with_descendants(code) if code else ()

    def _path(self, code: str) -> tuple[str, ...]:
        """From the top down to the code."""
        if code not in self._paths:
            path, seen = [code], {code}
            while (above := self.parents.get(path[-1])) and above not in seen:
                path.append(above)
                seen.add(above)
            self._paths[code] = tuple(reversed(path))
        return self._paths[code]


NO_FIELDS = FieldTree({})
