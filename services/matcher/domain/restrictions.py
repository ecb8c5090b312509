"""Who may not be suggested to one organisation, whatever the scores say, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from services.matcher.domain.statements import MatchedOrganisation
from shared.contracts.suggestions import SuggestionFilter
from shared.contracts.why_not import ReasonCode

Codes = frozenset[ReasonCode]

EXCLUDED_BY_NAME = 2000
"""Ids that a query names to the index: 2,000 take 1 ms a query, 10,000 take 3. Others are left
out of what it finds, and it looks the deeper for it."""

WIDEST_DEPTH = 400
"""Organisations scored exactly where most are barred: four times the usual, a list may then be
short."""


@dataclass(frozen=True)
class Restrictions:
    """By organisation id; what concerns the pair apart from what concerns everybody."""

    of_pair: Mapping[str, Codes]
    of_all: Mapping[str, Codes]
    held_statements: frozenset[str] = field(default=frozenset())
    """Ids of the asker's own statements that screening holds."""

    @property
    def barred(self) -> frozenset[str]:
        """All of them."""
        return frozenset({*self.of_pair, *self.of_all})

    def reasons(self, id: str) -> tuple[ReasonCode, ...]:
        """In the order of the codes."""
        found = self.of_pair.get(id, frozenset()) | self.of_all.get(id, frozenset())
        return tuple(code for code in ReasonCode if code in found)

    def excluded(self, most: int) -> tuple[str, ...]:
        """At most so many ids to name to the index, those of the pair first; ascending."""
        others = sorted(self.of_all.keys() - self.of_pair.keys())
        return tuple(sorted([*sorted(self.of_pair), *others][:most]))


def pair_restrictions(
    asker: MatchedOrganisation, excluding: frozenset[str], said: Mapping[str, Codes]
) -> dict[str, Codes]:
    """Itself, exclusions both ways, and what coordinators have said of the pair."""
    found: dict[str, Codes] = dict(said)
    for ids, code in (
        ({asker.id}, ReasonCode.SAME_ORGANISATION),
        (asker.exclusions, ReasonCode.EXCLUDED_BY_ASKER),
        (excluding, ReasonCode.EXCLUDED_BY_OTHER),
    ):
        for id in ids:
            found[id] = found.get(id, frozenset()) | {code}
    return found


def missed_filters(
    other: MatchedOrganisation, wanted: SuggestionFilter
) -> list[tuple[ReasonCode, str, str]]:
    """Filters that it fails, with what was wanted and what it is; fields are asked elsewhere."""
    asked = (
        (ReasonCode.OTHER_KIND, wanted.kind and wanted.kind.value, other.kind),
        (ReasonCode.OTHER_COUNTRY, wanted.country, other.country),
        (ReasonCode.OTHER_PROVINCE, wanted.province, other.province),
    )
    return [(code, want, own or "-") for code, want, own in asked if want and want != own]


def widened(depth: int, overflow: int, organisations: int) -> int:
    """How deep to look where so many barred organisations could not be named to the index.

    Deep enough for as many free ones as before, were the barred ones spread evenly.
    """
    if not overflow:
        return depth
    free = max(organisations - overflow, 1) / max(organisations, 1)
    return min(max(depth, WIDEST_DEPTH), round(depth / free))


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        if last <= day.day:
            try:
                return date(year, month + 1, last)
            except ValueError:
                continue
    raise ValueError(f"{months} months before {day} is no date")
