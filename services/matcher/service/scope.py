"""Where a ranking looks, and how deep."""

from dataclasses import dataclass, replace

from services.matcher.domain.constants import CANDIDATE_ORGANISATIONS
from services.matcher.ports import IndexFilter


@dataclass(frozen=True)
class Scope:
    """The API's answers use the default; an evaluation also looks among named candidates."""

    organisations: tuple[str, ...] | None = None
    """Only these; None means all."""
    excluded: tuple[str, ...] = ()
    depth: int = CANDIDATE_ORGANISATIONS
    """Organisations that are scored exactly."""
    diverse: bool = False
    """Whether near-duplicates and sisters may be moved down; measured rankings are by score."""

    def narrowed(self, wanted: IndexFilter) -> IndexFilter:
        """The filter with these conditions as well."""
        return replace(
            wanted,
            organisations=self.organisations,
            excluded_organisations=(*wanted.excluded_organisations, *self.excluded),
        )


EVERYWHERE = Scope(diverse=True)
