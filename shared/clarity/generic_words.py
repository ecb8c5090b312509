"""Words that say nothing of what is needed: courtesies, wishes, and names of whole industries."""

import re

from shared.facets.rules import alternatives, words

_CHINESE = words(
    """寻找|寻求|需要|急需|需求|希望|想要|想|求|找|征集|诚邀|欢迎|有意者|联系|洽谈|对接|引进|引入|联合
    申报|合作伙伴|合作单位|合作方|合作|协作|伙伴|产学研|校企|共建|共同|共享|共赢|互利|双赢|长期|战略
    开展|进行|推动|推进|促进|提升|提高|加强|实现|打造|构建|发展|创新|转型|升级|赋能|落地|转化|孵化
    数字化|智能化|信息化|人工智能|大数据|云计算|物联网|区块链|元宇宙|虚拟现实|增强现实|数字经济|新材料
    新能源|高新技术|高科技|先进|领先|一流|优质|优秀|高质量|高水平|前沿|核心|关键|相关|有关|各类|多种
    各种|各个|多个|一批|一些|一个|一家|形式|方式|方面|领域|行业|产业|生态|市场|上下游|资源|优势
    技术|科技|成果|项目|产品|服务|方案|解决方案|平台|系统|经验|团队|专家|人才|资金|机构|单位|企业|公司
    高校|院校|大学|科研院所|研究所|科研|研究|研发|开发|国内外|国内|国外|国家|重点|指导|支持|帮助|咨询
    交流|学习|了解|竞争力|能力|价值|机会|问题|可以|能够|能|我们|我司|我公司|我方|本公司|贵方|什么|如何|怎么|有没有
    好的|更好|更多|一起|做|等|和|与|及|或|的|了|在|是|有|为|以|对|从|到|把|给|用|由|并|也|都|要|会|可
    就|很|较|更|最|拟|其|该|此|这|那|一|个|吗|呢|一下|带来|得到|技术合作|企业核心"""
)
_ENGLISH = words(
    """a|an|the|of|for|in|on|to|by|with|and|or|at|from|as|into|about|between|we|our|us|i|my|you|your|it
    its|they|their|this|that|these|those|who|which|what|how|is|are|be|been|was|were|can|could|will|would
    should|may|must|do|does|have|has|had|not|no|any|some|all|more|most|other|others|various|many|several
    new|good|better|best|great|excellent|leading|innovative|innovation|innovations|advanced|modern|high
    quality|high-quality|cutting-edge|state-of-the-art|world-class|top|smart|intelligent|digital|strong
    need|needs|needed|want|wants|wanted|look|looking|seek|seeking|search|searching|interested|explore
    find|like|welcome|help|support|partner|partners|partnership|partnerships|collaboration
    collaborations|collaborate|cooperation|cooperate|joint|jointly|together|mutual|mutually|beneficial
    long-term|strategic|project|projects|team|teams|expert|experts|consultant|consultants|talent|funding
    university|universities|institution|institutions|institute|institutes|company|companies|enterprise
    enterprises|organisation|organisations|organization|research|researcher|researchers|development
    technology|technologies|technique|solution|solutions|service|services|product|products|software
    system|systems|platform|platforms|tool|tools|material|materials|result|results|idea|ideas|field
    fields|area|areas|industry|industries|market|world|worldwide|global|international|competitiveness
    value|create|improve|improving|increase|develop|developing|provide|offer|use|using|make|get|learn
    something|anything|opportunity|opportunities|commercialised|commercialized|commercialise|future
    ai|artificial|intelligence|machine|learning|big|data|cloud|iot|internet|things|metaverse|vr|ar|xr
    virtual|augmented|reality|blockchain|transformation|digitalisation|digitalization|please|contact"""
)
GENERIC_CHINESE = re.compile(alternatives(_CHINESE))
GENERIC_ENGLISH = frozenset(_ENGLISH)
