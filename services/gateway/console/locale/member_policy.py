"""Policy notes of members."""

CHINESE: dict[str, str] = {
    "Policy notes": "合规提示",
    "What the screening has found in your statements, by which rule, and what to change.": (
        "合规检查在您的内容中发现了什么、依据哪条规则、如何修改。"
    ),
    "Nothing found": "没有发现问题",
    "No rule stands against what you have written.": "您写的内容不与任何规则冲突。",
    "Your statement": "您的内容",
    "Nobody else sees it while it is held.": "暂缓公开期间,其他人看不到它。",
    "Change it in the profile": "在资料中修改",
    "Why": "原因",
    "What to change": "如何修改",
    "Where the rule comes from": "规则出处",
    "Your appeal": "您的申诉",
    "What the coordinator says": "协调员的意见",
    "Is this not what the rule means?": "这并非规则所指?",
    "Say why": "请说明理由",
    "Ask a coordinator to look again": "请协调员复核",
    "All policy notes": "全部合规提示",
    "{count} statement is not shown to others.": "{count} 条内容未向他人公开。",
    "{count} statements are not shown to others.": "{count} 条内容未向他人公开。",
    "See why, and what to change": "查看原因与修改建议",
    "A coordinator looks at it again. The answer will stand here.": (
        "协调员会再次查看,答复将显示在这里。"
    ),
    "Saved. {count} statements are not shown to others: see the policy notes.": (
        "已保存。{count} 条内容未向他人公开:请查看合规提示。"
    ),
    "Saved. {count} needs are too vague to match well: see the hints.": (
        "已保存。{count} 项需求过于笼统,难以匹配:请看提示。"
    ),
}
