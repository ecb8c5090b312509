"""Sentences about accounts and the console, in Chinese."""

ACCOUNTS: dict[str, str] = {
    "role: people are members, coordinators or operators": ("role:账户只能是成员、协调员或管理员"),
    "organisation: only members speak for one": "organisation:只有成员代表机构",
    "nobody changes the rights of the own account": "不能更改自己账户的权限",
    "the wish has changed; read it again": "申请已变更,请重新查看",
    "this account speaks for an organisation already": "该账户已代表某一机构",
    "the answer does not belong to this login; begin again": "返回结果与本次登录不符,请重新登录",
    "the answer comes from another identity provider": "返回结果来自其他身份提供方",
    "the identity provider has refused the login": "身份提供方拒绝了登录",
    "the identity provider did not accept the login; begin again": (
        "身份提供方未接受本次登录,请重新登录"
    ),
    "the identity provider's answer could not be verified": "无法验证身份提供方的返回结果",
    "your account has no role on this platform; ask its operator": (
        "您的账户在本平台没有角色,请联系平台管理员"
    ),
    "this login took too long; begin again": "登录超时,请重新登录",
    "is not one of this list": "不属于该列表",
    "leave it out to begin anew": "请去掉该参数,从头开始",
}
