"""Sentences about accounts and the console, in Chinese."""

ACCOUNTS: dict[str, str] = {
    "role: people are members, coordinators or operators": ("role:账户只能是成员、协调员或管理员"),
    "organisation: only members speak for one": "organisation:只有成员代表机构",
    "nobody changes the rights of the own account": "不能更改自己账户的权限",
    "the wish has changed; read it again": "申请已变更,请重新查看",
    "this account speaks for an organisation already": "该账户已代表某一机构",
}
