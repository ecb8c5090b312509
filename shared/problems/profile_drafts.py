"""Error codes of pages and documents that drafts are made from, and of addresses to call."""

from shared.problems.entry import Entry

PROFILE_DRAFTS: dict[str, Entry] = {
    "address_refused": Entry(
        422,
        "This address cannot be called",
        "无法访问该地址",
        "This address is not called: {reason}. Give a public address (https://...).",
        "不会访问该地址:{reason}。请提供公网地址(https://...)。",
    ),
    "page_unreadable": Entry(
        422,
        "The page cannot be read",
        "无法读取该网页",
        "The page could not be read: {reason}. Copy its text and paste it instead.",
        "无法读取该网页:{reason}。可复制网页文字后直接粘贴。",
    ),
    "organisation_missing": Entry(
        403,
        "Your account speaks for no organisation yet",
        "您的账户尚未代表任何机构",
        "Register your organisation, or ask to join the one that is here already.",
        "请先登记您的机构,或申请加入已在平台上的机构。",
    ),
    "invitation_refused": Entry(
        409,
        "This person cannot be invited",
        "无法邀请此人",
        "The account of this address speaks for another organisation, or is not a member's. "
        "Ask the platform's operator.",
        "该邮箱的账户已代表其他机构,或不是会员账户。请联系平台管理员。",
    ),
    "name_differs": Entry(
        422,
        "The name is another one",
        "名称不一致",
        "What was typed is not the name of the organisation; nothing is erased.",
        "输入的不是该机构的名称,未删除任何内容。",
    ),
    "document_unreadable": Entry(
        422,
        "The document cannot be read",
        "无法读取该文档",
        "The document could not be read: {reason}. Copy its text and paste it instead.",
        "无法读取该文档:{reason}。可复制文档文字后直接粘贴。",
    ),
}
