"""Webhooks."""

CHINESE: dict[str, str] = {
    "Webhooks": "Webhook 通知",
    "Webhook": "Webhook 通知",
    (
        "Switched off {when}, because nothing has reached it for days. Switch it on when "
        "it answers again."
    ): ("已于{when}停用,因为连续数日无法送达。恢复应答后请重新启用。"),
    "Send a test": "发送测试",
    "Switch off": "停用",
    "Switch on": "启用",
    "New secret": "更换密钥",
    "Make a new secret? The old one is good for another day.": "确定更换密钥吗?旧密钥仍有效一天。",
    "Remove this webhook and its log?": "确定删除该通知及其记录吗?",
    "Deliveries": "发送记录",
    "Event": "事件",
    "Attempts": "尝试次数",
    "Again": "重发",
    "Send again": "重新发送",
    "Nothing was sent yet.": "尚未发送任何内容。",
    "All webhooks": "全部通知",
    (
        "A system of yours is told as soon as something happens: signed, and tried again "
        "when it does not answer."
    ): ("一有变化即通知您的系统:带签名,无应答时会重试。"),
    "The secret for checking signatures, shown once:": "用于校验签名的密钥(只显示一次):",
    "switched off after failing": "多次失败,已停用",
    "off": "已停用",
    "failing": "发送失败",
    "on": "已启用",
    "No webhooks": "没有通知地址",
    "Without one there are the inbox, e-mail and the event stream of the API.": (
        "不设置时,可使用收件箱、电子邮件和 API 的事件流。"
    ),
    "Add a webhook": "添加通知地址",
    "A public https address.": "公网 https 地址。",
    "What it is for": "用途",
    "Events; none stands for all": "事件(不选表示全部)",
    "Add it": "添加",
    "A test is on its way; look at the deliveries in a moment.": "测试已发出,请稍后查看发送记录。",
    "It is switched on.": "已启用。",
    "It is switched off.": "已停用。",
    "The webhook is removed.": "通知地址已删除。",
    "It is sent again.": "已重新发送。",
}
