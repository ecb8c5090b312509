"""The guide, the profile editor and its hints."""

CHINESE: dict[str, str] = {
    "Your own name": "您的姓名",
    "What it is": "机构性质",
    "Chinese name": "中文名称",
    "At least one of the two names.": "两个名称至少填写一个。",
    "English name": "英文名称",
    "Country or region": "国家或地区",
    "Province": "省份",
    "Not in China, or not given": "不在中国,或不填",
    "City": "城市",
    "Web site": "网站",
    "Unified Social Credit Code": "统一社会信用代码",
    "18 characters; for enterprises and Chinese institutions.": (
        "18 位;企业和中国的院校、院所填写。"
    ),
    "ROR id": "ROR 标识",
    "For research institutions, such as https://ror.org/00q4vv597.": (
        "科研机构填写,例如 https://ror.org/00q4vv597。"
    ),
    "Introductions at once": "同时可接受的引荐数",
    "How many new contacts you can look after at the same time.": "您能同时照应多少个新的联系。",
    "A colleague has saved while you were writing": "您填写期间,同事保存过一次",
    (
        "Nothing is lost. The form below holds your changes and theirs together and is not "
        "saved yet; where you both changed the same, yours stands in the form and theirs is "
        "here."
    ): (
        "没有丢失任何内容。下面的表单合并了您和同事的修改,尚未保存;双方都改过的地方,表单中保"
        "留您的,同事的列在这里。"
    ),
    "both changed it": "双方都改过",
    "taken over from them": "采用了同事的修改",
    "Theirs, as it is stored": "同事的(已保存)",
    "Yours": "您的",
    "Drop mine and show what is stored": "放弃我的修改,显示已保存的内容",
    "Nobody fits yet": "暂时没有合适的伙伴",
    (
        "No organisation here answers what you have written. You are told as soon as one "
        "does; a clearer text helps."
    ): ("平台上还没有机构能满足您写下的内容。一旦有了会立即通知您;写得更清楚会有帮助。"),
    "To the profile": "前往资料",
    "All suggestions": "全部推荐",
    "Go on with the profile": "继续完善资料",
    "Looking for partners… a new profile takes a few seconds.": "正在寻找伙伴…新资料需要几秒钟。",
    "Clarity": "清晰度",
    "Clear enough to be matched.": "足够清楚,可以匹配。",
    "Fields that fit:": "适合的领域:",
    "Profile": "资料",
    "Version {version}, saved {when}": "第 {version} 版,保存于{when}",
    "Drafts from a text, page or document": "从文字、网页或文档生成草稿",
    "This organisation is withdrawn: nobody else sees it.": "该机构已撤回:其他人看不到它。",
    "On this device there are changes that were not saved:": "本设备上有未保存的修改:",
    "Take them back into the form": "放回表单",
    "Throw them away": "丢弃",
    "Your changes are not saved yet.": "您的修改尚未保存。",
    "What we can do": "我们的能力",
    "Add a capability": "添加能力",
    "What we need": "我们的需求",
    "Add a need": "添加需求",
    "Nothing here yet.": "还没有内容。",
    "The organisation": "机构",
    "Fields of the organisation": "机构所属领域",
    "Add a field": "添加领域",
    "Shown to a partner only after an introduction that both sides have agreed to.": (
        "只有在双方同意引荐之后,才会显示给对方。"
    ),
    "Add a contact": "添加联系人",
    "Save the profile": "保存资料",
    "Is this what you can do, and what you need?": "这些是您的能力和需求吗?",
    "Correct what is wrong, untick what does not belong here.": (
        "改正错误之处,取消勾选不相关的内容。"
    ),
    "Read from:": "读取自:",
    "The source is longer than what is read: only its beginning was.": (
        "来源内容过长,只读取了开头部分。"
    ),
    "Your corrections are not saved yet.": "您的修改尚未保存。",
    "{count} draft": "{count} 条草稿",
    "{count} drafts": "{count} 条草稿",
    "{count} passage left out: it says neither": "略去 {count} 段:既非能力也非需求",
    "{count} passages left out: they say neither": "略去 {count} 段:既非能力也非需求",
    "Draft {number}": "草稿 {number}",
    "Keep it": "保留",
    "Kind of statement": "内容类型",
    "We can": "我们能做",
    "We need": "我们需要",
    "We are not sure which of the two it is: please look.": "无法确定属于哪一类:请核对。",
    "Where it comes from": "出处",
    "Under the heading {heading}.": "位于标题“{heading}”之下。",
    "Page {number}.": "第 {number} 页。",
    "Told by the words {words}.": "依据词语:{words}。",
    "Another source": "换一个来源",
    "Save them to the profile": "保存到资料",
    "Nothing found that says what you can do or need": "没有读到能力或需求",
    "Try another text: a list of services, a project description, a call for partners.": (
        "请换一份文字:服务清单、项目介绍、合作征集等。"
    ),
    "I would rather write it myself": "我想自己填写",
    "Your first suggestions": "您的首批推荐",
    "Your profile is saved. It is being compared with all others.": (
        "您的资料已保存,正在与所有机构比对。"
    ),
    "Looking for partners…": "正在寻找伙伴…",
    "Show the suggestions": "显示推荐",
    "What have you already written?": "您已经写过什么?",
    (
        "A text, a page of your web site or a document: we make drafts of what you can do "
        "and what you need. You correct them; nothing is stored before you say so."
    ): (
        "一段文字、网站的一个页面或一份文档:我们据此生成能力与需求的草稿,由您修改;在您确认之"
        "前不保存任何内容。"
    ),
    "Paste a text": "粘贴文字",
    "Reading…": "正在读取…",
    "A profile, a leaflet, an e-mail": "简介、宣传册、邮件",
    "Make drafts": "生成草稿",
    "Name a web page": "填写网页地址",
    "Address": "地址",
    "A public page. We read it once, now.": "公开网页。只在此刻读取一次。",
    "Read the page": "读取网页",
    "Upload a document": "上传文档",
    "File": "文件",
    "Word (DOCX), PDF, HTML or text, up to 10 MB and 60 pages.": (
        "Word(DOCX)、PDF、HTML 或文本,不超过 10 MB、60 页。"
    ),
    "Read the document": "读取文档",
    "Which organisation do you speak for?": "您代表哪个机构?",
    "In a few minutes you see first partners, and why they fit.": (
        "几分钟后即可看到首批伙伴,以及推荐的理由。"
    ),
    (
        "You have asked to join {id}. A coordinator looks at it; you will get in as soon as "
        "you are admitted."
    ): ("您已申请加入 {id}。协调员正在审核,通过后即可进入。"),
    "Is it here already?": "是否已在平台上?",
    "Name of the organisation": "机构名称",
    "Look it up": "查找",
    "Ask to join": "申请加入",
    "No organisation of this name is here. Register it below.": (
        "平台上没有这个名称的机构。请在下面登记。"
    ),
    "Register it": "登记",
    "Register and go on": "登记并继续",
    "What do you need?": "需要什么?",
    "What can you do?": "能做什么?",
    "More about it": "更多信息",
    "Who may read it": "谁可以查看",
    "How much it matters": "重要程度",
    "Technology readiness (1 to 9)": "技术成熟度(1 至 9)",
    "Valid until": "有效期至",
    "Remove this one when saving": "保存时移除这一条",
    "Contact": "联系人",
    "Telephone": "电话",
    "Your profile is saved.": "您的资料已保存。",
    "Your organisation is registered.": "您的机构已登记。",
    "A coordinator has been asked to let you join. Look in later.": (
        "已请协调员批准您加入。请稍后再来查看。"
    ),
}
