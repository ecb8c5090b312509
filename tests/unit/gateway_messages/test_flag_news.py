"""Holds and decisions are told to the organisation, appeals to coordinators."""

from datetime import UTC, datetime

import pytest

from services.gateway.messages.flag_news import flag_news
from services.gateway.messages.rendering import path_of
from shared.contracts.messages import MessageKind
from shared.contracts.screening import FlagState, PolicyFlagChanged, Severity


def event(state: FlagState, severity: Severity = Severity.HOLD) -> PolicyFlagChanged:
    return PolicyFlagChanged(
        event_id="e",
        flag_id="pf-0123456789abcdef",
        version=2,
        organisation_id="acme",
        severity=severity,
        state=state,
        occurred_at=datetime(2026, 11, 24, tzinfo=UTC),
        request_id="r",
    )


@pytest.mark.parametrize(
    ("state", "recipient", "kind", "place"),
    [
        (FlagState.OPEN, "organisation:acme", MessageKind.POLICY_HELD, "policy"),
        (FlagState.CLEARED, "organisation:acme", MessageKind.POLICY_CLEARED, "policy"),
        (FlagState.UPHELD, "organisation:acme", MessageKind.POLICY_UPHELD, "policy"),
        (FlagState.APPEALED, "role:coordinator", MessageKind.POLICY_APPEALED, "policy-flags"),
    ],
)
def test_who_is_told_what(state: FlagState, recipient: str, kind: MessageKind, place: str) -> None:
    (note,) = flag_news(event(state)).notes
    assert (note.recipient, note.kind) == (recipient, kind)
    assert path_of(note.kind, note.about) == f"/console/{place}/pf-0123456789abcdef"


def test_a_note_and_what_is_gone_are_told_to_nobody() -> None:
    assert flag_news(event(FlagState.OPEN, Severity.NOTE)).notes == ()
    assert flag_news(event(FlagState.GONE)).notes == ()
