"""Words that tell capabilities from needs, and both from what is neither; no names.

Patterns of `re`, joined by `|`. What stands under DISGUISED looks like a cue and is none.
"""

import re
from collections.abc import Iterable


def _any(*patterns: str) -> str:
    return "|".join(patterns)


def _lines(text: str) -> Iterable[str]:
    return filter(None, (line.strip() for line in text.splitlines()))


def _compiled(chinese: str, english: str) -> re.Pattern[str]:
    """Chinese words as they stand, English ones whole and in either case."""
    words = rf"(?<![A-Za-z])(?:{_any(*_lines(english))})(?![A-Za-z])"
    return re.compile(rf"{_any(*_lines(chinese))}|(?i:{words})")


HEADING_NEED = _compiled(
    """
    (?:技术|合作|研发|产业|创新|人才|采购|企业)?(?:需求|诉求|难题|痛点|攻关方向)
    难点|瓶颈|短板|需要什么|找什么|寻求|寻找|征集|揭榜|拟合作|招募|希望.{0,6}(?:合作|支持|解决|找到)
    (?:面临|遇到|存在)的?(?:问题|挑战|困难)|待解决|求助|缺什么
    """,
    r"""
    (?:our\s+)?(?:needs?|challenges?|problems?|requirements?|wish\s?list|pain\s+points?)
    (?:what\s+)?we(?:'re|\s+are)?\s+(?:need|lack|looking\s+for|look\s+for|seek|seeking|want|miss)
    (?:looking|searching)\s+for|wanted|seeking|sought|help\s+wanted|open\s+(?:innovation|questions?)
    (?:partners?|partnerships?|cooperation|collaborations?)\s+(?:wanted|sought|needs?|interests?)
    calls?\s+for\s+(?:partners|solutions)
    """,
)
HEADING_CAPABILITY = _compiled(
    """
    (?:核心|关键|主要|技术|科研|研发|服务|我们的|团队)?(?:能力|优势|成果|实力|特长|专长)
    核心技术|主营|产品|服务|研究方向|研究领域|研究内容|技术方向|解决方案|能做什么|能提供|可提供
    代表性(?:成果|项目|案例)|典型案例|成功案例|业务范围|关键技术|仪器设备|实验平台|科研平台|我们做什么
    """,
    r"""
    (?:our\s+)?(?:capabilit(?:y|ies)|competenc(?:e|es|ies|y)|expertise|strengths?|technolog(?:y|ies))
    (?:our\s+)?(?:services?|products?|portfolio|solutions?|facilities|equipment|research|skills?)
    (?:research|key|core|main)\s+(?:areas?|topics?|results?|fields?|interests?)|what\s+we\s+(?:do|offer)
    we\s+(?:offer|provide)|offers?|offering|achievements|know-how|case\s+studies|infrastructure
    """,
)
HEADING_NOISE = _compiled(
    """
    ^关于我们|公司(?:简介|介绍|概况|历史)|企业(?:简介|文化|荣誉)|单位(?:简介|概况)|发展历程|荣誉|资质
    联系(?:我们|方式|人)|新闻|动态|公告|招聘|加入我们|版权|隐私|友情链接|获奖|团队成员|师资
    (?:客户|合作)(?:案例|客户)|服务客户|参考文献|目录|声明|大事记|合作伙伴$|所在地|地址|单位名称|单位性质|邮编|网址|邮箱|电话|传真|基金
    """,
    r"""
    about(?:\s+us)?|history|contacts?(?:\s+us)?|imprint|news|press|careers?|jobs|awards?|privacy
    terms(?:\s+of\s+\w+)?|references|publications|our\s+team|people|staff|partners|funding|location
    legal|table\s+of\s+contents|contents|organi[sz]ation|address|website|e-?mail|phone|acknowledg\w+
    founded|country|size|certificates?
    """,
)

DISGUISED = _compiled(
    """
    无需|不需要?|按需|所需|供需|需求(?:分析|调研|管理|响应|侧|方|文档)
    (?:客户|用户|市场|不同|实际|个性化|临床|行业|各类|多种|特殊|各种)的?(?:需求|需要)
    (?:满足|根据|响应|围绕|针对|面向).{0,12}(?:需求|需要)|寻找规律|路径寻找|目标搜寻|问题分析
    """,
    r"""
    (?:no|without|any)\s+needs?(?:\s+(?:for|to|of))?|needs?\s+no|(?:does|do|did)\s+not\s+need
    (?:customers?|clients?|users?|patients?|market|special|your|their)(?:'s?|s')?\s+needs?
    needs?\s+(?:analysis|assessments?)|as\s+needed|if\s+needed|problem[-\s]solving|on\s+demand
    forward-looking|looking\s+(?:back|forward|after)|look\s+forward
    """,
)

