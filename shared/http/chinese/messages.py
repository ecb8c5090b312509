"""Sentences of messages, webhooks and event streams."""

MESSAGES: dict[str, str] = {
    "search.cursor: leave it out; the search begins with the first hit": (
        "search.cursor：请勿填写；搜索从第一条结果开始"
    ),
    "the Idempotency-Key is not 1 to 200 letters": "Idempotency-Key 须为 1 至 200 个可见字符",
    "it does not begin with https://": "地址须以 https:// 开头",
}
