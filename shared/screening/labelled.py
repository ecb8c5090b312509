"""Labelled sentences: which rules must find them, and which half they belong to."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from shared.contracts.organisation import Language, Side

Half = Literal["tune", "report"]


class BadLabelError(ValueError):
    """A line that is no labelled sentence; which one, and why."""


@dataclass(frozen=True)
class Labelled:
    """One sentence."""

    id: str
    text: str
    language: Language
    side: Side
    rules: frozenset[str]
    """Must find it."""
    also: frozenset[str] = frozenset()
    """May find it: counts neither way."""

    @property
    def half(self) -> Half:
        """By the text alone, so that a sentence never moves; patterns are tuned on one half."""
        return "tune" if hashlib.sha256(self.text.encode()).digest()[-1] % 2 == 0 else "report"


def read_labelled(lines: Iterable[str], source: str) -> list[Labelled]:
    """The sentences of JSON Lines. Raises BadLabelError."""
    return [
        _read(line, f"{source}, line {number}")
        for number, line in enumerate(lines, 1)
        if line.strip()
    ]


def _read(line: str, place: str) -> Labelled:
    try:
        row = json.loads(line)
        if row["language"] not in ("zh", "en"):
            raise BadLabelError(f"{place}: language is zh or en")
        return Labelled(
            id=str(row["id"]),
            text=str(row["text"]),
            language=row["language"],
            side=Side(row["side"]),
            rules=frozenset(row["rules"]),
            also=frozenset(row.get("also", ())),
        )
    except (KeyError, TypeError, json.JSONDecodeError) as error:
        raise BadLabelError(f"{place}: {type(error).__name__}: {error}") from error
