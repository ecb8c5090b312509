"""What messages say, in both languages. No statement's text, no contacts, no reasons.

`{other}` is the other organisation, `{call}` a call by its title, `{count}` a number, `{name}` what
the reader called it, `{on}` a day.
"""

from dataclasses import dataclass

from shared.contracts.messages import MessageKind as Kind


@dataclass(frozen=True)
class Wording:
    """Title and text in Chinese and English."""

    title_zh: str
    text_zh: str
    title_en: str
    text_en: str


WORDING: dict[Kind, Wording] = {
    Kind.MATCH_ASKED: Wording(
        "推荐合作伙伴：{other}",
        "平台推荐贵方与{other}合作。请查看推荐理由，并告知是否有意向。双方均有意向后，平台将为双方牵线。",
        "A partner for you: {other}",
        "The platform suggests that you work with {other}. See why, and say whether you are "
        "interested. When both sides are, you will be introduced.",
    ),
    Kind.MATCH_TAKEN_UP: Wording(
        "贵方的牵线申请已受理：{other}",
        "贵方已表示有意与{other}合作，平台现已询问对方。待{other}答复后，我们会告知贵方。",
        "Your wish is taken up: {other}",
        "You are interested in {other}, and the platform has asked them now. You will hear from us "
        "when they have answered.",
    ),
    Kind.MATCH_NUDGED: Wording(
        "请答复：与{other}的合作推荐",
        "我们仍在等待贵方对{other}的答复。有意或无意都请告知；逾期未答复，该推荐将自动结束。",
        "Your answer, please: {other}",
        "We are still waiting for your answer about {other}. Yes or no, both help; without an "
        "answer the suggestion ends by itself.",
    ),
    Kind.MATCH_DECLINED: Wording(
        "与{other}的推荐已结束",
        "{other}目前不便参与此次合作。这与贵方的能力无关，平台会继续为贵方寻找合适的伙伴。",
        "The suggestion with {other} has ended",
        "{other} cannot take part at the moment. This says nothing about your work, and the "
        "platform goes on looking for partners for you.",
    ),
    Kind.MATCH_EXPIRED: Wording(
        "与{other}的推荐已过期",
        "未收到贵方答复，与{other}的推荐已结束。如仍有意向，可随时申请牵线。",
        "The suggestion with {other} has lapsed",
        "We had no answer from you, so the suggestion with {other} has ended. If you are still "
        "interested, ask for an introduction at any time.",
    ),
    Kind.MATCH_NO_ANSWER: Wording(
        "与{other}的推荐已结束",
        "感谢贵方的答复。{other}在期限内未能答复，此次推荐已结束；平台会继续为贵方寻找合适的伙伴。",
        "The suggestion with {other} has ended",
        "Thank you for your answer. {other} did not manage to answer in time, so this suggestion "
        "has ended; the platform goes on looking for partners for you.",
    ),
    Kind.MATCH_WAITING: Wording(
        "双方均有意向：{other}",
        "贵方与{other}均有意合作。目前有一方正在进行的对接较多，待其有余力时即为双方牵线。",
        "Both of you are interested: {other}",
        "You and {other} both said yes. One of you has many introductions under way; you will be "
        "introduced as soon as there is room.",
    ),
    Kind.MATCH_INTRODUCED: Wording(
        "已为贵方与{other}牵线",
        "贵方与{other}均有意合作，双方的联系方式现已互相公开。请尽早联系，并告知平台进展。",
        "You are introduced to {other}",
        "You and {other} both said yes, and each can now see the other's contacts. Get in touch "
        "soon, and tell the platform how it goes.",
    ),
    Kind.MATCH_COLLABORATING: Wording(
        "与{other}的合作已开始",
        "已登记：贵方与{other}正在合作。祝合作顺利！",
        "You work with {other} now",
        "It is noted that you and {other} work together. We wish you success!",
    ),
    Kind.MATCH_CLOSED: Wording(
        "与{other}的对接已结束",
        "贵方与{other}的对接已登记为结束。感谢参与。",
        "The match with {other} is closed",
        "The match between you and {other} is closed. Thank you for taking part.",
    ),
    Kind.MATCH_WITHDRAWN: Wording(
        "与{other}的对接已终止",
        "由于一方已撤下其资料，与{other}的对接已终止。",
        "The match with {other} is off",
        "One of the two has taken its profile down, so the match with {other} has ended.",
    ),
    Kind.MATCH_NOT_TAKEN_UP: Wording(
        "关于贵方申请与{other}牵线",
        "经审核，平台目前暂不为贵方与{other}牵线。完善需求与能力描述后，可再次申请。",
        "Your wish to meet {other}",
        "We have looked at it, and the platform will not introduce you to {other} for now. You may "
        "ask again once your needs and capabilities say more.",
    ),
    Kind.MATCH_REQUESTED: Wording(
        "有成员申请牵线",
        "一家机构申请与另一家机构对接，请审核。",
        "A member asks for an introduction",
        "An organisation asks to be introduced to another one. Please review it.",
    ),
    Kind.MATCH_READY: Wording(
        "双方均有意向，等待牵线",
        "双方均已同意，但有一方名额已满。可等待其有余力时自动牵线，也可现在牵线。",
        "Both said yes; the introduction waits",
        "Both sides agreed, but one has no capacity free. It happens by itself when there is "
        "room; you may also introduce them now.",
    ),
    Kind.MATCH_ASSIGNED: Wording(
        "有新的对接交由您负责",
        "一项对接已分配给您。",
        "A match is yours to look after",
        "A match was assigned to you.",
    ),
    Kind.CALL_INVITED: Wording(
        "邀请贵方参与{call}",
        "{other}邀请贵方加入{call}的团队。请查看其要求，并在期限前答复。",
        "You are invited to the team of {call}",
        "You are asked to join the team of {call}, published by {other}. See what it asks for, and "
        "answer in time.",
    ),
    Kind.CALL_ANSWERED: Wording(
        "{other}已答复{call}",
        "{other}已对{call}的席位邀请作出答复，请查看。",
        "{other} has answered for {call}",
        "{other} has answered the invitation to the team of {call}. Please have a look.",
    ),
    Kind.CALL_LAPSED: Wording(
        "{other}未在期限内答复{call}",
        "{other}未在期限内答复{call}的席位邀请，该席位现已空出。",
        "No answer from {other} for {call}",
        "{other} did not answer the invitation to the team of {call} in time; the seat is free.",
    ),
    Kind.CALL_REPLACEMENT: Wording(
        "{call}有新的候选：{other}",
        "{call}有席位空出，平台建议由{other}接替。请确认是否邀请。",
        "Somebody else for {call}: {other}",
        "A seat of {call} has become free, and the platform suggests {other} for it. Please say "
        "whether it shall be invited.",
    ),
    Kind.CALL_WANTED: Wording(
        "请为{call}邀请{other}",
        "{call}的发布方希望邀请{other}加入团队。请核查是否存在冲突并发出邀请。",
        "An invitation is asked for: {other}",
        "The publisher of {call} wants {other} in its team. Please look for conflicts, and invite "
        "it.",
    ),
    Kind.CALL_RELEASED: Wording(
        "贵方在{call}中的席位已释放",
        "贵方在{call}（{other}）团队中的席位已释放。",
        "Your seat in {call} was released",
        "Your seat in the team of {call}, published by {other}, was released.",
    ),
    Kind.CALL_CLOSED: Wording(
        "{call}已完成组队",
        "贵方受邀的{call}（{other}）已结束并完成组队。",
        "The team of {call} is complete",
        "{call}, published by {other}, is closed with a team; you had been invited to it.",
    ),
    Kind.CALL_INTRODUCED: Wording(
        "{call}的团队已互相引荐",
        "{call}已完成组队，团队成员与发布方的联系方式现已互相公开。请尽早联系。",
        "The team of {call} is introduced",
        "{call} is closed with its team, and all of it, with its publisher, can now see each "
        "other's contacts. Get in touch soon.",
    ),
    Kind.CALL_CANCELLED: Wording(
        "{call}已取消",
        "贵方受邀的{call}（{other}）已取消。",
        "Cancelled: {call}",
        "You had been invited to {call}, published by {other}. It is cancelled.",
    ),
    Kind.PROFILE_STALE: Wording(
        "请更新贵方资料",
        "贵方资料自{on}以来未更新。请确认能力与需求是否仍然有效，以便平台准确推荐。",
        "Is your profile still right?",
        "Your profile has not changed since {on}. Please check that its capabilities and needs "
        "still hold, so that suggestions fit.",
    ),
    Kind.STATEMENTS_EXPIRING: Wording(
        "{count} 条描述即将到期",
        "贵方有 {count} 条能力或需求将到期，最早于{on}。到期后请更新日期或删除。",
        "{count} of your statements end soon",
        "{count} of your capabilities and needs end soon, the first on {on}. Extend them, or "
        "take them away.",
    ),
    Kind.STATEMENTS_EXPIRED: Wording(
        "{count} 条描述已到期",
        "贵方有 {count} 条能力或需求已过有效期（最早于{on}）。请更新日期或删除。",
        "{count} of your statements are past their date",
        "{count} of your capabilities and needs are past their date, the first since {on}. Extend "
        "them, or take them away.",
    ),
    Kind.SEARCH_HITS: Wording(
        "“{name}”有 {count} 个新结果",
        "贵方保存的搜索“{name}”找到 {count} 家新的机构。",
        "{count} new for \u201c{name}\u201d",
        "Your saved search \u201c{name}\u201d found {count} organisations that were not there "
        "before.",
    ),
    Kind.WEBHOOK_DISABLED: Wording(
        "Webhook 已停用",
        "该地址长时间无法送达，Webhook“{name}”已停用。修复后可重新启用。",
        "A webhook was switched off",
        "Nothing could be delivered for a long time, so the webhook \u201c{name}\u201d was "
        "switched off. Enable it again when its address works.",
    ),
    Kind.POLICY_HELD: Wording(
        "一条描述暂不展示",
        "合规筛查发现贵方有一条能力或需求需要处理,暂不向其他成员展示,也不参与匹配。请查看原因与修改建议;"
        "如有异议,可申诉。",
        "One of your statements is held",
        "Policy screening keeps one of your capabilities or needs from other members and from "
        "matching. See why and what to change; if you disagree, appeal.",
    ),
    Kind.POLICY_APPEALED: Wording(
        "有成员对合规筛查提出申诉",
        "一家机构对筛查结果提出申诉,请审核。",
        "An appeal against policy screening",
        "An organisation disagrees with what screening found. Please review it.",
    ),
    Kind.POLICY_CLEARED: Wording(
        "一条描述已放行",
        "协调员已审核,贵方的这条描述现正常展示并参与匹配。",
        "One of your statements is cleared",
        "A coordinator has looked at it: your statement is shown and matched.",
    ),
    Kind.POLICY_UPHELD: Wording(
        "一条描述维持不展示",
        "协调员已审核,贵方的这条描述仍不展示。请查看理由并修改。",
        "One of your statements stays held",
        "A coordinator has looked at it: your statement stays held. See the reason, and change it.",
    ),
    Kind.JOIN_ASKED: Wording(
        "有人申请加入{other}",
        "一位用户申请代表{other}。请核实其身份后准许或拒绝。",
        "Somebody wants to join {other}",
        "A person asks to speak for {other}. Please find out who it is, and admit or refuse.",
    ),
    Kind.JOIN_ADMITTED: Wording(
        "已准许您代表{other}",
        "协调员已准许您代表{other}。您现在可以维护其资料并查看合作推荐。",
        "You speak for {other} now",
        "A coordinator has admitted you to {other}. You can keep its profile and see who fits.",
    ),
    Kind.JOIN_REFUSED: Wording(
        "未能准许您代表{other}",
        "协调员未准许您代表{other}。您可以登记其他机构，或再次申请。",
        "You were not admitted to {other}",
        "A coordinator has not admitted you to {other}. You may register another organisation, or "
        "ask again.",
    ),
}
