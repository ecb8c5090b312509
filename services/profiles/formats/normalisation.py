"""What people write in files, as the contract wants it; what is not understood stays as it is."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import pycountry

from services.profiles.places import places

_KINDS = {
    "高校": "institution",
    "大学": "institution",
    "院校": "institution",
    "研究所": "institution",
    "科研机构": "institution",
    "企业": "enterprise",
    "公司": "enterprise",
    "其他": "other",
}
_NOT_ISO = {"EL": "GR", "UK": "GB"}
"""What the European Union writes."""


def normalised(values: Mapping[str, Any]) -> dict[str, Any]:
    """A copy with province and country names as codes, a full web address, and an id.

    Empty texts count as not given. An organisation without an id is known by its ROR id or its
    Unified Social Credit Code.
    """
    result = {key: value for key, value in values.items() if value != ""}
    _apply(result, "kind", lambda text: _KINDS.get(text, text.lower()))
    _apply(result, "country", country_code)
    _apply(result, "province", lambda text: places().province_code(text) or text)
    _apply(result, "website", web_address)
    if not result.get("id"):
        result["id"] = ror_id(result.get("ror")) or result.get("uscc")
    return result


def _apply(result: dict[str, Any], key: str, change: Callable[[str], str]) -> None:
    value = result.get(key)
    if isinstance(value, str):
        result[key] = change(value.strip())


def ror_id(value: object) -> str | None:
    """The nine characters of a ROR id, given with or without https://ror.org/."""
    return value.strip().rsplit("/", 1)[-1].lower() if isinstance(value, str) and value else None


def web_address(text: str) -> str:
    """With a scheme, as people leave it out."""
    return text if "://" in text else f"https://{text}"


@cache
def country_code(text: str) -> str:
    """The ISO 3166-1 code of a code or a name; the text itself where it is not known."""
    if len(text) == 2 and text.isascii():
        return _NOT_ISO.get(text.upper(), text.upper())
    if text in ("中国", "中华人民共和国"):
        return "CN"
    try:
        return str(pycountry.countries.lookup(text).alpha_2)
    except LookupError:
        return text
