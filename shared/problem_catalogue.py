"""Every error code the platform can answer, with its status and its sentences.

Codes are part of the public API: they may be added, never changed in meaning.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """Status, title and detail in both languages; details are `str.format` templates."""

    status: int
    title_en: str
    title_zh: str
    detail_en: str
    detail_zh: str

    def title(self, language: str) -> str:
        """The title in `zh` or `en`."""
        return self.title_zh if language == "zh" else self.title_en

    def detail(self, language: str, parameters: Mapping[str, object]) -> str:
        """The sentence in `zh` or `en` with its parameters filled in."""
        template = self.detail_zh if language == "zh" else self.detail_en
        return template.format_map(dict(parameters))


CATALOGUE: dict[str, Entry] = {
    "invalid_request": Entry(
        422,
        "The request is not valid",
        "请求无效",
        "Some fields cannot be accepted; see `fields`.",
        "部分字段无法接受,详见 fields。",
    ),
    "malformed_json": Entry(
        400,
        "The body is not JSON",
        "请求体不是 JSON",
        "The body cannot be read as JSON; check quotes, commas and the encoding (UTF-8).",
        "请求体无法解析为 JSON;请检查引号、逗号与编码(UTF-8)。",
    ),
    "unauthenticated": Entry(
        401,
        "Who are you?",
        "未认证",
        "Send a valid token (Authorization: Bearer ...) or an API key (X-API-Key). {reason}",
        "请提供有效的令牌(Authorization: Bearer ...)或 API 密钥(X-API-Key)。{reason}",
    ),
    "token_expired": Entry(
        401,
        "Token expired",
        "令牌已过期",
        "This token has expired; get a new one.",
        "该令牌已过期;请重新获取。",
    ),
    "forbidden": Entry(
        403,
        "Not allowed",
        "无权限",
        "Your role may not do this: {reason}",
        "您的角色不能执行此操作:{reason}",
    ),
    "role_required": Entry(
        403,
        "Not for your role",
        "角色不符",
        "Only these roles may do this: {roles}.",
        "仅以下角色可以执行此操作:{roles}。",
    ),
    "own_organisation_only": Entry(
        403,
        "Not your organisation",
        "非本机构",
        "You may do this for the organisation you speak for only.",
        "您只能为自己所代表的机构执行此操作。",
    ),
    "not_found": Entry(
        404,
        "Not found",
        "未找到",
        "There is no {what} {id!r} that you may see.",
        "没有您可见的 {what} {id!r}。",
    ),
    "method_not_allowed": Entry(
        405,
        "Method not allowed",
        "方法不被允许",
        "This address does not take this method.",
        "该地址不支持此方法。",
    ),
    "timeout": Entry(
        408, "Too slow", "请求超时", "The request took too long to arrive.", "请求发送超时。"
    ),
    "already_exists": Entry(
        409,
        "Already exists",
        "已存在",
        "{what} {id!r} exists already; read it and change it with If-Match.",
        "{what} {id!r} 已存在;请读取后使用 If-Match 修改。",
    ),
    "identifier_taken": Entry(
        409,
        "Identifier in use",
        "标识已被占用",
        "Another organisation has the {field} {value!r}; it may be a duplicate.",
        "另一机构已使用 {field} {value!r};可能是重复登记。",
    ),
    "request_in_flight": Entry(
        409,
        "Still working on it",
        "请求处理中",
        "A request with this Idempotency-Key is being worked on; ask again in a moment.",
        "使用该 Idempotency-Key 的请求正在处理,请稍后重试。",
    ),
    "too_many_keys": Entry(
        409,
        "Two keys already",
        "密钥数量已达上限",
        "There are {limit} live keys for this owner already; revoke one first.",
        "该所有者已有 {limit} 个有效密钥;请先吊销其中一个。",
    ),
    "conflict": Entry(409, "Conflict", "冲突", "{reason}", "{reason}"),
    "erased": Entry(
        410,
        "Erased",
        "已抹除",
        "Organisation {id!r} was erased on request; its data cannot come back.",
        "机构 {id!r} 已按要求抹除,数据无法恢复。",
    ),
    "stale_version": Entry(
        412,
        "Someone was faster",
        "版本已过期",
        "It is at version {current} now; read it again and repeat your change.",
        "当前版本为 {current};请重新读取后再修改。",
    ),
    "body_too_large": Entry(
        413,
        "Too large",
        "请求体过大",
        "The body is larger than {limit} bytes.",
        "请求体超过 {limit} 字节。",
    ),
    "unsupported_media_type": Entry(
        415,
        "Unknown format",
        "不支持的格式",
        "Send {expected}.",
        "请发送 {expected}。",
    ),
    "idempotency_key_reused": Entry(
        422,
        "Idempotency-Key reused",
        "幂等键重复使用",
        "This Idempotency-Key came with another body before; use a new key.",
        "该 Idempotency-Key 曾用于不同的请求体;请更换。",
    ),
    "version_required": Entry(
        428,
        "Which version?",
        "缺少版本",
        "Send If-Match with the ETag you have read (or If-None-Match: * to create).",
        "请在 If-Match 中给出所读取的 ETag(新建时使用 If-None-Match: *)。",
    ),
    "rate_limited": Entry(
        429,
        "Too many requests",
        "请求过于频繁",
        "Wait {retry_after} seconds.",
        "请等待 {retry_after} 秒。",
    ),
    "internal": Entry(
        500,
        "Our fault",
        "服务器内部错误",
        "Something broke on our side; quote the request id when you report it.",
        "服务器出现故障;反馈时请附上 request id。",
    ),
    "not_ready": Entry(
        503,
        "Not ready",
        "尚未就绪",
        "{what} is not available at the moment; try again shortly.",
        "{what} 暂时不可用,请稍后重试。",
    ),
    "out_of_space": Entry(
        503,
        "Out of disk space",
        "磁盘空间不足",
        "There is too little disk space to store this safely; nothing was changed.",
        "磁盘空间不足,无法安全保存;未做任何更改。",
    ),
    "upstream_timeout": Entry(
        504,
        "A service is too slow",
        "上游服务超时",
        "{what} did not answer in time; try again.",
        "{what} 未能及时响应,请重试。",
    ),
}
