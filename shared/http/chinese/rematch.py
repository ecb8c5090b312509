"""Sentences of rematch jobs, schedules and allocation."""

REMATCH: dict[str, str] = {
    "organisations: name each once": "organisations:每家机构只写一次",
    "least: cannot be more than `places`": "least:不能大于 places",
    "is no field of the taxonomy": "不是分类表中的领域",
    "is no province; its code ends in 0000": "不是省级区划;省级代码以 0000 结尾",
    "names no active organisation": "没有这家有效机构",
    "look it up, or leave it out": "请查明,或去掉该项",
    "is no cron expression": "不是有效的 cron 表达式",
    "give five fields such as `0 3 * * 1-5`": "请给出五个字段,例如 `0 3 * * 1-5`",
    "is no time zone": "不是有效的时区",
    "give a name such as Asia/Shanghai": "请给出时区名称,例如 Asia/Shanghai",
    "this is for coordinators and batch jobs": "此操作仅限协调员与批处理任务",
}
