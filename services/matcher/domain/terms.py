"""How words are written alike: widths, case, plurals, separators."""

import re
import unicodedata
from collections.abc import Iterator

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－", "-"))
_SEPARATORS = "-./_:&'"
_PART = re.compile(r"[^\W\d_]+|\d+")
_SEPARATOR = re.compile(f"[{re.escape(_SEPARATORS)}]+")
_YEAR = re.compile(r"-(?:19|20)\d\d$")


def normalise(text: str) -> str:
    """NFKC, lower case, one kind of dash, nothing invisible."""
    folded = unicodedata.normalize("NFKC", text).translate(_DASHES).lower()
    for one in set(folded):
        if not one.isascii() and unicodedata.category(one) == "Cf":
            folded = folded.replace(one, "")
    return folded


def without_accents(word: str) -> str:
    """Letters alone: `modèle` becomes `modele`."""
    if word.isascii():
        return word
    return "".join(
        one for one in unicodedata.normalize("NFKD", word) if not unicodedata.combining(one)
    )


def singular(word: str) -> str:
    """The S-stemmer of Harman, "How effective is suffixing?" (1991), and `glasses`."""
    if len(word) <= 3 or not word.endswith("s"):
        return word
    if word.endswith("ies") and word[-4] not in "ea":
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if word.endswith("es") and word[-3] not in "aeo":
        return word[:-1]
    return word[:-1] if word[-2] not in "us" else word


def compound(word: str) -> str:
    """A name as one token, however its parts are joined: `ResNet-50` and `resnet50` are one."""
    return _SEPARATOR.sub("", word)


def without_year(identifier: str) -> str:
    """A standard is cited with and without its year: `38247-2019` becomes `38247`."""
    return _YEAR.sub("", identifier)


def parts(word: str) -> Iterator[str]:
    """What a name is made of; single letters and short numbers say nothing."""
    for part in _SEPARATOR.split(word):
        if len(part) > 1 and not (part.isdigit() and len(part) < 3):
            yield part
        pieces = _PART.findall(part)
        if len(pieces) > 1:
            yield from (one for one in pieces if len(one) > 2)
