"""Who is told what of policy screening. Pure."""

from services.gateway.messages.notes import News, Note
from services.gateway.messages.owners import COORDINATORS, of_organisation
from shared.contracts.messages import About, MessageKind
from shared.contracts.screening import HOLDING, FlagState, PolicyFlagChanged

_TO_MEMBERS = {
    FlagState.OPEN: MessageKind.POLICY_HELD,
    FlagState.CLEARED: MessageKind.POLICY_CLEARED,
    FlagState.UPHELD: MessageKind.POLICY_UPHELD,
}


def flag_news(event: PolicyFlagChanged) -> News:
    """Holds and decisions to the organisation, appeals to coordinators; notes to nobody."""
    if event.severity not in HOLDING:
        return News()
    if event.state is FlagState.APPEALED:
        return News(notes=(_note(event, COORDINATORS, MessageKind.POLICY_APPEALED),))
    if kind := _TO_MEMBERS.get(event.state):
        return News(notes=(_note(event, of_organisation(event.organisation_id), kind),))
    return News()


def _note(event: PolicyFlagChanged, recipient: str, kind: MessageKind) -> Note:
    dedup = f"flag:{event.flag_id}:{event.version}:{kind.value}"
    return Note(recipient, kind, dedup, About(flag_id=event.flag_id))
