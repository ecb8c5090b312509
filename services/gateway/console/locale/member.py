"""Suggestions, search, introductions, inbox, settings, own data."""

CHINESE: dict[str, str] = {
    "See the introduction": "查看引荐",
    "Whom you have said no to": "您已表示不感兴趣的机构",
    (
        "Whom you have said no to. They stay out of your list, and you out of theirs, until you "
        "take it back, one of the profiles changes, or the day comes."
    ): (
        "您已表示不感兴趣的机构。在您撤回、任一方更新资料或到期之前,"
        "它们不出现在您的列表中,您也不出现在它们的列表中。"
    ),
    "It may be suggested again already.": "现已可再次推荐。",
    "Take the answer back": "撤回该回答",
    "You have said no to nobody.": "您没有拒绝过任何机构。",
    "Your answer is taken back. The other may be suggested to you again.": (
        "您的回答已撤回,对方可再次被推荐给您。"
    ),
    "Inbox": "收件箱",
    "{count} unread message": "{count} 条未读消息",
    "{count} unread messages": "{count} 条未读消息",
    "Mark all as read": "全部标为已读",
    "How I am told": "通知方式",
    "Filters": "筛选",
    "About": "主题",
    "Everything": "全部",
    "Unread only": "只看未读",
    "Show": "显示",
    "new": "新",
    "No messages": "没有消息",
    (
        "You are told here when somebody wants to meet you, answers, or needs you to look at "
        "something."
    ): ("有人想认识您、答复了您,或有事需要您查看时,会在这里通知。"),
    "An organisation that has left": "已退出的机构",
    "You are introduced": "你们已被引荐",
    (
        "Both sides said yes, and both see each other's contacts now. Write to them; they "
        "expect it."
    ): ("双方都已同意,现在都能看到对方的联系方式。请直接联系,对方在等候。"),
    "Contacts": "联系人",
    "No contact is given. Ask a coordinator, or add yours to your profile.": (
        "未填写联系人。请询问协调员,或在您的资料中补充。"
    ),
    "Would you like to meet them?": "您愿意认识他们吗?",
    "Change your answer": "更改您的答复",
    "Please answer until {day}. Contacts are shown only when both say yes.": (
        "请在{day}前答复。只有双方都同意时才显示联系方式。"
    ),
    "Your answer: {answer}.": "您的答复:{answer}。",
    "Yes, introduce us": "愿意,请引荐",
    "No, thank you": "不用了,谢谢",
    "The other side is told kindly, without your reasons.": "对方会收到委婉的通知,不含您的理由。",
    "Say no": "谢绝",
    "Both sides said yes. You are introduced as soon as both have time for a new contact.": (
        "双方都已同意。等双方都有余力接受新的联系时,就会引荐。"
    ),
    "You said: {answer}. The other side has not answered yet.": "您的答复:{answer}。对方尚未答复。",
    "A coordinator looks at your request. You are told what comes of it.": (
        "协调员正在查看您的请求,有结果会通知您。"
    ),
    "Closed: {outcome}.": "已结束:{outcome}。",
    "How far have you come?": "进展如何?",
    "We work together": "我们已开始合作",
    "It is finished": "已经结束",
    "How did it end?": "结果如何?",
    "In your words": "补充说明",
    "For the coordinators.": "仅供协调员查看。",
    "Close it": "结束",
    "Why you two": "为什么推荐你们",
    "What they can do for you": "对方能为您做什么",
    "You need": "您需要",
    "They offer": "对方提供",
    "Nothing of theirs answers a need of yours well.": "对方没有能较好满足您需求的能力。",
    "What you can do for them": "您能为对方做什么",
    "They need": "对方需要",
    "You offer": "您提供",
    "Nothing of yours answers a need of theirs well.": "您没有能较好满足对方需求的能力。",
    "What has happened": "经过",
    "you": "您",
    "All introductions": "全部引荐",
    "Introductions": "引荐",
    "Partners that a coordinator proposes to you and them, and what has become of it.": (
        "协调员向双方提议的伙伴,以及后续进展。"
    ),
    "States": "状态",
    "since {when}": "自{when}",
    "Your answer is awaited": "等待您的答复",
    "until {day}": "截止{day}",
    "Nothing here just now.": "目前没有内容。",
    "To the suggestions": "前往推荐",
    "My data": "我的数据",
    (
        "Everything that is kept about your organisation and you is yours to take along, to "
        "withdraw and to erase."
    ): ("平台保存的关于您和您机构的一切都属于您:可以带走、撤回和删除。"),
    "Take it along": "带走数据",
    (
        "One JSON file: your account, the profile with its history, matches, answers, calls, "
        "invitations, messages, flags, webhooks, saved searches and settings."
    ): (
        "一个 JSON 文件:您的账户、资料及其历史、匹配、答复、征集、邀请、消息、合规标记、Webhook、"
        "保存的搜索和设置。"
    ),
    "For your systems": "系统对接",
    "Webhooks tell a system of yours what happens, API keys let it ask.": (
        "Webhook 将动态通知您的系统,API 密钥供系统查询。"
    ),
    "The API's documentation": "API 文档",
    "Download": "下载",
    "Invite a colleague": "邀请同事",
    (
        "A colleague with a link speaks for the organisation as you do. The link works once, "
        "for 15 minutes, and only for this address."
    ): ("持有链接的同事与您一样代表机构。链接只能使用一次,15 分钟内有效,且仅限该邮箱。"),
    "Send this link to {email}; it is shown once:": "请把此链接发给 {email};链接只显示一次:",
    "E-mail": "电子邮箱",
    "Make a link": "生成链接",
    "Who speaks for the organisation": "代表本机构的人",
    "Bring it back": "恢复",
    "Withdraw": "撤回",
    "The organisation is withdrawn: nobody else sees it, and it is suggested to nobody.": (
        "机构已撤回:其他人看不到它,也不会推荐给任何人。"
    ),
    "Nobody else sees the organisation any more, and open matches end. You can bring it back.": (
        "其他人将看不到本机构,进行中的匹配会终止。您可以随时恢复。"
    ),
    "Withdraw the organisation from the platform?": "确定将机构从平台撤回吗?",
    "Erase for good": "永久删除",
    (
        "All text of the organisation and its history is erased everywhere. This cannot be "
        "taken back. Download your data first."
    ): ("机构的全部文字及其历史将在各处删除,无法恢复。请先下载您的数据。"),
    "Erase everything for good?": "确定永久删除全部内容吗?",
    "Type the name of the organisation to confirm: {name}": "输入机构名称以确认:{name}",
    "The inbox has everything in any case. This is about e-mail.": (
        "收件箱总会收到全部消息;这里设置的是电子邮件。"
    ),
    "This platform sends no e-mail: look into the inbox.": "本平台不发送电子邮件:请查看收件箱。",
    "E-mail addresses": "电子邮箱",
    "One on each line, five at most. Without one there is the inbox alone.": (
        "每行一个,最多五个。不填则只有收件箱。"
    ),
    "Language of the messages": "消息语言",
    "By e-mail": "通过电子邮件",
    "The digest comes": "摘要发送",
    "Save": "保存",
    "Saved searches": "保存的搜索",
    "What they can do": "对方的能力",
    "They have stated no capability that you may read.": "没有您可查看的能力。",
    "What they need": "对方的需求",
    "They have stated no need that you may read.": "没有您可查看的需求。",
    "Contacts are shown after an introduction that both sides have agreed to.": (
        "双方同意引荐后才显示联系方式。"
    ),
    "Steps": "步骤",
    "Your organisation": "您的机构",
    "What you have written": "您已有的材料",
    "Check the drafts": "核对草稿",
    "First suggestions": "首批推荐",
    "done": "已完成",
    "Fields": "领域",
    "A confidential statement: it counts, and is not shown.": "一条保密内容:计入评分,但不显示。",
    "Score": "评分",
    "No needs are stated on that side: related work stands in, with less certainty.": (
        "对方没有写明需求:以相关工作代替,把握较小。"
    ),
    "Fit": "契合度",
    "{count} need stays open": "{count} 项需求未被满足",
    "{count} needs stay open": "{count} 项需求未被满足",
    "must-have": "必备",
    "Placed here for variety: much like {name}, further up.": (
        "为兼顾多样性排在此处:与前面的{name}很相近。"
    ),
    "Ask for an introduction": "申请引荐",
    "What would you like to do together?": "您希望一起做什么?",
    "For the coordinator, who looks at it first. The other side does not read it.": (
        "仅供协调员查看,由协调员先行审核;对方不会看到。"
    ),
    "Send the request": "发送申请",
    "Not for us": "不适合我们",
    "Say so": "提交",
    "Why not?": "为什么不合适?",
    "Run every day; you are told of organisations that were not found before.": (
        "每天运行一次;出现之前没有的机构时会通知您。"
    ),
    "Who needs this?": "谁需要这个?",
    "Who can do this?": "谁能做这个?",
    "resting": "已暂停",
    "{count} known hit": "{count} 个已知结果",
    "{count} known hits": "{count} 个已知结果",
    "last run {when}": "上次运行:{when}",
    "Let it rest": "暂停",
    "Wake it up": "恢复运行",
    "Remove": "删除",
    "Remove this saved search?": "确定删除这个保存的搜索吗?",
    "No saved searches": "没有保存的搜索",
    "Search for something, then save the search below the hits.": "先搜索,再在结果下方保存该搜索。",
    "Search": "搜索",
    "Write what you look for as you would say it to a colleague, in Chinese or English.": (
        "像对同事说话那样写出您要找的内容,中英文均可。"
    ),
    "What do you want to know?": "您想知道什么?",
    "Text": "文字",
    "Kind": "性质",
    "Any": "不限",
    "Field": "领域",
    "The search is not ready": "搜索尚未就绪",
    "The index is being made ready. Try again in a moment.": "索引正在准备。请稍后再试。",
    "Save this search": "保存这个搜索",
    "Name of the search": "搜索的名称",
    "Save, and tell me of new hits": "保存,有新结果时通知我",
    "Nobody found": "没有找到",
    "Say it in other words, or with fewer filters.": "换个说法,或减少筛选条件。",
    "For example:": "例如:",
    "Suggestions": "推荐",
    "Partners for you": "适合您的伙伴",
    "Organisations whose capabilities answer your needs, and the other way round.": (
        "能力满足您的需求,或需要您能力的机构。"
    ),
    "Ranked by": "排序依据",
    "Both ways": "双向",
    "Who answers my needs": "谁能满足我的需求",
    "Whose needs I answer": "我能满足谁的需求",
    "No suggestions just now": "暂时没有推荐",
    "The index is being made ready. Your profile is safe; try again in a moment.": (
        "索引正在准备,您的资料不受影响;请稍后再试。"
    ),
    "Widen the filters, or say more in your profile: a clear need with numbers finds more.": (
        "放宽筛选条件,或在资料中写得更多:带有数字的明确需求能找到更多伙伴。"
    ),
    "Needs that nobody here answers yet": "平台上暂无人能满足的需求",
    "Coordinators see these gaps too. You are told when somebody comes who answers one.": (
        "协调员也会看到这些空缺。一旦有机构能满足,会通知您。"
    ),
    "Why is somebody not in the list?": "为什么某个机构不在列表中?",
    "Ask": "查询",
    "Computed {when} from version {version} of your profile.": (
        "计算于{when},依据您资料的第 {version} 版。"
    ),
    "It is in your list, at place {rank}.": "它在您的列表中,排第 {rank} 位。",
    "Its score is {score}; the last one on the first page has {last}.": (
        "它的评分为 {score};首页最后一位为 {last}。"
    ),
    "Several have this name. Which one?": "有多个机构叫这个名称。是哪一个?",
    "Not found": "未找到",
    "No organisation of this name is here, or it is not active.": (
        "平台上没有这个名称的机构,或该机构未启用。"
    ),
    "Back to the suggestions": "返回推荐",
    "All messages are marked as read.": "所有消息已标为已读。",
    "The organisation is withdrawn.": "机构已撤回。",
    "Everything of the organisation is erased.": "机构的全部内容已删除。",
    "An invitation was sent to {email}.": "邀请已发送至 {email}。",
    "The organisation is back.": "机构已恢复。",
    "Thank you for telling us.": "感谢告知。",
    "Your answer is noted.": "您的答复已记录。",
    "The search is saved. You will be told of new hits.": "搜索已保存,有新结果时会通知您。",
    "You have asked for an introduction. A coordinator looks at it first.": (
        "您已申请引荐,协调员会先行审核。"
    ),
    "Thank you. Your answer is noted.": "谢谢,您的答复已记录。",
    "Your choice is saved.": "您的选择已保存。",
    "The saved search is changed.": "保存的搜索已修改。",
    "The saved search is removed.": "保存的搜索已删除。",
}