NEED_STRONG = _compiled(
    """
    寻求|寻找|求购|求(?=有|一|高|低|懂|能|做)|急需|亟需|急缺|亟待|亟须|征集|诚征|诚招|招募|缺少|缺乏|还缺|欠缺|匮乏
    想找|想要|希望(?:能)?(?:有|找|与|和|获得|得到|引进|同|能有|由|请|联合|借助|可以有)|拟(?:引进|采购|寻求|委托|征集|联合)
    (?:^|我们|我司|本院|目前|现|还|同时|此外|另外|还将)需要|(?<![必所不无按])需(?:一|要一|有|能|具备|引入|求(?!分析))
    愿(?:意)?(?:与|同|和).{1,20}(?:合作|攻关|研发)|(?:难题|痛点|瓶颈|卡脖子|短板)
    谁能|哪(?:家|位|个团队|个单位)|有没有.{0,10}(?:团队|单位|公司|企业|高校|老师|人|方法|办法|产品)
    请.{0,4}(?:介绍|推荐|引荐)|帮忙(?:介绍|找|解决)|求推荐|希望.{0,10}?(?:提供|介绍|开发|支持|帮助)
    寻(?:合作|伙伴)|期待.{0,12}(?:提供|加入|支持)|欢迎.{0,20}(?:提供|揭榜|承担)|求助|没有人能|解决不了|无法(?!比拟|替代)
    """,
    r"""
    (?:are|is|am|'re|'m|now|currently|also|therefore|be)\s+(?:\w+\s+)?(?:looking|searching)\s+for
    looking\s+for|look\s+for|seek(?:s|ing)?|in\s+search\s+of|searching\s+for|wanted|help\s+wanted
    (?:we|i|team|company|museum|hospital|institute|group)\s+(?:\w+\s+)?(?:need|needs|require|requires|lack|lacks|want|wants|miss)
    what\s+we\s+(?:lack|need|miss)|would\s+(?:also\s+)?(?:be\s+needed|like\s+(?:to|a|somebody|someone|partners?))
    (?:is|are)\s+(?:missing|needed|sought|required)|interested\s+in(?:\s+(?:solutions|partners|methods|working))
    do(?:es)?\s+not\s+have|have\s+no|has\s+no|lack(?:s|ing)?|cannot|can't|partners?\s+(?:for|with|to|who|that|wanted)
    complains?|struggl(?:e|es|ing)|bottleneck|unsolved|unmet|no\s+solution
    (?:does|is)\s+(?:anybody|anyone|there\s+(?:a|any|some)\w*)|who\s+can|we(?:'d|\s+would)\s+(?:also\s+)?love\s+to
    """,
)
NEED_WEAK = _compiled(
    """
    没有头绪|打算|想了解|需要|需求|希望|期望|期待|问题|困难|挑战|不足|很弱|较弱|尚未|还没有|没法|难以|不够|太[贵慢重大高]|要求|能否|拟|不低于|不超过
    """,
    r"""
    needs?|require[sd]?|must|should|challenges?|problems?|hope|hoping|wish|difficult|too\s+(?:slow|costly|expensive|heavy)
    want(?:s|ed)?|at\s+most|at\s+least|partners?
    """,
)
CAPABILITY_STRONG = _compiled(
    """
    (?:优势|强项|特色|特长)(?:是|在于)|擅长|掌握|拥有|自主(?:研发|研制|开发|设计|知识产权)|研发(?:了|出|成功|的)|研制(?:了|出|的)|开发(?:了|出)
    (?:我们|本?公司|我司|本?团队|实验室|我科|我院|我中心|我校|本所|中心|研究所)(?:也|还|已|现|目前|长期|主要|一直|团队){0,2}(?:有|提供|能|可以?|做|研发|开发|专注|从事|建成)
    (?:可|能够?|已)(?:以|为.{1,12})?(?:提供|承接|承担|支持|交付|开放|共享)|提供|承接|专注于|从事|建有|建成|配备|已(?:完成|实现|应用|建成|建|有|在)
    开放共享|成功(?:应用|研制|开发)|专利|多年(?:经验|积累)|长期从事|主营|产品包括|展示了
    """,
    r"""
    (?:we|i|laborator(?:y|ies)|lab|team|group|company|institute|centre|center|software|platform|system|line|stage)\s+(?:(?:also|can|have|has|now|currently)\s+)*(?:offers?|provides?|makes?|builds?|built|develop(?:s|ed)?|manufactur(?:e|es|ed)|design(?:s|ed)?|operates?|speciali[sz]es?|produces?|deposits?|measures?|maintains?|runs?|hold(?:s)?|keeps?|supports?|deliver(?:s|ed)?|host(?:s|ed)?|own(?:s)?|train(?:s|ed)?|supply|supplies)
    expert(?:s|ise)?\s+in|speciali[sz](?:e|es|ed|ing)\s+in|experienced?\s+in|experience\s+(?:in|with|of)|track\s+record
    can\s+(?:provide|offer|supply|deliver|be\s+(?:booked|shared|provided|handed))|available\s+(?:for|to|on)
    patent(?:s|ed)?|open\s+data\s*set|in-house|proprietary|state-of-the-art|our\s+(?:own|software|platform|technology|method|system|engine)
    """,
)
CAPABILITY_WEAK = _compiled(
    """
    可以|能够|支持|实现|达到|精度|误差|良率|采用|基于|优化|提升|经验|成果|算法|平台|系统|装置|工艺|设计|制备|检测|测试|服务
    """,
    r"""
    ^our\s+\w+|offers?|provides?|supports?|enables?|achiev(?:e|es|ed)|accuracy|tested|validated|measured|developed|simulation|platform
    system|design|training\s+courses?|services?
    """,
)

