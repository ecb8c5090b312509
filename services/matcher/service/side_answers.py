"""What one side says of the other decides whether the two stay in each other's lists."""

from services.matcher.domain.learning.stored import NewRecord
from services.matcher.store import StoreTransaction
from shared.contracts.decisions import PairRecord, RecordKind, Verdict


async def add_record(transaction: StoreTransaction, record: NewRecord) -> PairRecord:
    """Keep it, its slot being claimed; a no keeps the two apart from the next list on, whatever
    else is answered brings them together again."""
    if record.kind is RecordKind.RESPONSE:
        if record.verdict is Verdict.DECLINED:
            await transaction.declined.put(
                record.organisation, record.partner, record.reasons, record.text
            )
        else:
            await transaction.declined.remove(record.organisation, record.partner)
    return await transaction.records.add(record)
