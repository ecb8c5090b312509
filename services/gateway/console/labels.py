"""Names of roles, kinds and other coded values, as people read them.

`label(family, value)` in templates. Areas add their families to `FAMILIES`.
"""

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from services.gateway.console.call_labels import CALL_LABELS
from services.gateway.console.job_labels import JOB_LABELS
from services.gateway.console.staff_labels import STAFF_LABELS
from services.gateway.console.translation import Translator, sentence

FAMILIES: Mapping[str, Mapping[str, str]] = {
    **CALL_LABELS,
    **JOB_LABELS,
    "role": {
        "member": sentence("Member"),
        "coordinator": sentence("Coordinator"),
        "operator": sentence("Operator"),
        "batch": sentence("Batch job"),
        "service": sentence("Service"),
    },
    "kind": {
        "institution": sentence("Institution"),
        "enterprise": sentence("Enterprise"),
        "other": sentence("Other"),
    },
    "side": {"need": sentence("Need"), "capability": sentence("Capability")},
    "visibility": {
        "members": sentence("All members"),
        "confidential": sentence("Only we and the coordinators"),
    },
    "necessity": {
        "must_have": sentence("Must have"),
        "nice_to_have": sentence("Nice to have"),
    },
    "facet": {
        "materials": sentence("Materials"),
        "methods": sentence("Methods"),
        "effect": sentence("Effect"),
        "product": sentence("Product"),
        "application": sentence("Application"),
    },
    "part": {
        "capabilities": sentence("Capability"),
        "needs": sentence("Need"),
        "names": sentence("Names"),
        "contacts": sentence("Contacts"),
        "fields": sentence("Fields"),
    },
    "category": {
        "matches": sentence("Introductions"),
        "calls": sentence("Calls"),
        "reminders": sentence("Reminders"),
        "alerts": sentence("Saved searches"),
        "platform": sentence("Platform"),
    },
    "delivery": {
        "at_once": sentence("At once"),
        "digest": sentence("In the digest"),
        "off": sentence("Not by e-mail"),
    },
    "pace": {"daily": sentence("Every day"), "weekly": sentence("On Mondays")},
    "reason": {
        "too_early": sentence("Too early"),
        "out_of_scope": sentence("Out of scope"),
        "need_unclear": sentence("The need is unclear"),
        "capability_overstated": sentence("The capability is overstated"),
        "capacity": sentence("No capacity"),
        "conflict_of_interest": sentence("Conflict of interest"),
        "already_partners": sentence("Partners already"),
        "policy": sentence("Policy"),
        "other": sentence("Another reason"),
    },
    "match_state": {
        "suggested": sentence("Suggested"),
        "in_review": sentence("In review"),
        "on_hold": sentence("On hold"),
        "approved": sentence("Approved"),
        "rejected": sentence("Rejected"),
        "asked": sentence("Both sides asked"),
        "introduced": sentence("Introduced"),
        "collaborating": sentence("Working together"),
        "closed": sentence("Closed"),
        "withdrawn": sentence("Withdrawn"),
    },
    "match_change": {
        "suggested": sentence("suggested"),
        "suggested_again": sentence("suggested again"),
        "refreshed": sentence("computed again"),
        "requested": sentence("an introduction was asked for"),
        "taken_up": sentence("taken up by a coordinator"),
        "held": sentence("put on hold"),
        "approved": sentence("approved"),
        "rejected": sentence("rejected"),
        "undone": sentence("a decision was taken back"),
        "assigned": sentence("assigned"),
        "commented": sentence("commented"),
        "scored": sentence("scored"),
        "asked": sentence("both sides were asked"),
        "nudged": sentence("reminded"),
        "answered": sentence("answered"),
        "declined": sentence("declined"),
        "expired": sentence("ended without an answer"),
        "waiting": sentence("waits for capacity"),
        "introduced": sentence("introduced"),
        "collaborating": sentence("works together"),
        "closed": sentence("closed"),
        "withdrawn": sentence("withdrawn"),
    },
    "answer": {
        "pending": sentence("no answer yet"),
        "interested": sentence("interested"),
        "declined": sentence("declined"),
    },
    "outcome": {
        "declined": sentence("Declined"),
        "expired": sentence("No answer came"),
        "succeeded": sentence("We have worked together"),
        "no_agreement": sentence("Talked, without an agreement"),
        "unreachable": sentence("The other side could not be reached"),
        "other": sentence("Something else"),
    },
    "severity": {
        "note": sentence("note"),
        "hold": sentence("held until a coordinator has looked"),
        "block": sentence("not shown to others until changed"),
    },
    "flag_state": {
        "open": sentence("Not decided yet"),
        "appealed": sentence("Appealed"),
        "cleared": sentence("Cleared"),
        "upheld": sentence("Upheld"),
        "gone": sentence("Gone"),
    },
    "event_type": {
        "match.changed": sentence("A match has changed"),
        "call.changed": sentence("A call has changed"),
        "organisation.changed": sentence("An organisation has changed"),
        "message.created": sentence("A message has come"),
        "webhook.test": sentence("Test"),
    },
    "delivery_state": {
        "pending": sentence("on its way"),
        "delivered": sentence("delivered"),
        "failed": sentence("given up"),
    },
    "delivery_problem": {
        "status": sentence("answered with an error"),
        "timeout": sentence("no answer in time"),
        "connection": sentence("no connection"),
        "tls": sentence("certificate not accepted"),
        "refused_address": sentence("not a public address"),
    },
    "introduction_tab": {
        "asked": sentence("To answer"),
        "introduced": sentence("Introduced"),
        "requested": sentence("Asked for by us"),
        "finished": sentence("Finished"),
    },
    **STAFF_LABELS,
    "language": {"zh": sentence("Chinese"), "en": sentence("English")},
}


def label(translator: Translator, family: str, value: object) -> Markup:
    """The name of a coded value; the code itself, readable, where it has none."""
    code = str(value)
    known = FAMILIES.get(family, {}).get(code)
    return translator(known) if known else translator("{code}", code=code.replace("_", " "))


def options(
    translator: Translator, family: str, values: Iterable[object]
) -> list[tuple[str, Markup]]:
    """Coded values with their names, for `ui.choice`."""
    return [(str(value), label(translator, family, value)) for value in values]
