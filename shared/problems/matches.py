"""Error codes of matches, decisions and introductions."""

from shared.problems.entry import Entry

MATCHES: dict[str, Entry] = {
    "match_state": Entry(
        409,
        "Not from here",
        "当前状态不允许",
        "The match is {state}; {action} is not possible from there.",
        "该匹配当前状态为 {state},不能执行 {action}。",
    ),
    "match_blocked": Entry(
        409,
        "Something keeps the two apart",
        "两家机构暂不能对接",
        "These two cannot be brought together at present: {codes}.",
        "目前不能促成这两家机构对接:{codes}。",
    ),
    "match_not_open": Entry(
        409,
        "Not at present",
        "目前无法引荐",
        "An introduction to {other!r} cannot be asked for at present.",
        "目前无法申请与 {other!r} 的引荐。",
    ),
    "too_many_requests_open": Entry(
        409,
        "Too many at once",
        "待审申请过多",
        "Your organisation has asked for {most} introductions that are still being reviewed; wait "
        "for some of them, or take one back.",
        "贵机构已有 {most} 项引荐申请正在审核;请等待审核结果,或撤回其中一项。",
    ),
    "match_turned_down": Entry(
        409,
        "Turned down not long ago",
        "近期已被婉拒",
        "This pair was {how}; it may be taken up again from {again_from}, or once what one of the "
        "two states has changed.",
        "这一组合此前的结果为 {how};自 {again_from} 起,或任一方更新其能力与需求后,可再次提出。",
    ),
    "review_incomplete": Entry(
        409,
        "The reviewers have not agreed",
        "评审尚未达成一致",
        "Approval needs {reviewers} reviewers who agree; so far: {agreement}.",
        "批准需要 {reviewers} 位评审意见一致;目前:{agreement}。",
    ),
    "undo_too_late": Entry(
        409,
        "Too late to undo",
        "已过撤销期限",
        "There is no decision on this match that can still be undone.",
        "该匹配没有仍可撤销的决定。",
    ),
    "contacts_closed": Entry(
        409,
        "Not introduced",
        "尚未引荐",
        "Contacts are open to both sides from the introduction on, while the match lasts.",
        "联系方式自引荐之日起、在匹配存续期间对双方开放。",
    ),
}