NOISE = _compiled(
    """
    ^(?:联系|电话|手机|邮箱|电子邮箱|地址|传真|网址|邮编|微信|QQ|联系人|单位名称|所在地区?)
    版权所有|ICP备|公网安备|隐私政策|使用条款|友情链接|扫一扫|关注我们|返回(?:首页|顶部)|上一篇|下一篇|阅读全文|查看更多|了解更多|点击
    (?:成立|创建|创办|始建|组建)于|注册资本|坐落|总部位于|隶属于|现有(?:职工|员工|教授|专任|教职|研究人员)
    荣获|获奖|先后获|高新技术企业|专精特新|ISO\\s*\\d{4,5}|远销|百强|领导|致辞|出席|参观|对接会|本报讯|记者
    欢迎.{0,12}(?:来电|咨询|洽谈|垂询|莅临|访问|光临)|携手|共创|共赢|竭诚|真诚|秉承|宗旨|理念|愿景|使命|各位|您好|此致|敬礼|谢谢|感谢|顺祝|祝好
    (?:加强|深化|推进|展开|开展)合作|双方|座谈|介绍了.{0,6}(?:概况|情况)
    国家重点研发计划|课题\\s*\\d+\\s*项|承担.{0,16}(?:项目|课题).{0,6}项|奖励?\\s*\\d*\\s*项|税号
    我是.{0,24}(?:工程师|教授|博士|老师|主任|负责人|研究员|经理)|我们是(?:一家)?.{0,20}(?:公司|团队|单位|机构)
    """,
    r"""
    all\s+rights\s+reserved|copyright|©|privacy\s+policy|cookies?|read\s+more|click\s+here|subscribe|sign\s+up|log\s?in|follow\s+us
    founded\s+in|established\s+in|was\s+founded|headquartered|(?:is|are)\s+(?:located|based)\s+in|employs?\s+\d+|spin-off
    awards?|award-winning|vat\s+id|imprint|ISO\s*\d{4,5}|latest\s+news|press\s+release|moved\s+to
    dear|kind\s+regards|best\s+regards|yours\s+\w+|sincerely|look(?:ing)?\s+forward|hearing\s+from\s+you|thank\s+you|thanks
    (?:is|are)\s+welcome|welcome\s+to|part\s+of\s+the\s+(?:faculty|school|department|university)|funded\s+by|our\s+(?:mission|vision|values)
    i\s+(?:am|lead|work)|we\s+are\s+a\s+(?:small\s+|young\s+)?(?:company|team|group|spin-off)|contact|phone|tel|e-?mail
    """,
)
"""Where one of these stands and nothing tells the side strongly, a piece is left out."""

ADDRESS = re.compile(
    r"[\w.+-]+@[\w-]+\.\w+|https?://\S+|www\.\S+|\+?\d[\d ()-]{7,}\d|[A-Z]{2}\d{9}"
    r"|\d{5,6}\s+[A-Z]\w+"
)
"""Mail and web addresses, telephone and tax numbers."""

CONTINUES = _compiled(
    """
    ^(?:它|该|其|此|这|并|其中|要求|指标|目前|例如|比如|包括|同时可|均|每)
    """,
    r"""
    ^(?:it|its|this|these|they|their|the\s+(?:system|software|twin|tool|device|method|engine|data|platform|experience|set-?up)|both|for\s+example|such|which|that|each)
    """,
)
"""A sentence that goes on about what the one before said."""

TURN = re.compile(
    r"[,;\uff0c\uff1b]\s*(?=(?:但|不过|而|目前|现|另|同时|下一步|还)?.{0,6}?"
    r"(?:希望|寻求|寻找|急需|亟需|急缺|缺少|缺乏|想找|需要|拟|求))"
    r"|[,;]?\s+(?=(?:and|but|while|so)\s+(?:we\s+|is\s+|are\s+|now\s+|therefore\s+|also\s+)*"
    r"(?:(?:are\s+)?(?:now\s+)?(?:looking|searching)\s+for|seek(?:s|ing)?|need|needs|lack|lacks)\b)",
    re.IGNORECASE,
)
"""Where a sentence turns from what there is to what is missing."""
