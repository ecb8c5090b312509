import pytest

from services.matcher.index.tokens import document_vector, query_vector, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("符合GB/T 38247-2019的要求", {"gbt382472019", "gbt38247", "38247"}),
        ("IEEE 802.11ax", {"ieee80211ax", "80211ax", "ieee"}),
        ("支持WebXR的浏览器", {"webxr", "浏览器"}),
        ("H.265 video", {"h265", "video"}),
        ("ResNet-50 backbone", {"resnet50", "resnet", "backbone"}),
        ("ISO/IEC 23090-5", {"isoiec230905", "iso", "iec"}),
        ("C++ and C#", {"c++", "c#"}),
        ("X射线成像", {"x射线", "射线", "成像"}),
        ("near-eye displays", {"neareye", "near", "eye", "display"}),
        ("5G网络", {"5g", "网络"}),
        ("增强现实眼镜", {"增强", "现实", "眼镜"}),
        ("Modèles numériques", {"modele", "numerique"}),
        ("certified to ISO 9001:2015", {"iso90012015", "iso9001", "9001"}),
        ("ISO/IEC 23005-1:2020", {"isoiec2300512020", "isoiec230051", "iso230051", "23005"}),
        ("H.265/HEVC streams", {"h265", "hevc", "stream"}),
        ("Unreal Engine 5 scenes", {"unreal", "engine", "engine5", "unrealengine5"}),
        ("for HoloLens 2 and Quest 3", {"hololens", "hololens2", "quest", "quest3"}),
        ("Meta Quest 3", {"quest3", "metaquest3"}),
        ("Unity 2022.3", {"unity20223"}),
    ],
)
def test_names_are_kept_whole_and_split(text: str, expected: set[str]) -> None:
    assert expected <= set(tokens(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("GB/T 38247-2019", "ＧＢ／Ｔ　３８２４７—２０１９"),
        ("ResNet-50", "resnet50"),
        ("GB/T38247", "gb/t 38247"),
        ("haptic glove", "Haptic Gloves"),
        ("studies", "study"),
        ("glasses", "glass"),
        ("camera lenses", "lens"),
        ("ISO 9001:2015", "iso9001"),
        ("H.265/HEVC", "HEVC"),
        ("H.265/HEVC", "h.265"),
        ("ISO/IEC 23005-1:2020", "ISO 23005-1"),
        ("Unreal Engine 5", "unreal engine 5"),
        ("HoloLens 2", "hololens2"),
        ("光\u200b波导", "光波导"),
    ],
)
def test_two_spellings_share_what_names_them(one: str, other: str) -> None:
    shared = set(tokens(one)) & set(tokens(other))
    assert max(map(len, shared)) >= min(len(max(tokens(one), key=len)), 3)


@pytest.mark.parametrize(
    ("text", "not_said"),
    [
        ("HoloLens", "hololen"),
        ("GB/T 38247", "gb38247"),
        ("in 5 minutes", "in5"),
        ("the last line\n5 people", "line5"),
        ("Figure, 5", "figure5"),
    ],
)
def test_what_is_no_name_makes_none(text: str, not_said: str) -> None:
    assert not_said not in tokens(text)


def test_stop_words_say_nothing() -> None:
    assert tokens("我们需要的是 the and of") == []


@pytest.mark.parametrize("text", ["", " \n", "。,!?", "\x00", "🙂🙂", "\ud800"])
def test_text_without_words(text: str) -> None:
    assert tokens(text) == []
    assert query_vector(text).indices == document_vector(text).indices == ()


def test_vectors_ascend_and_agree_on_ids() -> None:
    text = "基于WebXR的近眼显示, near-eye displays"
    document, query = document_vector(text), query_vector(text)
    assert document.indices == query.indices == tuple(sorted(document.indices))
    assert set(query.values) == {1.0}


def test_hostile_text_takes_linear_time() -> None:
    for text in ("a-" * 50_000, "a.b" * 30_000, "GB/T " * 20_000, "1" * 100_000):
        tokens(text)
