import time

import pytest

from shared.contracts.organisation import Facets
from shared.facets.reader import GIVEN, as_contract, read_facets
from shared.facets.rules import Facet
from shared.facets.vocabulary import taxonomy_vocabulary
from tests.support.hostile_texts import HOSTILE

REFUSED_BEFORE = {"nul", "lone surrogate"}
STORABLE = [text for name, text in HOSTILE.items() if name not in REFUSED_BEFORE]


def read(text: str, language: str = "zh") -> dict[str, str | None]:
    return as_contract(read_facets(text, language)).model_dump()  # type: ignore[arg-type]


def test_a_chinese_sentence_is_read_along_all_five() -> None:
    assert read(
        "以氧化铝陶瓷为原料,采用光固化打印制备牙冠,强度达到800 MPa,用于口腔修复的导板系统"
    ) == {
        "materials": "氧化铝陶瓷",
        "methods": "光固化打印",
        "effect": "强度达到800 MPa",
        "product": "导板系统",
        "application": "口腔修复",
    }


def test_an_english_sentence_is_read_along_all_five() -> None:
    text = "A titanium alloy implant system made using laser sintering, 20% lighter, for surgery."
    assert read(text, "en") == {
        "materials": "titanium alloy",
        "methods": "laser sintering",
        "effect": "20% lighter",
        "product": "titanium alloy implant system",
        "application": "surgery",
    }


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("寻找合作伙伴", "zh"),
        ("We need help", "en"),
        ("looking for years for us", "en"),
        ("", "zh"),
    ],
)
def test_a_text_that_says_nothing_has_no_facets(text: str, language: str) -> None:
    assert not any(read(text, language).values())


def test_what_the_member_says_wins() -> None:
    given = Facets(application="港口")
    found = read_facets("用于机场的行李系统", "zh", given)
    said = {one.facet: one for one in found}
    assert (said[Facet.APPLICATION].text, said[Facet.APPLICATION].cue) == ("港口", GIVEN)
    assert said[Facet.PRODUCT].text == "行李系统"


def test_each_reading_names_the_cue_that_gave_it_away() -> None:
    found = {one.facet: one.cue for one in read_facets("基于联邦学习的训练平台,误差小于5%", "zh")}
    assert found == {Facet.METHODS: "基于", Facet.EFFECT: "5%", Facet.PRODUCT: "平台"}


def test_words_of_the_taxonomy_count_where_no_cue_says_it() -> None:
    assert not read("浅析文生视频")["methods"]
    found = read_facets("浅析文生视频", "zh", None, taxonomy_vocabulary())
    assert Facet.METHODS in {one.facet for one in found}


@pytest.mark.parametrize(
    "text", [*STORABLE, "用", "for ", "面向的合作应用技术", "a word for of the in ", "9"]
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_text_breaks_it_or_takes_long(text: str, language: str) -> None:
    begun = time.perf_counter()
    for long in (text, (text * 8000)[:8000]):
        facets = read_facets(long, language, None, taxonomy_vocabulary())  # type: ignore[arg-type]
        as_contract(facets)
    assert time.perf_counter() - begun < 0.3
