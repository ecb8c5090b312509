"""Counts by field and region as a map. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence

from services.matcher.domain.statements import MatchedOrganisation
from services.matcher.insight_store import Card, FieldCount, UnansweredNeed
from shared.contracts.insights import CoverageCell, CoverageField, OpenNeed
from shared.contracts.organisation import Side


def field_rows(counts: Sequence[FieldCount]) -> tuple[CoverageField, ...]:
    """Sums over all regions, most unanswered needs first."""
    by_field: dict[str, list[FieldCount]] = {}
    for one in counts:
        by_field.setdefault(one.field, []).append(one)
    rows = [
        CoverageField(
            field=field,
            needs=sum(one.needs for one in found),
            capabilities=sum(one.capabilities for one in found),
            unanswered=sum(one.unanswered for one in found),
            looked_at=sum(one.looked_at for one in found),
        )
        for field, found in by_field.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.unanswered, -row.needs, row.field)))


def regions(counts: Sequence[FieldCount]) -> tuple[str, ...]:
    """With most statements first."""
    stated: Counter[str] = Counter()
    for one in counts:
        stated[one.region] += one.needs + one.capabilities
    return tuple(sorted(stated, key=lambda region: (-stated[region], region)))


def cells(counts: Sequence[FieldCount]) -> tuple[CoverageCell, ...]:
    """Those with a statement, in the order of field and region."""
    return tuple(
        CoverageCell(**vars(one)) for one in sorted(counts, key=lambda c: (c.field, c.region))
    )


def open_needs(
    found: Sequence[UnansweredNeed],
    cards: Mapping[str, Card],
    snapshots: Mapping[str, MatchedOrganisation],
) -> tuple[OpenNeed, ...]:
    """With their texts; what has been taken back in the meantime is left out."""
    texts = {
        (id, statement.key.statement): statement.text
        for id, organisation in snapshots.items()
        for statement in organisation.side(Side.NEED)
    }
    return tuple(
        OpenNeed(
            organisation=one.organisation,
            names=cards[one.organisation].names if one.organisation in cards else None,
            need=one.need,
            text=texts[one.organisation, one.need],
            field=one.field,
            region=one.region,
            must_have=one.must_have,
            best=min(1.0, max(0.0, one.best)),
            seen_at=one.seen_at,
        )
        for one in found
        if (one.organisation, one.need) in texts
    )
