"""Sentences of policy screening."""

SCREENING: dict[str, str] = {
    "this is a note; it holds nothing back": "这只是提示,不影响展示",
    "it is {state}; there is nothing to appeal about": "当前状态为 {state},无需申诉",
    "the statement was changed or removed; there is nothing to decide": (
        "该条目已修改或删除,无需处理"
    ),
    "it is {decision} already": "已经是 {decision} 状态",
    "a block is cleared only when the member appeals": "禁止类只有在成员申诉后才能放行",
    "policy flags are for members and coordinators": "合规提示仅供成员与协调员查看",
    "a member reads the flags of their own organisation": "成员只能查看本机构的合规提示",
    "only the organisation's members appeal": "只有该机构的成员可以申诉",
    "policy flags are decided by coordinators": "合规提示由协调员处理",
    "screening everything again is for coordinators and operators": (
        "重新筛查仅限协调员与运维人员"
    ),
    "a request is compared by services only": "相似度比较仅供内部服务使用",
}
