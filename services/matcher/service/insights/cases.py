"""The use cases of insights that need PostgreSQL alone."""

from dataclasses import dataclass

from services.matcher.domain.field_tree import FieldTree
from services.matcher.insight_store import InsightStore
from services.matcher.service.insights.count_statements import CountStatements
from services.matcher.service.insights.read_insights import ReadInsights
from services.matcher.store import MatcherStore


@dataclass(frozen=True)
class InsightCases:
    """Reading, and the counting that it rests on."""

    read: ReadInsights
    counting: CountStatements


def insight_cases(store: MatcherStore, insights: InsightStore, fields: FieldTree) -> InsightCases:
    """Both over one store."""
    return InsightCases(
        ReadInsights(store, insights, fields), CountStatements(store, insights, fields)
    )
