"""Names of coded values of rematch jobs."""

from collections.abc import Mapping

from services.gateway.console.translation import sentence

JOB_LABELS: Mapping[str, Mapping[str, str]] = {
    "job_state": {
        "queued": sentence("Waiting for a worker"),
        "running": sentence("Computing"),
        "finishing": sentence("Sharing out"),
        "done": sentence("Done"),
        "failed": sentence("Failed"),
        "cancelled": sentence("Cancelled"),
    },
    "pair_change": {
        "new": sentence("New"),
        "gone": sentence("No longer suggested"),
        "moved": sentence("In another place"),
    },
    "change_cause": {
        "rule": sentence("A rule or the job's options"),
        "profile_changed": sentence("A profile changed"),
        "model_changed": sentence("The model or its statistics changed"),
        "learned_weights": sentence("Learned weights changed"),
        "capacity": sentence("Someone is full, or a place was taken or freed"),
    },
    "computation": {
        "auto": sentence("By size"),
        "exact": sentence("Exact: everyone with everyone"),
        "ann": sentence("By the index of suggestions"),
    },
    "sharing": {
        "flow": sentence("Minimum-cost flow"),
        "top_k": sentence("Everyone's best"),
        "transport": sentence("Optimal transport"),
        "transferable_utility": sentence("Transferable utility"),
    },
    "priority": {
        "high": sentence("High"),
        "normal": sentence("Normal"),
        "low": sentence("Low"),
    },
    "firing": {
        "started": sentence("Started a job"),
        "skipped": sentence("Skipped"),
    },
}
