"""Long texts in parts that a sentence model sees whole."""

from services.matcher.domain.windows import windows

ENGLISH = "We grow thin films of gallium nitride on silicon wafers for power devices. "
CHINESE = "我们在硅片上生长氮化镓薄膜，用于制造高效率的功率器件和射频器件。"


def test_a_short_text_has_no_windows() -> None:
    assert windows(ENGLISH * 5) == ()
    assert windows(CHINESE * 5) == ()


def test_windows_end_at_sentences_and_are_about_equally_long() -> None:
    for text, length in ((ENGLISH * 30, 400), (CHINESE * 30, 140)):
        parts = windows(text)
        assert len(parts) >= 3
        assert all(part.rstrip().endswith((".", "。")) for part in parts)
        assert all(0.3 * length <= len(part) <= 1.5 * length for part in parts)


def test_nothing_of_the_text_is_lost_or_comes_twice() -> None:
    text = "".join(f"Sentence number {n} speaks of matter {n * 7}.\n" for n in range(60))
    joined = " ".join(windows(text))
    assert joined == " ".join(text.split("\n")).strip()


def test_one_endless_sentence_is_left_to_the_model() -> None:
    assert windows("word " * 500) == ()
