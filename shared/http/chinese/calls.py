"""Sentences of calls and their teams."""

CALLS: dict[str, str] = {
    "this is for the call's publisher and coordinators": "仅征集的发布方与协调员可执行此操作",
    "calls are imported by coordinators and batch jobs": "征集的导入仅限协调员与批处理任务",
    "remark: say what `other` stands for": "remark:请说明 other 所指",
    "only coordinators and the invited organisation answer": "仅受邀机构与协调员可答复",
    "no file was chosen": "未选择文件",
    "choose a file": "请选择一个文件",
    "the file cannot be read as text": "无法将该文件读作文本",
    "send JSON Lines or CSV in UTF-8 or GB18030, plain or as gzip": (
        "请上传 UTF-8 或 GB18030 编码的 JSON Lines 或 CSV 文件,可用 gzip 压缩"
    ),
}
