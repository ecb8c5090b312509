"""How words are written alike: widths, case, plurals, separators."""

import re
import unicodedata
from collections.abc import Iterator

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－", "-"))
_SEPARATORS = "-./_:&'"
_PART = re.compile(r"[^\W\d_]+|\d+")
_SEPARATOR = re.compile(f"[{re.escape(_SEPARATORS)}]+")
_YEAR = re.compile(r"[-:](?:19|20)\d\d$")


def folded(text: str) -> str:
    """NFKC, one kind of dash, nothing invisible; capitals stay."""
    found = unicodedata.normalize("NFKC", text).translate(_DASHES)
    for one in set(found):
        if not one.isascii() and unicodedata.category(one) == "Cf":
            found = found.replace(one, "")
    return found


def without_accents(word: str) -> str:
    """Letters alone: `modèle` becomes `modele`."""
    if word.isascii():
        return word
    return "".join(
        one for one in unicodedata.normalize("NFKD", word) if not unicodedata.combining(one)
    )


def singular(word: str) -> str:
    """The S-stemmer of Harman, "How effective is suffixing?" (1991), `glasses` and `lenses`."""
    if len(word) <= 3 or not word.endswith("s") or word.endswith("lens"):
        return word
    if word.endswith("lenses"):
        return word[:-2]
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
    """A standard is cited with and without its year: `38247-2019`, `9001:2015` lose it."""
    return _YEAR.sub("", identifier)


def alternatives(word: str) -> list[str]:
    """Names joined by a stroke: `h.265/hevc`, `iso/iec`; none where one is a letter (`gb/t`)."""
    names = word.split("/")
    return [compound(one) for one in names] if len(names) > 1 and min(map(len, names)) > 1 else []


def parts(word: str) -> Iterator[str]:
    """What a name is made of; single letters and short numbers say nothing."""
    yield from alternatives(word)
    for part in _SEPARATOR.split(word):
        if len(part) > 1 and not (part.isdigit() and len(part) < 3):
            yield part
        pieces = _PART.findall(part)
        if len(pieces) > 1:
            yield from (one for one in pieces if len(one) > 2)
