"""Snapshots that were read lately, decoded."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from services.matcher.domain.statements import MatchedOrganisation

_MOST_CHARACTERS = 16_000_000
"""Of statements: 16 to 32 MB."""


class RowStamp(NamedTuple):
    """One state of one row. `xmin`, the transaction that wrote it, tells states apart that have
    the same version: a truth that was set back may give a version out twice."""

    id: str
    version: int
    xmin: str


@dataclass
class SnapshotCache:
    """The least recently used go first; nothing in it can be stale, since its keys are states."""

    most_characters: int = _MOST_CHARACTERS
    _kept: OrderedDict[RowStamp, MatchedOrganisation] = field(default_factory=OrderedDict)
    _characters: int = 0

    def known(self, stamps: Iterable[RowStamp]) -> dict[RowStamp, MatchedOrganisation]:
        """Those that are here."""
        found = {}
        for stamp in stamps:
            if (snapshot := self._kept.get(stamp)) is not None:
                self._kept.move_to_end(stamp)
                found[stamp] = snapshot
        return found

    def keep(self, snapshots: dict[RowStamp, MatchedOrganisation]) -> None:
        """Remember these, and forget others where there are too many."""
        for stamp, snapshot in snapshots.items():
            if stamp not in self._kept:
                self._characters += _characters(snapshot)
            self._kept[stamp] = snapshot
        while self._characters > self.most_characters and self._kept:
            _, gone = self._kept.popitem(last=False)
            self._characters -= _characters(gone)


def _characters(snapshot: MatchedOrganisation) -> int:
    return 500 + sum(len(statement.text) for statement in snapshot.statements)
