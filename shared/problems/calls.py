"""Error codes of calls and their teams."""

from shared.problems.entry import Entry

CALLS: dict[str, Entry] = {
    "call_state": Entry(
        409,
        "Not at this stage",
        "当前阶段不可操作",
        "The call is {state!r} now; this cannot be done any more, or not yet.",
        "征集目前的状态为 {state!r},不能(或尚不能)执行此操作。",
    ),
    "call_without_requirements": Entry(
        409,
        "Nothing is asked for yet",
        "尚无要求",
        "Add at least one requirement before the call is published.",
        "发布前请至少填写一项要求。",
    ),
    "deadline_passed": Entry(
        409,
        "The deadline is over",
        "截止日期已过",
        "The deadline {deadline} is in the past; move it first.",
        "截止日期 {deadline} 已过,请先修改。",
    ),
    "requirement_in_use": Entry(
        409,
        "Somebody has taken this on",
        "该要求已有机构承担",
        "{id!r} has a seat for the requirement {requirement!r}; release the seat first.",
        "机构 {id!r} 已就要求 {requirement!r} 占有席位,请先释放该席位。",
    ),
    "call_incomplete": Entry(
        409,
        "The team is not complete",
        "团队尚不完整",
        "A must-have has nobody, or the team is too small; close it as incomplete, with a remark.",
        "仍有必须项无人承担,或团队人数不足;如确需结束,请标明不完整并说明原因。",
    ),
    "seat_state": Entry(
        409,
        "This seat has moved on",
        "席位状态已变更",
        "The seat is {state!r} now.",
        "该席位目前的状态为 {state!r}。",
    ),
    "seat_taken": Entry(
        409,
        "Already in this call",
        "该机构已在本征集中",
        "{id!r} has a seat in this call already.",
        "机构 {id!r} 在本征集中已有席位。",
    ),
    "seat_not_possible": Entry(
        409,
        "It cannot be asked",
        "不可邀请该机构",
        "{id!r} cannot be invited to this call: it publishes it, is excluded, or cannot be "
        "suggested at present.",
        "不能邀请机构 {id!r}:它是发布方、已被排除,或目前无法推荐。",
    ),
    "seat_conflict": Entry(
        409,
        "Conflict within the team",
        "团队内部存在冲突",
        "{id!r} may not be in one team with {others}.",
        "机构 {id!r} 不能与 {others} 同在一个团队。",
    ),
    "team_is_full": Entry(
        409,
        "The team is full",
        "团队名额已满",
        "{size} organisations have accepted already.",
        "已有 {size} 家机构接受邀请。",
    ),
}
