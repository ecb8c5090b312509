"""What a job's last stage rests on besides the findings."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from services.matcher.domain.pairs import Pair
from services.matcher.domain.rematch.findings import Findings
from services.matcher.domain.rematch.sharing import Circle
from services.matcher.domain.rematch.stored import (
    Covered,
    EarlierRun,
    StandingPlace,
    StoredJob,
)
from services.matcher.domain.restrictions import Codes
from services.matcher.service.constraints import stale_before
from services.matcher.store import StoreTransaction


@dataclass(frozen=True)
class Ground:
    """Read in one transaction."""

    circle: Circle
    barred: Mapping[Pair, Codes]
    barred_alone: Mapping[str, Codes]
    standing: Sequence[StandingPlace]
    covered: Mapping[str, Covered]
    runs: Mapping[int, EarlierRun]
    now: EarlierRun
    rules: str

    @property
    def gone(self) -> list[str]:
        """Organisations with a list that are not active any more."""
        return [one for one in self.covered if one not in self.circle.versions]

    def earlier(self) -> dict[str, EarlierRun]:
        """By organisation: the run that its standing list is from."""
        return {id: self.runs[one.run] for id, one in self.covered.items() if one.run in self.runs}

    def unchanged(self, findings: Sequence[Findings]) -> frozenset[str]:
        """Organisations whose grounds are those of their standing list."""
        now = {**self.circle.versions, **{one.organisation: one.version for one in findings}}
        earlier = self.earlier()
        return frozenset(
            id
            for id, one in self.covered.items()
            if now.get(id) == one.version
            and id in earlier
            and (earlier[id].basis, earlier[id].ranking) == (self.now.basis, self.now.ranking)
        )


async def read_ground(
    transaction: StoreTransaction,
    stored: StoredJob,
    today: date,
    stale_months: int,
    declined_since: datetime,
) -> Ground:
    """As it is now, for the job's own model, statistics, weights and options."""
    covers, results = transaction.rematch.covers, transaction.rematch.results
    out = await transaction.barred.unavailable(stale_before=stale_before(today, stale_months))
    barred = _both(await covers.apart(today), await transaction.declined.apart(declined_since))
    covered = await results.covered()
    runs = await results.earlier(sorted({one.run for one in covered.values()}))
    return Ground(
        circle=Circle(
            versions=await covers.versions(),
            introductions=await covers.capacities(),
            apart=frozenset(barred),
            out=frozenset(out),
        ),
        barred=barred,
        barred_alone=out,
        standing=await results.standing(),
        covered=covered,
        runs=runs,
        now=_now(stored),
        rules=await covers.rules(today),
    )


def _both(said: Mapping[Pair, Codes], declined: Mapping[Pair, Codes]) -> dict[Pair, Codes]:
    pairs = sorted({*said, *declined})
    return {one: said.get(one, frozenset()) | declined.get(one, frozenset()) for one in pairs}


def _now(stored: StoredJob) -> EarlierRun:
    basis = asdict(stored.basis)
    options = stored.job.options.model_dump(mode="json")
    return EarlierRun(
        (basis["model"], basis["statistics_version"]),
        stored.basis.ranking,
        {**options, "computation": stored.job.computation.value},
    )
