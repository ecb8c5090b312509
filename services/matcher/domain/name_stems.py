"""The parent that an organisation's name tells of, in Chinese and English.

'X大学A学院' and 'X大学B研究所' have the stem 'x大学'; 'Institute of B, University of X' has
'university of x'. A name that tells of no parent is its own stem, so equal names are alike too.
"""

import re
from collections.abc import Mapping
from unicodedata import normalize

_HAN = re.compile(r"[\u4e00-\u9fff]")
_PARENT_ZH = re.compile(r"^(.{2,}?(?:大学|科学院|集团))(?!生)")
_UNIT_EN = r"(?:school|department|dept|faculty|institute|laborator|lab|college|centre|center|" + (
    r"division|hospital|key lab|state key|academy|graduate|research|campus)"
)
_STARTS_UNIT = re.compile(rf"^(?:the )?{_UNIT_EN}", re.IGNORECASE)
_PARENT_EN = re.compile(r"\b(?:university|academy of sciences|group|polytechnic)\b", re.IGNORECASE)
_TRAILING_UNIT = re.compile(rf"^(.*?)\s+(?:{_UNIT_EN}\w*\s+(?:of|for|in)\b.*)$", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*[,;:()/]\s*|\s+[-\u2013\u2014]+\s+")
_PLAIN = re.compile(r"[\W_]+")


def name_stems(names: Mapping[str, str | None]) -> frozenset[str]:
    """One for each language in which it has a name; the script decides how it is read."""
    found = (
        _stem_zh(name) if _HAN.search(name) else _stem_en(name) for name in names.values() if name
    )
    return frozenset(stem for stem in found if stem)


def _stem_zh(name: str) -> str:
    plain = normalize("NFKC", name).strip()
    parent = _PARENT_ZH.match(plain)
    return _plain(parent.group(1) if parent else plain)


def _stem_en(name: str) -> str:
    parts = [part for part in _SEPARATOR.split(normalize("NFKC", name).strip()) if part]
    for part in parts:
        if not _STARTS_UNIT.match(part) and _PARENT_EN.search(part):
            trailing = _TRAILING_UNIT.match(part)
            inner = trailing.group(1) if trailing else ""
            return _qualified(parts, part, inner if _PARENT_EN.search(inner) else part)
    return _plain(" ".join(parts))


def _qualified(parts: list[str], parent: str, stem: str) -> str:
    """With a place after it: the University of California has more than one campus."""
    following = parts[parts.index(parent) + 1 :]
    places = [part for part in following[:1] if not _STARTS_UNIT.match(part)]
    return _plain(" ".join([stem, *places]))


def _plain(name: str) -> str:
    return _PLAIN.sub(" ", name.casefold()).removeprefix("the ").strip()
