"""Sentences of rematch jobs, schedules and allocation."""

REMATCH: dict[str, str] = {
    "organisations: name each once": "organisations:每家机构只写一次",
    "least: cannot be more than `places`": "least:不能大于 places",
    "is no field of the taxonomy": "不是分类表中的领域",
    "is no province; its code ends in 0000": "不是省级区划;省级代码以 0000 结尾",
    "names no active organisation": "没有这家有效机构",
    "look it up, or leave it out": "请查明,或去掉该项",
    "only flow promises a least number of suggestions": "只有 flow 能保证最少推荐条数",
    "take flow, or leave `least` out": "请改用 flow,或去掉 least",
    "only flow has a price of congestion": "只有 flow 有拥挤代价",
    "take flow, or leave `congestion` out": "请改用 flow,或去掉 congestion",
    "takes a plan of everyone by everyone, and there are too many": (
        "需要所有机构两两之间的方案,数量过多"
    ),
    "take flow or transferable_utility, or narrow the scope": (
        "请改用 flow 或 transferable_utility,或缩小范围"
    ),
    "is no cron expression": "不是有效的 cron 表达式",
    "give five fields such as `0 3 * * 1-5`": "请给出五个字段,例如 `0 3 * * 1-5`",
    "is no time zone": "不是有效的时区",
    "give a name such as Asia/Shanghai": "请给出时区名称,例如 Asia/Shanghai",
    "this is for coordinators and batch jobs": "此操作仅限协调员与批处理任务",
}
