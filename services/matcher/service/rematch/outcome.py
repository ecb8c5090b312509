"""What a run has come to: figures, versions and changes."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.matcher.domain.pairs import Pair
from services.matcher.domain.rematch.changes import Circumstances, changes_between, churn
from services.matcher.domain.rematch.findings import Findings
from services.matcher.domain.rematch.lists import digest_of, pairs_of, versions_digest
from services.matcher.domain.rematch.sharing import Shared
from services.matcher.domain.rematch.stored import StandingPlace, StoredJob
from services.matcher.service.rematch.ground import Ground
from shared.contracts.rematch import PairChange, RematchChange, RematchFigures, RunVersions


@dataclass(frozen=True)
class Outcome:
    """All that is written."""

    places: tuple[StandingPlace, ...]
    changes: list[RematchChange]
    figures: RematchFigures
    versions: RunVersions
    digest: str
    elsewhere: frozenset[Pair]
    """Pairs that stand in lists that were not looked at."""


def outcome_of(
    stored: StoredJob, ground: Ground, findings: Sequence[Findings], shared: Shared
) -> Outcome:
    """Pure. What is compared are the lists that the job has looked at, or whose owners are gone."""
    looked_at = {one.organisation for one in findings}
    redone = looked_at.union(ground.gone)
    before = [one for one in ground.standing if one.organisation in redone]
    elsewhere = [one for one in ground.standing if one.organisation not in redone]
    was, now = pairs_of([*before, *elsewhere]), pairs_of([*shared.places, *elsewhere])
    changes = changes_between(was, now, _circumstances(ground, findings))
    return Outcome(
        places=shared.places,
        changes=changes,
        figures=_figures(shared, changes, churn(pairs_of(before), now)),
        versions=_versions(stored, ground, findings),
        digest=digest_of(shared.places),
        elsewhere=frozenset(pairs_of(elsewhere)),
    )


def _circumstances(ground: Ground, findings: Sequence[Findings]) -> Circumstances:
    computed = {one.organisation: one.version for one in findings}
    return Circumstances(
        versions_before={id: one.version for id, one in ground.covered.items()},
        versions={**ground.circle.versions, **computed},
        earlier=ground.earlier(),
        now=ground.now,
        barred=ground.barred,
        barred_alone=ground.barred_alone,
    )


def _figures(
    shared: Shared, changes: Sequence[RematchChange], churned: float | None
) -> RematchFigures:
    report, pairs = shared.report, len(pairs_of(shared.places))
    counts = {kind: sum(one.change is kind for one in changes) for kind in PairChange}
    return RematchFigures(
        pairs=pairs,
        places=len(shared.places),
        coverage=report.coverage,
        reachable=report.coverage_possible,
        gini=report.exposure.gini,
        most_exposed=report.exposure.most,
        top_percent=report.exposure.top_percent,
        expected_acceptances=report.expected,
        ndcg_loss=report.ndcg_loss,
        must_haves_met=report.must_haves_met,
        churn=churned,
        new=counts[PairChange.NEW],
        gone=counts[PairChange.GONE],
        moved=counts[PairChange.MOVED],
        kept=max(pairs - counts[PairChange.NEW] - counts[PairChange.MOVED], 0),
    )


def _versions(stored: StoredJob, ground: Ground, findings: Sequence[Findings]) -> RunVersions:
    computed = {one.organisation: one.version for one in findings}
    return RunVersions(
        profiles=versions_digest({**ground.circle.versions, **computed}),
        model=stored.basis.model,
        statistics_version=stored.basis.statistics_version,
        ranking=stored.basis.ranking,
        rules=ground.rules,
        program=stored.basis.program,
    )
