"""Patterns read what a person reads: nothing that Unicode offers gets around them."""

import pytest

from shared.screening.find import find
from shared.screening.folding import fold
from shared.screening.rule_files import load_rules

BOOK = load_rules()


def rules_of(text: str) -> set[str]:
    return {match.rule.id for match in find(text, BOOK)}


@pytest.mark.parametrize(
    "text",
    [
        "我们提供比特币兑换服务",
        "我们提供比\u200b特\u200d币\u2060兑换服务",  # zero-width characters
        "我们提供比\ufe0f特\ufe0f币兑换服务",  # variation selectors
        "我们提供比*特*币 兑_换服务",
        "比、特、币、兑、换",
        "提供虛擬貨幣交易平臺",  # traditional characters
        "ｂｉｔｃｏｉｎ ｅｘｃｈａｎｇｅ",  # full-width forms
        "Bіtcоin ехchange",  # Cyrillic look-alikes
        "ᏴITCOIN exchange of bıtcoin",
        "b i t c o i n exchange",
        "b1tc0in exchange",
        "bi\u00adtcoin exchange",  # soft hyphen
        "bítcöin exchange",
        "BITCOIΝ exchange",  # a Greek capital, whose small letter looks like v
        "bitcoiո ехсhange",  # Armenian
        "ᏴᎥᎢᏟᎾIN exchange of ᏏᎥᎢcᴏin",  # Cherokee and small capitals
        "🅱🅸🆃🅲🅾🅸🅽 exchange",  # negative squared letters
        "🅑🅘🅣🅒🅞🅘🅝 exchange",
        "🇧🇮🇹🇨🇴🇮🇳 exchange",
        "𝔹𝕚𝕥𝕔𝕠𝕚𝕟 exchange",
        "bit\u2010coin on\u2013ramp",
        "搭建bitcoin交易平台",  # two languages, no disguise
        "比特币交昜",
        "比—特—币—兑—换",
    ],
)
def test_disguises_are_seen_through(text: str) -> None:
    assert "virtual-currency-trading" in rules_of(text)


@pytest.mark.parametrize(
    "text", ["提供 發 幣 服 務", "We run an І.С.О for studios", "We sell t0kens", "首次代帀发行"]
)
def test_disguised_issuance_is_seen_through(text: str) -> None:
    assert "token-issuance" in rules_of(text)


@pytest.mark.parametrize(
    "text", ["比特币挖旷设备", "ΜΙΝΙΝG RIGS", "GPU mіnіng", "շ օ ASIC mining rigѕ"]
)
def test_disguised_mining_is_seen_through(text: str) -> None:
    assert "virtual-currency-mining" in rules_of(text)


@pytest.mark.parametrize("dash", "\u2010\u2011\u2012\u2013\u2014\u2015\u2212")
def test_every_dash_is_a_hyphen(dash: str) -> None:
    assert rules_of(f"play{dash}to{dash}earn guild") == rules_of("play-to-earn guild") != set()


def test_a_span_is_where_the_text_was_written() -> None:
    text = "联盟链研究。我们也提供比*特*币兑换!"
    ((start, end),) = find(text, BOOK)[0].spans
    assert text[start:end] == "比*特*币兑换"


def test_kangxi_radicals_and_look_alike_characters_are_folded() -> None:
    assert fold("⽇曰").text == "日日"


@pytest.mark.parametrize(
    "text",
    [
        "Byzantine fault-tolerant consensus for consortium chains.",
        "基于长安链的电子证照存证,不涉及任何代币。",
        "博物馆数字藏品,仅供收藏、欣赏和学习,不支持转售与二级交易。",
        "识别代币发行融资骗局的监测模型",
        "GPU A100, 64 web3 viewers, 3d assets",
        "数字人民币硬钱包接入",
    ],
)
def test_research_prevention_and_culture_pass(text: str) -> None:
    assert rules_of(text) == set()


def test_an_excuse_holds_for_its_own_sentence_only() -> None:
    assert rules_of("研究代币发行的法律规制。我们提供代币发行与预售。") == {"token-issuance"}


def test_a_bold_offer_is_not_excused() -> None:
    assert "token-issuance" in rules_of("研究监管风险,同时提供一键发币服务")


def test_rules_say_where_they_come_from_and_what_to_change() -> None:
    for rule in BOOK.rules:
        assert rule.told.sources
        assert all(source.title and source.date for source in rule.told.sources)
        assert len(rule.prototypes["zh"]) >= 5
        assert len(rule.prototypes["en"]) >= 5


def test_a_version_names_the_rules_content() -> None:
    assert BOOK.version.startswith(max(rule.told.since for rule in BOOK.rules).isoformat())


def test_a_long_hostile_text_is_read_quickly() -> None:
    for text in ("币" * 8000, "a " * 4000, "代币" * 4000, "nft " * 2000, "1a" * 4000):
        find(text, BOOK)
