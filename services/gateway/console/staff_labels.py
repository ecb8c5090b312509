"""Names of coded values that only staff reads."""

from collections.abc import Mapping

from services.gateway.console.translation import sentence

STAFF_LABELS: Mapping[str, Mapping[str, str]] = {
    "match_flag": {
        "policy_hold": sentence("Policy hold"),
        "at_capacity": sentence("At capacity"),
        "stale_profile": sentence("Stale profile"),
        "conflict_of_interest": sentence("Conflict of interest"),
        "already_partners": sentence("Partners already"),
        "never_again": sentence("Never again"),
        "suggested_again": sentence("Suggested again"),
        "disagreement": sentence("Reviewers disagree"),
    },
    "judged_ranking": {
        "live": sentence("Live when it was judged"),
        "learned": sentence("Learned"),
    },
    "pair_constraint": {
        "never_again": sentence("Never again"),
        "conflict_of_interest": sentence("Conflict of interest"),
        "already_partners": sentence("Partners already"),
    },
    "match_origin": {
        "run": sentence("Suggested by the platform"),
        "member": sentence("Asked for by a member"),
        "coordinator": sentence("Proposed by a coordinator"),
    },
    "match_sort": {
        "score": sentence("Best score first"),
        "updated": sentence("Last changed first"),
        "waiting": sentence("Longest waiting first"),
        "created": sentence("Newest first"),
        "due": sentence("Due soonest first"),
    },
    "decision": {
        "review": sentence("Take up"),
        "hold": sentence("Put on hold"),
        "approve": sentence("Approve"),
        "reject": sentence("Reject"),
        "ask": sentence("Ask both sides now"),
        "introduce": sentence("Introduce now"),
    },
    "criterion": {
        "fit": sentence("Fit: what one can do answers what the other needs"),
        "strength": sentence("Strength: the capabilities are shown, not only claimed"),
        "feasibility": sentence("Feasibility: time, money, place and people allow a beginning"),
        "benefit": sentence("Benefit: for both, and beyond"),
    },
    "agreement": {
        "not_asked": sentence("One coordinator decides"),
        "incomplete": sentence("A review is missing"),
        "for": sentence("Reviewers are for it"),
        "against": sentence("Reviewers are against it"),
        "split": sentence("Reviewers disagree"),
    },
    "again": {
        "profile_changed": sentence("a profile has changed"),
        "time_passed": sentence("time has passed"),
        "requested": sentence("it was asked for"),
        "returned": sentence("an organisation has come back"),
    },
    "basis": {
        "needs": sentence("stated needs"),
        "related_work": sentence("related work: no needs are stated"),
    },
    "status": {
        "active": sentence("Active"),
        "withdrawn": sentence("Withdrawn"),
        "erased": sentence("Erased"),
    },
    "found_by": {
        "pattern": sentence("by its words"),
        "embedding": sentence("by its likeness to an example"),
    },
    "flag_action": {
        "raised": sentence("raised"),
        "appealed": sentence("the member appealed"),
        "cleared": sentence("cleared"),
        "upheld": sentence("upheld"),
        "gone": sentence("the statement was changed or removed"),
        "reopened": sentence("opened again"),
    },
    "tampering": {
        "edited": sentence("edited"),
        "missing": sentence("missing"),
        "broken_link": sentence("does not follow on the entry before"),
        "replaced": sentence("written anew"),
    },
    "feature": {
        "statements": sentence("Statements answer each other"),
        "profile_words": sentence("Words of the whole profiles"),
        "named": sentence("The name is mentioned"),
        "named_by": sentence("Mentioned by the other"),
        "single_statement": sentence("Only one statement speaks for it"),
        "related_work": sentence("Related work"),
        "same_country": sentence("Same country"),
        "same_province": sentence("Same province"),
        "same_city": sentence("Same city"),
        "hub": sentence("Near to everything"),
        "field_overlap": sentence("Same fields"),
        "complementary_fields": sentence("Fields that go together"),
        "readiness_gap": sentence("Distance in readiness"),
        "past_collaboration": sentence("Worked together before"),
        "common_partners": sentence("Common partners"),
        "recency": sentence("Profile is fresh"),
        "activity": sentence("Activity"),
        "popularity": sentence("Well known"),
    },
}
