"""Calls out of a file: good rows become drafts, bad rows are told, the same file twice changes
nothing."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from hashlib import sha256
from itertools import islice

from services.matcher.call_store import RequestKey
from services.matcher.domain.calls.life import rewritten
from services.matcher.domain.calls.stored import Change, StoredCall
from services.matcher.formats.call_files import read_calls
from services.matcher.formats.call_rows import CallRow
from services.matcher.service.calls.journal import record
from services.matcher.service.calls.keep_calls import Clock, draft, utc_now
from services.matcher.service.calls.publishers import Publishers
from services.matcher.store import MatcherStore, StoreTransaction
from shared.contracts.call_imports import CallFormat, CallImportReport, CallRowProblem
from shared.contracts.calls import CallContent, CallEvent, CallState, NewCall
from shared.contracts.principal import Principal
from shared.contracts.problems import FieldProblem
from shared.errors import ProblemError

_PORTION = 100
_MOST_PROBLEMS = 1000


class _Outcome(Enum):
    CREATED = auto()
    UPDATED = auto()
    UNCHANGED = auto()
    REJECTED = auto()


@dataclass(frozen=True)
class _Taken:
    outcome: _Outcome
    problems: tuple[CallRowProblem, ...] = ()
    change: Change | None = None


@dataclass(frozen=True)
class ImportCalls:
    """Rows are saved in portions, each a transaction: after a crash the file is sent again."""

    store: MatcherStore
    publishers: Publishers
    now: Clock = utc_now

    async def take(
        self, content: bytes, format: CallFormat | None, by: Principal, *, dry_run: bool
    ) -> CallImportReport:
        """Raises ProblemError("invalid_request") for a file that cannot be read at all."""
        try:
            rows = await asyncio.to_thread(lambda: list(read_calls(content, format)))
        except ValueError as error:
            problem = FieldProblem(
                field="body",
                problem="the file cannot be read as text",
                mend="send JSON Lines or CSV in UTF-8 or GB18030, plain or as gzip",
            )
            raise ProblemError("invalid_request", fields=[problem]) from error
        taken: list[_Taken] = []
        remaining = iter(rows)
        while portion := list(islice(remaining, _PORTION)):
            taken += await self._portion(portion, by, dry_run=dry_run)
        return _report(taken, dry_run=dry_run)

    async def _portion(
        self, rows: Sequence[CallRow], by: Principal, *, dry_run: bool
    ) -> list[_Taken]:
        async with self.store.transaction() as transaction:
            taken = [await self._row(transaction, row, by, dry_run=dry_run) for row in rows]
            if changes := [one.change for one in taken if one.change]:
                await record(transaction, changes, by)
            return taken

    async def _row(
        self, transaction: StoreTransaction, row: CallRow, by: Principal, *, dry_run: bool
    ) -> _Taken:
        if row.call is None:
            return _Taken(_Outcome.REJECTED, row.problems)
        try:
            publisher = await self.publishers.of(transaction, row.call.publisher, by)
        except ProblemError as error:
            if error.code != "not_found":
                raise
            return _rejected(row, "publisher", "is not known here", "name a stored organisation")
        key = _key(row.call, by)
        known = await _known(transaction, publisher, row.call.reference, key)
        if known is None:
            if dry_run:
                return _Taken(_Outcome.CREATED)
            call = draft(row.call, publisher, by, self.now())
            await transaction.calls.add(call, key)
            return _Taken(_Outcome.CREATED, change=Change(call, CallEvent.CREATED))
        return await self._again(transaction, row, known, dry_run=dry_run)

    async def _again(
        self,
        transaction: StoreTransaction,
        row: CallRow,
        known: StoredCall,
        *,
        dry_run: bool,
    ) -> _Taken:
        assert row.call
        names = CallContent.model_fields
        content = CallContent(**{name: getattr(row.call, name) for name in names})
        if content == known.content:
            return _Taken(_Outcome.UNCHANGED)
        if known.state is not CallState.DRAFT:
            problem = "is published already and differs from this row"
            return _rejected(row, "reference", problem, "change it by hand, or leave the row out")
        if dry_run:
            return _Taken(_Outcome.UPDATED)
        change = rewritten(known, content, self.now())
        await transaction.calls.save(change.call)
        return _Taken(_Outcome.UPDATED, change=change)


async def _known(
    transaction: StoreTransaction,
    publisher: str | None,
    reference: str | None,
    key: RequestKey | None,
) -> StoredCall | None:
    """By its reference; without one by its whole content."""
    if reference is not None:
        ids = await transaction.calls.by_reference(publisher, [reference])
        return await transaction.calls.lock(ids[-1]) if ids else None
    id = await transaction.calls.by_request(key) if key else None
    return await transaction.calls.lock(id) if id else None


def _key(call: NewCall, by: Principal) -> RequestKey | None:
    if call.reference is not None:
        return None
    digest = sha256(call.model_dump_json().encode()).digest()
    return RequestKey(by.subject, f"import:{digest.hex()}", digest)


def _rejected(row: CallRow, field: str, problem: str, mend: str) -> _Taken:
    told = CallRowProblem(
        line=row.line, reference=row.reference, field=field, problem=problem, mend=mend
    )
    return _Taken(_Outcome.REJECTED, (told,))


def _report(taken: Sequence[_Taken], *, dry_run: bool) -> CallImportReport:
    counts = Counter(one.outcome for one in taken)
    problems = [problem for one in taken for problem in one.problems]
    return CallImportReport(
        rows=len(taken),
        created=counts[_Outcome.CREATED],
        updated=counts[_Outcome.UPDATED],
        unchanged=counts[_Outcome.UNCHANGED],
        rejected=counts[_Outcome.REJECTED],
        dry_run=dry_run,
        problems=tuple(problems[:_MOST_PROBLEMS]),
    )
