"""Error codes of rematch jobs, schedules and allocation."""

from shared.problems.entry import Entry

REMATCH: dict[str, Entry] = {
    "rematch_running": Entry(
        409,
        "This scope is being rematched",
        "该范围正在重新匹配",
        "Job {job} is at work on the same scope; wait for it or cancel it.",
        "任务 {job} 正在处理同一范围;请等待其结束或取消它。",
    ),
    "rematch_index_rebuilding": Entry(
        409,
        "The index is being rebuilt",
        "索引正在重建",
        "Start the job again when the rebuild is done; GET /v1/index tells how far it is.",
        "请在重建完成后再启动任务;进度见 GET /v1/index。",
    ),
    "rematch_scope_empty": Entry(
        422,
        "Nobody is in this scope",
        "该范围内没有机构",
        "No active organisation fits the scope; widen it or leave parts of it out.",
        "没有符合该范围的有效机构;请放宽范围或去掉部分条件。",
    ),
    "rematch_ended": Entry(
        409,
        "The job has ended",
        "任务已结束",
        "Job {job} has ended ({state}); there is nothing to cancel.",
        "任务 {job} 已结束({state}),无可取消。",
    ),
    "rematch_not_to_retry": Entry(
        409,
        "Nothing to retry",
        "无需重试",
        "Only failed and cancelled jobs are retried; job {job} is {state}.",
        "只有失败或已取消的任务可以重试;任务 {job} 的状态为 {state}。",
    ),
    "rematch_inputs_changed": Entry(
        409,
        "The index was swapped meanwhile",
        "索引在此期间已更换",
        "The model or its statistics changed while the job was computed; nothing was stored. "
        "Retry the job.",
        "任务计算期间模型或统计量发生了变化;未保存任何结果。请重试该任务。",
    ),
    "rematch_bounds": Entry(
        422,
        "The bounds cannot be met",
        "约束无法满足",
        "{words}",
        "{words_zh}",
    ),
    "rematch_places_short": Entry(
        422,
        "There are not enough places",
        "名额不足",
        "{organisations} organisations are to get at least {least} suggestions each, and with at "
        "most {most_lists} lists for everyone there are only {places} places. Allow at least "
        "{enough} lists, or ask for fewer suggestions.",
        "要让 {organisations} 家机构各至少得到 {least} 条推荐,而每家机构最多出现在 {most_lists} "
        "份名单中,总共只有 {places} 个名额。请允许至少 {enough} 份名单,或减少推荐条数。",
    ),
    "rematch_failed": Entry(
        500,
        "The job failed",
        "任务失败",
        "It failed {times} times ({error}); the log of the workers says more.",
        "任务失败了 {times} 次({error});详情见工作进程的日志。",
    ),
    "rematch_no_run": Entry(
        409,
        "There is no result",
        "尚无结果",
        "Job {job} is {state}; its result is there when it is done.",
        "任务 {job} 的状态为 {state};完成后才有结果。",
    ),
    "schedule_never_fires": Entry(
        422,
        "This schedule never fires",
        "该计划永远不会触发",
        "{cron!r} names no time in the next 50 years; the 30th of February, for instance, does "
        "not exist.",
        "{cron!r} 在未来 50 年内没有对应的时间;例如 2 月 30 日并不存在。",
    ),
}
