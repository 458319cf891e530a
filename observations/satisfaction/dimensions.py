"""The questions about satisfaction, in the order asked, and the versions of the questionnaire."""

from enum import StrEnum

from observations.base.wording import N_

ANSWERS = (1, 2, 3, 4, 5)
LOW_ANSWER = 2
"""An answer this low or lower asks why."""


class Dimension(StrEnum):
    """What is asked about; the value is also the name of its column."""

    AIR = "air"
    WATER = "water"
    DRAIN = "drain"
    SUPPLY = "supply"
    NOISE = "noise"
    WASTE = "waste"
    RECYCLE = "recycle"
    GREEN = "green"
    VOICE = "voice"
    OVERALL = "overall"


RANKED = Dimension.OVERALL
"""The one figure that is ranked.

A mean of all would need weights, and none are published for a survey like this; a
person who cannot judge one dimension would also weigh differently from the rest. Asked for
an overall answer, each person does the weighing.
"""

NAMES = {
    Dimension.AIR: N_("空气"),
    Dimension.WATER: N_("水"),
    Dimension.DRAIN: N_("防涝"),
    Dimension.SUPPLY: N_("供水"),
    Dimension.NOISE: N_("噪声"),
    Dimension.WASTE: N_("固废"),
    Dimension.RECYCLE: N_("回收"),
    Dimension.GREEN: N_("绿地与自然"),
    Dimension.VOICE: N_("信息与参与"),
    Dimension.OVERALL: N_("总体"),
}

QUESTIONS = {
    Dimension.AIR: N_("最近三个月，你呼吸的空气怎么样？"),
    Dimension.WATER: N_("家附近的河湖，水清不清，有没有异味？"),
    Dimension.DRAIN: N_("下过大雨，路上的积水退得快不快？"),
    Dimension.SUPPLY: N_("家里的自来水，用着放不放心？"),
    Dimension.NOISE: N_("白天和夜里，够不够安静？"),
    Dimension.WASTE: N_("垃圾分类和清运，做得怎么样？"),
    Dimension.RECYCLE: N_("旧物和能回收的东西，有没有方便的去处？"),
    Dimension.GREEN: N_("走十五分钟，能不能遇见树、水和鸟？"),
    Dimension.VOICE: N_("环境的消息找得到吗？提的意见有人听吗？"),
    Dimension.OVERALL: N_("总的来说，你对这里的生态环境满意吗？"),
}

QUESTIONNAIRES = {
    1: (
        Dimension.AIR,
        Dimension.WATER,
        Dimension.NOISE,
        Dimension.WASTE,
        Dimension.GREEN,
        Dimension.VOICE,
        Dimension.OVERALL,
    ),
    2: tuple(Dimension),
}
"""What each version asks, in order. A version that has been answered is never changed."""
LATEST_QUESTIONNAIRE = max(QUESTIONNAIRES)


class Subtotal(StrEnum):
    """A campaign of the city that covers several of the questions and gets a mean of its own."""

    ECOLOGY = "ecology"
    FIVE_WATERS = "five_waters"
    ZERO_WASTE = "zero_waste"


SUBTOTAL_NAMES = {
    Subtotal.ECOLOGY: N_("生态环境"),
    Subtotal.FIVE_WATERS: N_("五水共治"),
    Subtotal.ZERO_WASTE: N_("无废城市"),
}
SUBTOTALS = {
    Subtotal.ECOLOGY: (Dimension.AIR, Dimension.NOISE, Dimension.GREEN),
    Subtotal.FIVE_WATERS: (Dimension.WATER, Dimension.DRAIN, Dimension.SUPPLY),
    Subtotal.ZERO_WASTE: (Dimension.WASTE, Dimension.RECYCLE),
}
"""Each question counts the same in its subtotal; of an older version, those it asked."""


def score(answer: int) -> int:
    """An answer of 1 to 5 as points of 0 to 100: `(x - 1) * 25`."""
    return (answer - 1) * 25
