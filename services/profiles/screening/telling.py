"""Flags, findings and rules as they are told to a reader."""

from collections.abc import Sequence
from datetime import datetime

from services.profiles.domain.flags import Flag, statement_digest, statements_of
from services.profiles.domain.stored import OrganisationState
from shared.audit_chain import Entry
from shared.contracts.organisation import Names
from shared.contracts.principal import Principal
from shared.contracts.screening import (
    Bilingual,
    Finding,
    FlagEvent,
    FlagState,
    PolicyFlag,
    Span,
)
from shared.screening.find import Match
from shared.screening.rules import RuleBook

_RETIRED = Bilingual(zh="该规则已停用", en="This rule is no longer in force")


def told_flag(
    flag: Flag,
    book: RuleBook,
    reader: Principal,
    names: Names | None = None,
    text: str | None = None,
    history: Sequence[Entry] = (),
) -> PolicyFlag:
    """A flag for its organisation's members, or for staff."""
    rule, found = book.rule(flag.found.rule), flag.found
    return PolicyFlag(
        id=flag.id,
        version=flag.version,
        organisation=flag.organisation,
        names=names,
        statement=found.statement,
        side=found.side,
        text=text,
        spans=tuple(Span(start=start, end=end) for start, end in found.spans),
        rule=found.rule,
        severity=found.severity,
        title=rule.told.title if rule else _RETIRED,
        explanation=rule.told.explanation if rule else _RETIRED,
        what_to_change=rule.told.what_to_change if rule else _RETIRED,
        sources=rule.told.sources if rule else (),
        found_by=found.by,
        similarity=found.similarity if reader.sees_everything else None,
        state=flag.state,
        held=flag.holds,
        raised_at=flag.raised_at,
        changed_at=flag.changed_at,
        appeal=flag.appeal,
        appealed_at=flag.appealed_at,
        reason=flag.reason,
        decided_at=flag.decided_at,
        history=tuple(told_event(entry, reader) for entry in history),
    )


def told_event(entry: Entry, reader: Principal) -> FlagEvent:
    """An entry of the audit trail; who it was is for staff."""
    said = entry.content
    return FlagEvent.model_validate(
        {
            "number": entry.number,
            "flag": said["flag"],
            "organisation": said["organisation"],
            "action": said["action"],
            "state": FlagState(str(said["state"])),
            "by": said["by"] if reader.sees_everything else None,
            "at": datetime.fromisoformat(str(said["at"])),
        }
    )


def told_finding(match: Match) -> Finding:
    """What a text that is not stored runs into."""
    told = match.rule.told
    return Finding(
        rule=told.id,
        severity=told.severity,
        title=told.title,
        explanation=told.explanation,
        what_to_change=told.what_to_change,
        spans=tuple(Span(start=start, end=end) for start, end in match.spans),
    )


def flagged_text(flag: Flag, state: OrganisationState | None) -> str | None:
    """The statement's, while it is the one that was screened."""
    if state is None or state.profile is None:
        return None
    for _, statement in statements_of(state.profile):
        if statement.id == flag.found.statement:
            same = statement_digest(statement) == flag.found.digest
            return statement.text if same else None
    return None
