"""Error codes of messages, webhooks and event streams."""

from shared.problems.entry import Entry

MESSAGES: dict[str, Entry] = {
    "too_many_webhooks": Entry(
        409,
        "Too many webhooks",
        "Webhook 数量已达上限",
        "There are {limit} webhooks already; remove one first.",
        "已有 {limit} 个 Webhook，请先删除一个。",
    ),
    "too_many_saved_searches": Entry(
        409,
        "Too many saved searches",
        "保存的搜索数量已达上限",
        "There are {limit} saved searches already; remove one first.",
        "已保存 {limit} 个搜索，请先删除一个。",
    ),
    "too_many_streams": Entry(
        429,
        "Too many open streams",
        "打开的事件流过多",
        "There are {limit} open event streams for you already; close one first.",
        "您已打开 {limit} 个事件流，请先关闭一个。",
    ),
}
