"""The sentences of every reason why an organisation is not suggested."""

from collections.abc import Mapping

from shared.contracts.why_not import Reason, ReasonCode

CATALOGUE: dict[ReasonCode, tuple[str, str]] = {
    ReasonCode.SAME_ORGANISATION: (
        "这是提问机构自身。",
        "This is the asking organisation itself.",
    ),
    ReasonCode.WITHDRAWN: (
        "该机构已撤回其资料。",
        "The organisation has been withdrawn.",
    ),
    ReasonCode.EXCLUDED_BY_ASKER: (
        "提问机构已将其列入排除名单。",
        "The asking organisation has excluded it.",
    ),
    ReasonCode.EXCLUDED_BY_OTHER: (
        "对方已将提问机构列入排除名单。",
        "It has excluded the asking organisation.",
    ),
    ReasonCode.NEVER_AGAIN: (
        "协调员已标记这两家机构不再互相推荐。",
        "A coordinator has noted that the two are never to be suggested to each other again.",
    ),
    ReasonCode.CONFLICT_OF_INTEREST: (
        "协调员已标记两家机构之间存在利益冲突。",
        "A coordinator has noted a conflict of interest between the two.",
    ),
    ReasonCode.ALREADY_PARTNERS: (
        "两家机构已是合作伙伴。",
        "The two are partners already.",
    ),
    ReasonCode.INTRODUCED: (
        "两家机构已被引荐,引荐仍在进行中。",
        "The two have been introduced to each other, and the introduction is still open.",
    ),
    ReasonCode.DECLINED: (
        "提问机构已表示对其不感兴趣;撤回该回答、任一方更新资料或经过一段时间后,可再次推荐。",
        "The asking organisation has declined it. It may be suggested again once the answer is "
        "taken back, one of the two profiles changes, or some time has passed.",
    ),
    ReasonCode.DECLINED_BY_OTHER: (
        "对方已表示对提问机构不感兴趣。",
        "It has declined the asking organisation.",
    ),
    ReasonCode.AT_CAPACITY: (
        "对方同时进行的引荐已达其上限。",
        "It has as many open introductions as it can handle at once.",
    ),
    ReasonCode.POLICY_HOLD: (
        "该机构或其全部可匹配的陈述因合规审查而暂停推荐。",
        "Policy screening holds it, or all of its statements that could be matched.",
    ),
    ReasonCode.STALE_PROFILE: (
        "其资料已超过 {months} 个月未更新。",
        "Its profile has not been updated for more than {months} months.",
    ),
    ReasonCode.UNDISCLOSED: (
        "目前无法推荐该机构。此类情况的原因(例如容量已满)平台一律不予说明。",
        "It cannot be suggested at present. For reasons of this sort, such as a full calendar, the "
        "platform never says which.",
    ),
    ReasonCode.OTHER_KIND: (
        "筛选条件只要「{wanted}」类机构,而它是「{own}」。",
        "The filter asks for kind {wanted}; it is {own}.",
    ),
    ReasonCode.OTHER_COUNTRY: (
        "筛选条件只要国家/地区 {wanted},而它在 {own}。",
        "The filter asks for country {wanted}; it is in {own}.",
    ),
    ReasonCode.OTHER_PROVINCE: (
        "筛选条件只要省级行政区 {wanted},而它的是 {own}。",
        "The filter asks for province {wanted}; its own is {own}.",
    ),
    ReasonCode.OTHER_FIELD: (
        "筛选条件只要领域 {wanted},而它没有您可见的该领域陈述。",
        "The filter asks for field {wanted}; it has no statement in it that you may see.",
    ),
    ReasonCode.NOTHING_STATED: (
        "它目前没有可供匹配的有效陈述。",
        "It has no valid statement that could be matched at present.",
    ),
    ReasonCode.NOT_INDEXED: (
        "它的最新资料尚未进入索引,请稍后再试。",
        "Its newest version is not in the index yet; ask again in a moment.",
    ),
    ReasonCode.BELOW_MINIMUM: (
        "它的得分 {score} 低于要求的最低分 {minimum}。",
        "Its score of {score} is below the minimum asked for, {minimum}.",
    ),
    ReasonCode.LOWER_SCORE: (
        "它的得分 {score} 低于所展示的最后一家({last})。",
        "Its score of {score} is below that of the last one shown, {last}.",
    ),
    ReasonCode.NOT_RETRIEVED: (
        "它的陈述均不在与提问机构陈述最接近的候选之列;单独计算的得分为 {score}。",
        "None of its statements is among the nearest to the asking organisation's; "
        "scored by itself it gets {score}.",
    ),
    ReasonCode.FURTHER_DOWN: (
        "它在列表第 {rank} 位,不在前 {limit} 位之内。",
        "It is in the list at rank {rank}, after the first {limit}.",
    ),
    ReasonCode.STOOD_FOR: (
        "与它相近的 {other} 已排在前面(同一母体或资料几乎相同),它因此后移。",
        "{other}, of the same parent or with nearly the same profile, stands for it further up.",
    ),
    ReasonCode.SHOWN: (
        "它在列表中,位列第 {rank}。",
        "It is in the list, at rank {rank}.",
    ),
}


def reason(code: ReasonCode, parameters: Mapping[str, object] | None = None) -> Reason:
    """The reason in both languages. Raises KeyError where a parameter is missing."""
    zh, en = CATALOGUE[code]
    known = dict(parameters or {})
    return Reason(code=code, zh=zh.format_map(known), en=en.format_map(known))
