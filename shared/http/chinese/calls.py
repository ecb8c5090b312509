"""Sentences of calls and their teams."""

CALLS: dict[str, str] = {
    "this is for the call's publisher and coordinators": "仅征集的发布方与协调员可执行此操作",
    "calls are imported by coordinators and batch jobs": "征集的导入仅限协调员与批处理任务",
    "remark: say what `other` stands for": "remark:请说明 other 所指",
    "only coordinators and the invited organisation answer": "仅受邀机构与协调员可答复",
}
