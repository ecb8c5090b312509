"""Names of what is coded in calls, seats and insights."""

from services.gateway.console.translation import sentence

CALL_LABELS: dict[str, dict[str, str]] = {
    "call_state": {
        "draft": sentence("Draft"),
        "open": sentence("Open"),
        "closed": sentence("Closed with a team"),
        "cancelled": sentence("Cancelled"),
    },
    "call_kind": {
        "challenge": sentence("Challenge"),
        "use_case": sentence("Use case"),
    },
    "seat_state": {
        "suggested": sentence("Suggested"),
        "requested": sentence("Waits for a coordinator"),
        "invited": sentence("Invited"),
        "accepted": sentence("Accepted"),
        "declined": sentence("Declined"),
        "expired": sentence("No answer"),
        "released": sentence("Released"),
    },
    "audience": {
        "members": sentence("All members"),
        "invited": sentence("Only who is invited"),
    },
    "replacing": {
        "suggest": sentence("Name the next best; somebody confirms"),
        "automatic": sentence("Invite the next best at once"),
    },
    "gap": {
        "nobody": sentence("nobody can"),
        "conflict": sentence("conflict with a member"),
        "no_seat": sentence("no seat left"),
        "not_worth_a_seat": sentence("not worth a seat"),
    },
    "seat_reason": {
        "too_early": sentence("Too early"),
        "out_of_scope": sentence("Out of scope"),
        "need_unclear": sentence("It is not clear what is asked for"),
        "capability_overstated": sentence("We cannot do that"),
        "capacity": sentence("No capacity at present"),
        "conflict_of_interest": sentence("Conflict of interest"),
        "already_partners": sentence("We are partners already"),
        "policy": sentence("Not allowed to us"),
        "other": sentence("Something else"),
    },
    "edge_state": {
        "stated": sentence("Stated collaboration"),
        "suggested": sentence("Suggested"),
        "in_review": sentence("In review"),
        "on_hold": sentence("On hold"),
        "approved": sentence("Approved"),
        "rejected": sentence("Rejected"),
        "asked": sentence("Both asked"),
        "introduced": sentence("Introduced"),
        "collaborating": sentence("Working together"),
        "closed": sentence("Closed"),
        "withdrawn": sentence("Withdrawn"),
    },
    "stage": {
        "suggested": sentence("Suggested"),
        "decided": sentence("Decided"),
        "asked": sentence("Both asked"),
        "answered": sentence("Both answered"),
        "agreed": sentence("Both interested"),
        "introduced": sentence("Introduced"),
        "collaborating": sentence("Working together"),
    },
    "exit": {
        "rejected": sentence("Rejected"),
        "withdrawn": sentence("Withdrawn"),
        "declined": sentence("Declined"),
        "expired": sentence("No answer"),
        "succeeded": sentence("Ended after working together"),
        "no_agreement": sentence("Came to nothing"),
        "unreachable": sentence("One did not answer the other"),
        "other": sentence("Something else"),
        "closed": sentence("Closed"),
    },
    "step": {
        "decision": sentence("Suggestion to decision"),
        "answers": sentence("Asking to both answers"),
        "introduction": sentence("Both interested to introduction"),
        "collaboration": sentence("Introduction to working together"),
    },
}
SEAT_TONES = {
    "suggested": "plain",
    "requested": "warn",
    "invited": "accent",
    "accepted": "good",
    "declined": "bad",
    "expired": "bad",
    "released": "plain",
}
CALL_TONES = {"draft": "plain", "open": "accent", "closed": "good", "cancelled": "bad"}
