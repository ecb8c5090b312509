"""Places in China by GB/T 2260 code and by name, from python-stdnum's table."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from stdnum import numdb

from services.profiles import places_in_english

_PERIOD = re.compile(r"^\[(?P<first>\d*)-(?P<last>\d*)\](?P<name>.+)$")
_PROVINCE_SUFFIXES = (
    "特别行政区", "特別行政區", "维吾尔自治区", "回族自治区", "壮族自治区", "自治区", "省", "市",
)  # fmt: skip
_CITY_SUFFIXES = ("市", "地区", "盟", "自治州")


@dataclass(frozen=True)
class Place:
    """`abolished` is the last year in which the code was in force, None while it is."""

    code: str
    name: str
    abolished: int | None = None


@dataclass(frozen=True)
class Places:
    """Codes and names; `provinces` and `cities` resolve names without their suffixes too."""

    by_code: dict[str, Place]
    provinces: dict[str, str]
    cities: dict[str, tuple[str, ...]]

    def province_code(self, name: str) -> str | None:
        """江苏, 江苏省, Jiangsu and Jiangsu Province are all 320000; a code is itself."""
        if name.strip() in self.by_code and name.strip().endswith("0000"):
            return name.strip()
        return self.provinces.get(plain(name)) or self.provinces.get(_without_english_suffix(name))

    def city_code(self, name: str, province: str | None = None) -> str | None:
        """南京, 南京市, Nanjing and Nanjing City are all 320100.

        None where no city is called that, or several are and `province` (a code) does not
        say which: Suzhou is 苏州 in Jiangsu and 宿州 in Anhui.
        """
        if name.strip() in self.by_code and not name.strip().endswith("0000"):
            return name.strip()
        codes = self.cities.get(plain(name)) or self.cities.get(_without_english_suffix(name), ())
        if province:
            codes = tuple(code for code in codes if code[:2] == province[:2])
        return codes[0] if len(codes) == 1 else None


@cache
def places() -> Places:
    """The table, read once (6,900 lines)."""
    by_code = {place.code: place for place in _read()}
    provinces = dict(places_in_english.PROVINCES)
    cities = places_in_english.cities()
    for place in by_code.values():
        if place.abolished is not None or not place.code.endswith("00"):
            continue
        if place.code.endswith("0000"):
            provinces |= dict.fromkeys(_variants(place.name, _PROVINCE_SUFFIXES), place.code)
        elif place.name not in ("市辖区", "县"):
            for variant in _variants(place.name, _CITY_SUFFIXES):
                cities[variant] = (*cities.get(variant, ()), place.code)
    for name, code in (("北京", "11"), ("天津", "12"), ("上海", "31"), ("重庆", "50")):
        cities |= dict.fromkeys((name, f"{name}市"), (f"{code}0100",))
    return Places(by_code, provinces, cities)


def plain(name: str) -> str:
    """Letters and Han characters only, lower-case, without accents: Xi'an is xian."""
    decomposed = unicodedata.normalize("NFKD", name.strip()).casefold()
    return "".join(character for character in decomposed if character.isalpha())


def _without_english_suffix(name: str) -> str:
    return re.sub(r"(province|autonomousregion|municipality|city|shi|sheng|sar)$", "", plain(name))


def _variants(name: str, suffixes: tuple[str, ...]) -> list[str]:
    short = next((name.removesuffix(s) for s in suffixes if name.endswith(s)), name)
    return [name, short] if len(short) >= 2 else [name]


def _read() -> list[Place]:
    return [
        _place(province + county, properties["county"])
        for _, province, _, _, counties in numdb.get("cn/loc").prefixes
        for _, county, _, properties, _ in counties
    ]


def _place(code: str, periods: str) -> Place:
    """The newest use of a code: `[-1991]东郊区,[1992-]东丽区` is 东丽区."""
    newest = periods.split(",")[-1]
    if not (match := _PERIOD.match(newest)):
        return Place(code, newest)
    last = match["last"]
    return Place(code, match["name"], int(last) if last else None)
