"""Error codes of accounts, sessions and the console."""

from shared.problems.entry import Entry

ACCOUNTS: dict[str, Entry] = {
    "link_invalid": Entry(
        410,
        "This link lets nobody in any more",
        "该链接已失效",
        "Links work once and for {minutes} minutes. Ask for a new one.",
        "每个链接只能使用一次,有效期 {minutes} 分钟。请重新申请。",
    ),
    "account_suspended": Entry(
        403,
        "This account is suspended",
        "该账户已停用",
        "Ask the platform's operator to let you in again.",
        "请联系平台管理员恢复。",
    ),
    "account_conflict": Entry(
        409,
        "Another account has this address",
        "该地址已属于另一账户",
        "The e-mail address belongs to an account with another identity. Ask the operator.",
        "该电子邮箱已绑定其他身份的账户,请联系平台管理员。",
    ),
    "organisation_taken": Entry(
        409,
        "This organisation is on the platform already",
        "该机构已在平台上",
        "{organisation} has people who speak for it. Ask to join it; a coordinator decides.",
        "{organisation} 已有代表。请申请加入,由协调员审核。",
    ),
    "form_expired": Entry(
        403,
        "This form is out of date",
        "表单已过期",
        "It came from an earlier session. Go back, reload the page and send it again.",
        "该表单来自之前的会话。请返回并刷新页面后重新提交。",
    ),
    "login_failed": Entry(
        400,
        "The login did not work",
        "登录未成功",
        "{reason}",
        "{reason}",
    ),
}
