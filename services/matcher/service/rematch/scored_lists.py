"""A scored list as what a partition stages: places are given by scores, matches get the rest."""

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter

from services.matcher.domain.constants import MET
from services.matcher.domain.matches.suggesting import Evidence
from services.matcher.domain.rematch.findings import Evidence as EvidenceJson
from services.matcher.domain.rematch.findings import (
    Findings,
    FoundPartner,
    evidence_to_bytes,
    to_bytes,
)
from services.matcher.domain.rematch.stored import Staged
from services.matcher.domain.scoring import ScoredDirection
from services.matcher.domain.statements import MatchedOrganisation
from services.matcher.domain.stored import IndexState
from services.matcher.service.matches.evidence import suggested_pair
from services.matcher.service.scored_partner import ScoredPartner
from services.matcher.service.suggestion_snapshot import ListPlace, snapshot_of_place
from shared.contracts.organisation import Necessity, Side

_EVIDENCE = TypeAdapter(Evidence)
_MOST_MUST_HAVES = 62


@dataclass(frozen=True)
class ScoredList:
    """One organisation's candidates, with scores and answers, best first."""

    asker: MatchedOrganisation
    scored: tuple[ScoredPartner, ...]
    evidence: dict[str, EvidenceJson]
    """By partner."""

    @classmethod
    def of(
        cls,
        asker: MatchedOrganisation,
        scored: Sequence[ScoredPartner],
        ranking: str,
        state: IndexState,
    ) -> "ScoredList":
        """Evidence is made at once, for what it is made of takes much more memory."""
        evidence = {}
        for rank, one in enumerate(scored, 1):
            place = ListPlace(asker.version, rank, ranking, state)
            pair = suggested_pair(asker, one, snapshot_of_place(one, place))
            evidence[one.partner.id] = _EVIDENCE.dump_python(
                pair.evidence, mode="json", exclude_defaults=True
            )
        return cls(asker, tuple(scored), evidence)

    def findings(self) -> Findings:
        """What places are given by."""
        wanted = must_haves_of(self.asker)
        return Findings(
            self.asker.id,
            self.asker.version,
            tuple(
                FoundPartner(one.partner.id, chance(one.score), _met(one.receives, wanted))
                for one in self.scored
            ),
            len(wanted),
        )


def staged(lists: Sequence[ScoredList], without: Sequence[Findings] = ()) -> Staged:
    """With those that have no list; blocking."""
    findings = [*(one.findings() for one in lists), *without]
    findings.sort(key=lambda one: one.organisation)
    return Staged(to_bytes(findings), evidence_to_bytes({o.asker.id: o.evidence for o in lists}))


def best_of(scored: Sequence[ScoredPartner], limit: int) -> list[ScoredPartner]:
    """By the score that is shown, ties by id."""
    return sorted(scored, key=lambda one: (-chance(one.score), one.partner.id))[:limit]


def chance(score: float) -> float:
    """Rounded: the last digits depend on who has computed it together with what."""
    return round(min(max(score, 0.0), 1.0), 6)


def must_haves_of(organisation: MatchedOrganisation) -> list[str]:
    """Statement ids, in the order of the profile."""
    needs = organisation.side(Side.NEED)
    found = [one.key.statement for one in needs if one.necessity is Necessity.MUST_HAVE]
    return found[:_MOST_MUST_HAVES]


def _met(receives: ScoredDirection, wanted: Sequence[str]) -> int:
    met = {one.asking.key.statement for one in receives.answers if one.score >= MET}
    return sum(1 << place for place, id in enumerate(wanted) if id in met)
