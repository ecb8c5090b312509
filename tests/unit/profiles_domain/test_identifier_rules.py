"""Identifiers and codes against the libraries and the real ROR ids."""

import gzip
import json

import pytest

from services.profiles.domain.admission import RejectedValueError
from services.profiles.identifiers import IdentifierRules, ror_checksum_is_right
from services.profiles.places import places

RULES = IdentifierRules()


def test_every_real_ror_id_passes_and_every_changed_digit_fails(real_data):
    with gzip.open(real_data / "ror-greater-china.jsonl.gz", "rt", encoding="utf-8") as lines:
        identifiers = [json.loads(line)["id"] for line in lines]
    assert len(identifiers) > 2000
    for identifier in identifiers:
        assert RULES.ror(f"https://ror.org/{identifier}") == identifier
        wrong = f"{identifier[:8]}{(int(identifier[8]) + 1) % 10}"
        assert not ror_checksum_is_right(wrong)


@pytest.mark.parametrize("text", ["03xz9d532", "ROR.ORG/03XZ9D532", " https://ror.org/03xz9d532 "])
def test_a_ror_id_is_read_in_its_usual_forms(text):
    if not ror_checksum_is_right("03xz9d532"):
        with pytest.raises(RejectedValueError):
            RULES.ror(text)
        return
    assert RULES.ror(text) == "03xz9d532"


@pytest.mark.parametrize("text", ["", "1abcdefgh", "00073tb8", "00073tb800", "0i073tb80"])
def test_what_is_no_ror_id_is_refused(text):
    with pytest.raises(RejectedValueError) as refused:
        RULES.ror(text)
    assert refused.value.mend


def test_a_credit_code_is_normalised():
    assert RULES.uscc("91 1100-00600037341l") == "91110000600037341L"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("9111000060003734", "18 characters"),
        ("91110000600037341X", "check character"),
        ("A1110000600037341L", "digits"),
        ("91110000O00037341L", "digits"),
    ],
)
def test_a_wrong_credit_code_is_told_the_rule(number, said):
    with pytest.raises(RejectedValueError) as refused:
        RULES.uscc(number)
    assert said in refused.value.problem
    assert refused.value.mend


def test_countries_are_those_of_iso_3166():
    assert [RULES.country(code) for code in ("CN", "HK", "XK")] == ["CN", "HK", "XK"]
    with pytest.raises(RejectedValueError) as refused:
        RULES.country("UK")
    assert "GB" in refused.value.mend
    with pytest.raises(RejectedValueError):
        RULES.country("ZZ")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("江苏", "320000"),
        ("江苏省", "320000"),
        ("Jiangsu Province", "320000"),
        ("内蒙古", "150000"),
        ("广西壮族自治区", "450000"),
        ("Hong Kong", "810000"),
        ("香港", "810000"),
        ("Shaanxi", "610000"),
        ("Shanxi", "140000"),
        ("320000", "320000"),
        ("Atlantis", None),
        ("", None),
    ],
)
def test_provinces_are_found_by_name(name, code):
    assert places().province_code(name) == code


@pytest.mark.parametrize(
    ("name", "province", "code"),
    [
        ("南京", None, "320100"),
        ("南京市", None, "320100"),
        ("Nanjing City", None, "320100"),
        ("Xi'an", None, "610100"),
        ("Ürümqi", None, "650100"),
        ("北京", None, "110100"),
        ("Beijing", None, "110100"),
        ("Suzhou", None, None),
        ("Suzhou", "320000", "320500"),
        ("Suzhou", "340000", "341300"),
        ("苏州", None, "320500"),
        ("Nanjing", "110000", None),
        ("Atlantis", None, None),
    ],
)
def test_cities_are_found_by_name_unless_several_are_called_that(name, province, code):
    assert places().city_code(name, province) == code


def test_abolished_and_misplaced_codes_are_refused_with_the_mend():
    for check, code in (
        (RULES.city, "110103"),
        (RULES.city, "320000"),
        (RULES.province, "320100"),
        (RULES.province, "999999"),
    ):
        with pytest.raises(RejectedValueError) as refused:
            check(code)
        assert refused.value.mend


def test_every_latin_name_leads_to_a_code_in_force():
    from services.profiles import places_in_english

    for code in places_in_english.PROVINCES.values():
        assert RULES.province(code) == code
    for codes in places_in_english.cities().values():
        assert all(RULES.city(code) for code in codes)
