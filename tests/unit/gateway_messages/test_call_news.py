"""Messages of a call say which call and whom they are about."""

from datetime import UTC, datetime

import pytest

from services.gateway.messages.call_news import CallNames, call_news, is_told
from services.gateway.messages.rendering import text_of, title_of
from shared.contracts.calls import CallChanged, CallEvent, CallState
from shared.contracts.messages import About, MessageKind
from shared.contracts.organisation import Names

_NAMES = CallNames("Rebuild the grotto", {"pub": Names(en="Museum"), "lab": Names(zh="光学所")})


def _event(change: CallEvent, publisher: str | None = "pub") -> CallChanged:
    return CallChanged(
        event_id="e",
        call_id="1" * 32,
        version=2,
        state=CallState.OPEN,
        change=change,
        publisher=publisher,
        organisations=("lab",),
        occurred_at=datetime(2026, 11, 1, tzinfo=UTC),
        request_id="r",
    )


def test_an_invitation_names_the_call_and_its_publisher() -> None:
    (note,) = call_news(_event(CallEvent.SEAT_INVITED), _NAMES).notes
    assert note.recipient == "organisation:lab"
    said = title_of(note.kind, note.about, "en") + text_of(note.kind, note.about, "en")
    assert "Rebuild the grotto" in said
    assert "Museum" in said


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (CallEvent.SEAT_ACCEPTED, MessageKind.CALL_ANSWERED),
        (CallEvent.SEAT_EXPIRED, MessageKind.CALL_LAPSED),
        (CallEvent.SEAT_SUGGESTED, MessageKind.CALL_REPLACEMENT),
    ],
)
def test_the_publisher_hears_which_organisation(change: CallEvent, kind: MessageKind) -> None:
    (note,) = call_news(_event(change), _NAMES).notes
    assert (note.recipient, note.kind) == ("organisation:pub", kind)
    assert "光学所" in title_of(kind, note.about, "zh")
    (note,) = call_news(_event(change, publisher=None), _NAMES).notes
    assert note.recipient == "role:coordinator"


def test_a_wish_of_the_publisher_is_for_coordinators_to_invite() -> None:
    (note,) = call_news(_event(CallEvent.SEAT_REQUESTED), _NAMES).notes
    assert (note.recipient, note.kind) == ("role:coordinator", MessageKind.CALL_WANTED)


def test_a_call_that_is_gone_is_told_without_its_title() -> None:
    about = About(call_id="1" * 32)
    assert title_of(MessageKind.CALL_CANCELLED, about, "en") == "Cancelled: a call"
    assert "平台" in text_of(MessageKind.CALL_INVITED, about, "zh")


def test_what_nobody_is_told_of_needs_no_names() -> None:
    assert not is_told(_event(CallEvent.CREATED))
    assert is_told(_event(CallEvent.SEAT_INVITED))
