"""Names of provinces (GB/T 2260) and countries (ISO 3166-1, named by CLDR) for forms and lists."""

from collections.abc import Mapping
from functools import cache

from shared.contracts.organisation import Language

_PROVINCES = """
110000 北京 Beijing|120000 天津 Tianjin|130000 河北 Hebei|140000 山西 Shanxi
150000 内蒙古 Inner Mongolia|210000 辽宁 Liaoning|220000 吉林 Jilin|230000 黑龙江 Heilongjiang
310000 上海 Shanghai|320000 江苏 Jiangsu|330000 浙江 Zhejiang|340000 安徽 Anhui
350000 福建 Fujian|360000 江西 Jiangxi|370000 山东 Shandong|410000 河南 Henan
420000 湖北 Hubei|430000 湖南 Hunan|440000 广东 Guangdong|450000 广西 Guangxi
460000 海南 Hainan|500000 重庆 Chongqing|510000 四川 Sichuan|520000 贵州 Guizhou
530000 云南 Yunnan|540000 西藏 Xizang|610000 陕西 Shaanxi|620000 甘肃 Gansu
630000 青海 Qinghai|640000 宁夏 Ningxia|650000 新疆 Xinjiang|710000 台湾 Taiwan
810000 香港 Hong Kong|820000 澳门 Macao
"""


@cache
def provinces(language: Language) -> Mapping[str, str]:
    """Name by code, in the order of the codes."""
    lines = _PROVINCES.strip().replace("\n", "|").split("|")
    read = [line.split(" ", 2) for line in lines]
    return {code: zh if language == "zh" else en for code, zh, en in read}


@cache
def countries(language: Language) -> Mapping[str, str]:
    """Name by code; China first, the others in the order of their names."""
    from babel import Locale

    locale = Locale.parse("zh_Hans_CN" if language == "zh" else "en")
    known = {code: str(name) for code, name in locale.territories.items() if _is_country(code)}
    return dict(sorted(known.items(), key=lambda pair: (pair[0] != "CN", pair[1])))


_NO_COUNTRIES = frozenset(
    {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA", "XK"}
)
"""Codes of CLDR that ISO 3166-1 does not have."""


def _is_country(code: str) -> bool:
    return len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES


def place(language: Language, country: str, province: str | None, city_name: str | None) -> str:
    """Where an organisation is, shortly: province and city in China, else city and country."""
    region = provinces(language).get(province or "")
    if region is None and country != "CN":
        region = countries(language).get(country, country)
    parts = [part for part in (region, city_name) if part]
    return " · ".join(dict.fromkeys(parts))
