"""Which of the two languages a text is in."""

from services.matcher.domain.constants import HAN_SHARE
from shared.contracts.organisation import Language


def detect_language(text: str) -> Language:
    """`zh` from a fifth of Han characters among the letters on, else `en`."""
    letters = [character for character in text if character.isalpha()]
    han = sum(_is_han(character) for character in letters)
    return "zh" if letters and han / len(letters) >= HAN_SHARE else "en"


def _is_han(character: str) -> bool:
    code = ord(character)
    return 0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x3FFFF
