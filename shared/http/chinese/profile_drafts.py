"""Sentences of drafts and of addresses to call."""

PROFILE_DRAFTS: dict[str, str] = {
    "give a text or the address of a page: one of the two": "请提供文本或网页地址,二者选一",
    # why an address is not called
    "it is not a web address": "不是网页地址",
    "it carries a user name or password": "地址中带有用户名或密码",
    "its port is not one of the web": "端口不是网页端口",
    "it is not on the public internet": "不在公网上",
    # why a page is not read
    "it did not answer in time": "没有及时响应",
    "it cannot be reached": "无法连接",
    "it answered with an error ({status})": "网站返回错误({status})",
    "it leads on to other addresses too often": "跳转次数过多",
    "it is too large": "内容过大",
    "it is neither a page nor a document that can be read here": "不是网页,也不是可读取的文档",
    # why a document is not read
    "it is damaged, or of another kind than its name says": "文件已损坏,或类型与文件名不符",
    "it is protected by a password": "文件设有密码",
    "it takes too long to read": "读取时间过长",
    "it holds no text; a scan has to be recognised (OCR) first": (
        "其中没有文字;扫描件请先做文字识别(OCR)"
    ),
    "it is not a PDF, DOCX, HTML or text file": "不是 PDF、DOCX、HTML 或文本文件",
}
