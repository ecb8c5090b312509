"""Insights: network, gaps, exposure, way and pace."""

CHINESE: dict[str, str] = {
    "Insights": "数据洞察",
    "Exposure": "曝光分布",
    "Who is suggested how often, and how evenly that is shared out.": (
        "各机构被推荐的次数,以及分布的均衡程度。"
    ),
    "Matches": "匹配数",
    "Gini coefficient": "基尼系数",
    "Held by the most exposed hundredth": "曝光最高的 1% 机构所占份额",
    "Organisations without a match": "尚无匹配的机构",
    "of {all}": "共 {all} 家",
    "0 is even, 1 is one organisation alone. Everybody who is active counts, also without a "
    "match.": ("0 表示完全均衡,1 表示集中于一家。所有有效机构均计入,包括尚无匹配的。"),
    "Gini of each month's new matches": "每月新匹配的基尼系数",
    "Gini of each rematch run's lists": "每次重新匹配的基尼系数",
    "The same as a table": "以表格查看",
    "Run or month": "运行或月份",
    "When": "时间",
    "With at least one": "至少有一项的机构",
    "Run {number}": "第 {number} 次运行",
    "Most exposed": "曝光最高的机构",
    "Bar": "条形图",
    "Share of all places": "占全部名额",
    "No matches yet": "暂无匹配",
    "After the first rematch run this page says who is suggested how often.": (
        "首次重新匹配后,此处显示各机构被推荐的次数。"
    ),
    "Way and pace": "流程与时效",
    "From suggestion to collaboration": "从推荐到合作",
    "How far matches get, and how long each step takes.": "匹配推进到哪一步,每一步需要多久。",
    "First suggested": "首次推荐时间",
    "First suggested from": "首次推荐自",
    "to": "至",
    "All time": "全部时间",
    "How far matches got": "匹配推进情况",
    "Stage": "阶段",
    "Of all": "占全部",
    "Of the stage before": "占上一阶段",
    "Where they leave the way": "在何处终止",
    "How long the steps take": "各步骤用时",
    "Days: quartiles of the matches that took the step": "天数:完成该步骤的匹配的四分位数",
    "Step": "步骤",
    "A quarter within": "四分之一在此天数内",
    "Median": "中位数",
    "Three quarters within": "四分之三在此天数内",
    "Waiting now": "当前等待",
    "Longest wait": "最长等待(天)",
    "No matches in this time": "该时段没有匹配",
    "Once pairs are suggested, this page says how far they get.": ("有推荐后,此处显示其推进情况。"),
    "Network": "合作网络",
    "Network of organisations": "机构合作网络",
    "Matches, and collaborations that profiles state; the furthest along come first.": (
        "匹配以及资料中申报的合作,按推进程度优先显示。"
    ),
    "Filter the network": "筛选网络",
    "What joins them": "关联类型",
    "Everything": "全部",
    "One side is": "其中一方为",
    "Strongest edges": "最强关联数",
    "Show": "显示",
    "{shown} of {all} edges between {nodes} organisations, in {parts} parts.": (
        "显示 {all} 条关联中的 {shown} 条,涉及 {nodes} 家机构,分为 {parts} 个部分。"
    ),
    "View": "视图",
    "Closer": "放大",
    "Further away": "缩小",
    "Show all": "显示全部",
    "Find an organisation": "查找机构",
    "Drag or use the arrow keys to move, + and − to zoom, Tab to go through organisations, Enter "
    "to open one. The table below says the same.": (
        "拖动或用方向键移动,+ 与 − 缩放,Tab 逐一浏览机构,Enter 打开。下方表格内容相同。"
    ),
    "introduced or working together": "已引荐或合作中",
    "on the way": "进行中",
    "The network as a table": "以表格查看网络",
    "Strength": "强度",
    "No edges yet": "暂无关联",
    "Once pairs are suggested, or profiles state collaborations, they appear here.": (
        "有推荐或资料中申报合作后,将显示在此。"
    ),
    "Gaps": "供需缺口",
    "without a field": "未标注领域",
    "unknown": "未知",
    "Fields and regions": "领域与地区",
    "Where needs and capabilities are, and which needs nobody on the platform answers.": (
        "需求与能力的分布,以及平台上无人能满足的需求。"
    ),
    "All fields": "全部领域",
    "{done} of {all} needs have been compared with all capabilities; the others follow by "
    "themselves.": "已将 {all} 项需求中的 {done} 项与全部能力比对,其余将自动完成。",
    "Needs by field and region; unanswered ones after the slash": (
        "按领域与地区统计的需求;斜线后为无人满足的数量"
    ),
    "Needs": "需求",
    "Capabilities": "能力",
    "Unanswered": "无人满足",
    "unanswered": "无人满足",
    "no capability in the region": "该地区没有相关能力",
    "Darker cells have more needs; ° means that the region itself offers nothing in the field.": (
        "颜色越深需求越多;° 表示该地区自身在该领域没有能力。"
    ),
    "Needs that nobody answers": "无人满足的需求",
    "Region": "地区",
    "Nearest": "最接近",
    "No gaps found": "未发现缺口",
    "Every need that was looked at has somebody who comes near.": (
        "已比对的每项需求均有较接近的机构。"
    ),
    "Nothing to count yet": "暂无可统计内容",
    "Once organisations state needs and capabilities, they appear here.": (
        "机构填写需求与能力后,将显示在此。"
    ),
    "{count} more region is left out.": "另有 {count} 个地区未显示。",
    "{count} more regions are left out.": "另有 {count} 个地区未显示。",
}
