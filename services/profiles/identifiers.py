"""Identifiers and codes, checked with the libraries that know them."""

import re

import pycountry
from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError
from stdnum.iso7064 import mod_97_10

from services.profiles.domain.admission import RejectedValueError
from services.profiles.places import Place, places

_ROR = re.compile(r"^(?:https?://)?(?:www\.)?(?:ror\.org/)?(0[0-9a-hj-km-np-tv-z]{6}[0-9]{2})$")
_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
_COMMON_MISTAKES = {"UK": "GB", "EL": "GR", "EN": "GB"}
_USER_ASSIGNED = frozenset({"XK"})
"""Kosovo: not in ISO 3166-1, but in wide use."""


class IdentifierRules:
    """GB 32100 by python-stdnum, ROR, ISO 3166 by pycountry, GB/T 2260 by python-stdnum."""

    def uscc(self, number: str) -> str:
        try:
            return str(uscc.validate(number))
        except InvalidLength as error:
            raise RejectedValueError(
                "not a Unified Social Credit Code: it has 18 characters (GB 32100)",
                "copy all 18 characters from the business licence",
            ) from error
        except InvalidChecksum as error:
            raise RejectedValueError(
                "the check character (the last of the 18) does not fit the others (GB 32100)",
                "compare it character by character with the business licence; one is mistyped",
            ) from error
        except ValidationError as error:
            raise RejectedValueError(
                "not a Unified Social Credit Code: the first 8 characters are digits, "
                "the others digits or capital letters without I, O, S, V, Z (GB 32100)",
                "look for O typed for 0, I for 1, S for 5 or Z for 2",
            ) from error

    def ror(self, identifier: str) -> str:
        match = _ROR.match(identifier.strip().lower())
        if not match:
            raise RejectedValueError(
                "not a ROR id: 0, six letters or digits (no i, l, o, u), two check digits",
                "copy it from https://ror.org, for instance 03xz9d532 or the whole address",
            )
        if not ror_checksum_is_right(match[1]):
            raise RejectedValueError(
                "the two check digits at the end do not fit the rest (ISO 7064 mod 97-10)",
                "compare it with the address on https://ror.org; one character is mistyped",
            )
        return match[1]

    def country(self, code: str) -> str:
        if code in _USER_ASSIGNED or pycountry.countries.get(alpha_2=code):
            return code
        meant = _COMMON_MISTAKES.get(code)
        raise RejectedValueError(
            f"{code} is not a country code of ISO 3166-1",
            f"did you mean {meant}?" if meant else "give two letters such as CN, SG, DE",
        )

    def province(self, code: str) -> str:
        place = _in_force(code)
        if not code.endswith("0000"):
            raise RejectedValueError(
                f"{code} is {place.name}, not a province",
                f"give {code[:2]}0000 as province, and {code} as city",
            )
        return code

    def city(self, code: str) -> str:
        place = _in_force(code)
        if code.endswith("0000"):
            raise RejectedValueError(
                f"{code} is {place.name}, a province", "give it as province, and a city's code here"
            )
        if place.name in ("市辖区", "县"):  # the districts of a municipality, as one
            return places().by_code[f"{code[:2]}0000"].name
        return place.name


def ror_checksum_is_right(identifier: str) -> bool:
    """Whether the nine characters fit together.

    The first seven are a number in Crockford's base 32, the last two its ISO 7064 mod 97-10
    check digits (https://ror.readme.io/docs/identifier).
    """
    number = 0
    for character in identifier[:7]:
        number = number * 32 + _CROCKFORD.index(character)
    return bool(mod_97_10.is_valid(f"{number}{identifier[7:]}"))


def _in_force(code: str) -> Place:
    place = places().by_code.get(code)
    if place is None:
        raise RejectedValueError(
            f"{code} is not a code of GB/T 2260", "give six digits such as 320000 or 320100"
        )
    if place.abolished is not None:
        raise RejectedValueError(
            f"{code} ({place.name}) was abolished in {place.abolished}",
            "give the code that the place has now",
        )
    return place
