"""What is decided on matches is learned from, too."""

from collections.abc import Mapping
from dataclasses import replace

from services.matcher.domain.learning.stored import NewRecord
from services.matcher.domain.matches.stored import StoredMatch
from services.matcher.domain.matches.suggesting import Evidence
from services.matcher.service.side_answers import add_record
from services.matcher.store import StoreTransaction
from shared.contracts.decisions import Reason, RecordKind, SuggestionSnapshot, Verdict
from shared.contracts.principal import Principal


async def keep_record(
    transaction: StoreTransaction,
    match: StoredMatch,
    kind: RecordKind,
    verdict: Verdict,
    by: Principal,
    *,
    organisation: str | None = None,
    reasons: tuple[Reason, ...] = (),
    text: str | None = None,
    now: Mapping[str, SuggestionSnapshot] | None = None,
) -> int:
    """The record's id. `organisation` is who answers; else in whose list the other stood. `now` is
    what the suggestion is at this moment, where nothing that teaches was kept: it is kept, too.
    """
    evidence = await transaction.matches.evidence(match.id)
    if now:
        evidence = replace(evidence, snapshots={**evidence.snapshots, **now})
        await transaction.matches.put_evidence([(match.id, evidence)])
    side = organisation or _asker(match, evidence)
    record = NewRecord(
        kind=kind,
        organisation=side,
        partner=match.pair.other_than(side),
        verdict=verdict,
        reasons=reasons,
        text=text,
        said_by=by.subject,
        request_key=None,
        snapshot=evidence.snapshots.get(side),
    )
    await transaction.records.claim(record.slot)
    return (await add_record(transaction, record)).id


def _asker(match: StoredMatch, evidence: Evidence) -> str:
    return next((id for id in match.pair if id in evidence.snapshots), match.pair.first)
