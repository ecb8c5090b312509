"""Which names tell of one parent."""

import pytest

from services.matcher.domain.name_stems import name_stems


def sisters(language: str, one: str, other: str) -> bool:
    return bool(name_stems({language: one}) & name_stems({language: other}))


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("zh", "南京大学人工智能学院", "南京大学固体微结构物理国家重点实验室"),
        ("zh", "南京大学", "南京大学软件学院"),
        ("zh", "中国科学院自动化研究所", "中国科学院计算技术研究所"),
        ("zh", "中国电子科技集团公司第十四研究所", "中国电子科技集团公司第二十八研究所"),
        ("zh", "南京大学(软件学院)", "南京大学"),
        ("en", "Nanjing University, School of Business", "Nanjing University"),
        ("en", "Institute of Optics, University of Example", "University of Example"),
        ("en", "University of Example Department of Physics", "University of Example"),
        ("en", "The University of Example - Faculty of Law", "UNIVERSITY OF EXAMPLE"),
        ("en", "Acme Optics Ltd", "ACME OPTICS LTD."),
    ],
)
def test_units_of_one_parent_are_sisters(language: str, one: str, other: str) -> None:
    assert sisters(language, one, other)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("zh", "南京大学", "南京信息工程大学"),
        ("zh", "北京大学", "北京大学生科技创业园有限公司"),
        ("zh", "南京光学有限公司", "南京声学有限公司"),
        ("en", "University of California, Berkeley", "University of California, San Diego"),
        ("en", "Institute of Optics", "Institute of Acoustics"),
        ("en", "University of York", "University of Yorkshire"),
        ("en", "Nanjing University", "Nanjing University of Information Science and Technology"),
    ],
)
def test_others_are_not(language: str, one: str, other: str) -> None:
    assert not sisters(language, one, other)


def test_a_name_in_either_language_is_enough() -> None:
    one = name_stems({"zh": "示例大学甲学院", "en": "School A"})
    assert one & name_stems({"zh": "示例大学", "en": None})
    assert name_stems({"zh": None, "en": None}) == frozenset()
