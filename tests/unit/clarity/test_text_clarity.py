import pytest

from shared.clarity.assessment import QUESTIONS, assess
from shared.clarity.text_clarity import may_be_vague, text_clarity
from shared.contracts.clarity import Clarity, Distinctness, Lack
from shared.contracts.organisation import Facets, Language, Side
from shared.facets.vocabulary import NO_VOCABULARY


def clarity(
    text: str,
    language: Language = "zh",
    *,
    given: Facets | None = None,
    distinctness: Distinctness | None = None,
    reader: Language | None = None,
    side: Side = Side.NEED,
) -> Clarity:
    words = text_clarity(text, language, given, NO_VOCABULARY)
    return assess(words, distinctness, side=side, language=language, reader_language=reader)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("寻找合作伙伴", "zh"),
        ("希望与高校开展多种形式的产学研合作,实现互利共赢。", "zh"),
        ("We need AI", "en"),
        ("Looking for innovative partners to create value together.", "en"),
    ],
)
def test_wishes_and_courtesies_are_vague_however_long(text: str, language: Language) -> None:
    found = clarity(text, language)
    assert found.vague
    assert found.score < 0.1
    assert found.lacks[0] is Lack.DETAIL
    assert 0 < len(found.questions) <= QUESTIONS


def test_a_need_that_says_what_where_and_how_much_is_clear_and_is_asked_nothing() -> None:
    found = clarity("需要用于港口岸桥远程操控的吊具摆动仿真软件,位置误差小于10厘米,每秒30帧。")
    assert not found.vague
    assert found.questions == ()
    assert found.facets.application
    assert found.facets.effect


def test_questions_ask_for_what_is_not_said() -> None:
    found = clarity("求石墨烯")
    assert Lack.SUBJECT not in found.lacks
    assert {Lack.APPLICATION, Lack.APPROACH, Lack.NUMBER} <= set(found.lacks)


def test_facets_that_the_member_has_given_count_as_said() -> None:
    given = Facets(application="港口岸桥远程操控", effect="摆动幅度减半")
    assert clarity("需要仿真", given=given).score > clarity("需要仿真").score
    assert Lack.APPLICATION not in clarity("需要仿真", given=given).lacks


def test_questions_are_in_the_needs_language_unless_the_reader_asks_for_another() -> None:
    own = clarity("We need AI", "en").questions[0]
    asked = clarity("We need AI", "en", reader="zh").questions[0]
    assert own.question.isascii()
    assert not asked.question.isascii()
    assert asked.example == own.example, "an example is in the language it is to be written in"


def test_a_capability_is_asked_what_it_can_do() -> None:
    need, offer = (clarity("技术服务", side=side).questions[0] for side in Side)
    assert need.question != offer.question


def test_what_everything_on_the_platform_answers_is_less_clear() -> None:
    flat = Distinctness(score=0.1, spread=0.3, compared=100)
    text = "基于深度学习的图像处理"
    found = clarity(text, distinctness=flat)
    assert found.score < clarity(text).score
    assert Lack.DISTINCTION in found.lacks
    assert Lack.DISTINCTION not in clarity(text).lacks


def test_a_cheap_look_misses_no_vague_text() -> None:
    for text in ("寻找合作伙伴", "需要数字孪生", "征集智慧农业项目"):
        assert may_be_vague(text)
    assert not may_be_vague("废旧动力电池梯次利用于通信基站备电的容量快速分选设备")


def test_an_empty_text_is_as_vague_as_can_be() -> None:
    assert clarity("").score == 0
