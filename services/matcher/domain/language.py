"""Which of the two languages a text is in."""

import re

from services.matcher.domain.constants import HAN_SHARE
from shared.contracts.organisation import Language

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def detect_language(text: str) -> Language:
    """`zh` from a fifth of Han characters among the letters on, else `en`."""
    letters = "".join(filter(str.isalpha, text))
    han = len(_HAN.findall(letters))
    return "zh" if letters and han / len(letters) >= HAN_SHARE else "en"
