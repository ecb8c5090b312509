"""Error codes of policy screening."""

from shared.problems.entry import Entry

SCREENING: dict[str, Entry] = {
    "flag_cannot_change": Entry(
        409,
        "The policy flag cannot be changed so",
        "该合规提示不能这样处理",
        "This is not possible now: {reason}.",
        "目前不能这样操作:{reason}。",
    ),
}
