"""Questions that help to say more, each with an example of a good sentence."""

from shared.contracts.clarity import ClarityQuestion, Lack
from shared.contracts.organisation import Language, Side

_NEED: dict[Lack, dict[Language, tuple[str, str]]] = {
    Lack.DETAIL: {
        "zh": (
            "具体要解决什么问题?现在卡在哪里?",
            "“风机齿轮箱油温报警误报多,每周要停机检查两次,希望提前两周判断真实故障。”",
        ),
        "en": (
            "Which problem exactly is to be solved? What goes wrong today?",
            '"Gearbox oil alarms of our wind turbines are mostly false; we stop twice a week and '
            'want to know a real fault two weeks ahead."',
        ),
    },
    Lack.SUBJECT: {
        "zh": (
            "需要的是什么:材料、器件、设备、软件、数据还是服务?",
            "“需要一款可装进眼镜腿的眼动追踪模组。”",
        ),
        "en": (
            "What is it that you need: a material, a component, a device, software, data, a "
            "service?",
            '"We need an eye-tracking module that fits into a temple of glasses."',
        ),
    },
    Lack.APPLICATION: {
        "zh": ("在什么场景或产品中使用?谁来使用?", "“用于港口岸桥的远程操控,由司机在中控室使用。”"),
        "en": (
            "Where will it be used, in which product or situation, and by whom?",
            '"For the remote control of quay cranes, by drivers in a control room."',
        ),
    },
    Lack.APPROACH: {
        "zh": (
            "希望达到什么效果?有没有想用或不能用的方法?",
            "“在不增加基站的条件下识别被遮挡的测距,减少误报。”",
        ),
        "en": (
            "What should it achieve? Is there a method that you want, or one that you rule out?",
            '"Tell blocked distance readings from good ones without more base stations, so that '
            'false alarms become rare."',
        ),
    },
    Lack.NUMBER: {
        "zh": (
            "有没有数字指标:精度、速度、数量、温度、成本或期限?",
            "“误差小于10厘米,整机功耗不超过300毫瓦,年底前试用。”",
        ),
        "en": (
            "Which figures matter: accuracy, speed, quantity, temperature, cost, a date?",
            '"Error below 10 cm, no more than 300 mW, a trial by the end of the year."',
        ),
    },
    Lack.DISTINCTION: {
        "zh": (
            "平台上很多能力都差不多符合:什么样的合作方不合适?与通用方案有何不同?",
            "“通用的人体动捕不适用:手指要单独识别,而且戴着防护手套。”",
        ),
        "en": (
            "Many on the platform fit about equally: who would not do? What is special about it?",
            '"General body tracking will not do: fingers must be told apart, in safety gloves."',
        ),
    },
}
_CAPABILITY: dict[Lack, dict[Language, tuple[str, str]]] = {
    Lack.DETAIL: {
        "zh": ("具体能做什么?做过什么?", "“为三个风电场做过齿轮箱油液与振动联合监测。”"),
        "en": (
            "What exactly can you do, and what have you done?",
            '"We have monitored oil and vibration of gearboxes in three wind farms."',
        ),
    },
    Lack.SUBJECT: {
        "zh": (
            "能提供什么:材料、器件、设备、软件、数据还是服务?",
            "“可提供眼动追踪模组与标定治具。”",
        ),
        "en": (
            "What can you hand over: a material, a component, a device, software, data, a service?",
            '"We supply eye-tracking modules with their calibration jig."',
        ),
    },
    Lack.APPROACH: {
        "zh": ("用什么方法,达到了什么效果?", "“采用迁移学习诊断轴承故障,提前两周预警。”"),
        "en": (
            "By which method, and with what result?",
            '"Bearing faults are found two weeks ahead by transfer learning."',
        ),
    },
}


def question(
    lack: Lack, side: Side, language: Language, reader_language: Language | None
) -> ClarityQuestion:
    """Asked in the reader's language, by default the statement's; the example is in the latter."""
    wording = _wording(lack, side)
    return ClarityQuestion(
        lack=lack,
        question=wording[reader_language or language][0],
        example=wording[language][1],
    )


def _wording(lack: Lack, side: Side) -> dict[Language, tuple[str, str]]:
    if side is Side.CAPABILITY and lack in _CAPABILITY:
        return _CAPABILITY[lack]
    return _NEED[lack]
