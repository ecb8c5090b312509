"""Documents, pages and texts are read into headings, items and paragraphs, and nothing else."""

import pytest

from services.gateway.drafts.blocks import Block, BlockKind, UnreadableError
from services.gateway.drafts.kinds import WORD_TYPE, Kind, kind_of
from services.gateway.drafts.pdf_document import read_pdf
from services.gateway.drafts.plain_text import decode, read_text
from services.gateway.drafts.web_page import read_page
from services.gateway.drafts.word_document import read_word
from tests.support.documents import pdf, word, zip_bomb

HEADING, ITEM, PARAGRAPH = BlockKind.HEADING, BlockKind.ITEM, BlockKind.PARAGRAPH


def shape(blocks: tuple[Block, ...]) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.text) for block in blocks]


def test_a_word_document_keeps_headings_lists_and_the_labels_of_its_table() -> None:
    content = word(
        ("Heading 1", "What we offer"),
        ("List Bullet", "Wind tunnel with a moving belt"),
        ("Normal", "We measure drag of buses."),
        table=[("Needs", "A quieter fan")],
    )
    assert kind_of(content, WORD_TYPE, "a.docx") is Kind.WORD
    assert shape(read_word(content).blocks) == [
        (HEADING, "What we offer"),
        (ITEM, "Wind tunnel with a moving belt"),
        (PARAGRAPH, "We measure drag of buses."),
        (HEADING, "Needs"),
        (PARAGRAPH, "A quieter fan"),
    ]


def test_a_zip_bomb_is_told_before_it_is_opened() -> None:
    with pytest.raises(UnreadableError, match="too large"):
        read_word(zip_bomb(80_000_000))


def test_pages_of_a_pdf_are_told_and_running_heads_left_out() -> None:
    content = pdf(
        ["Demo Institute 2026", "We offer drag measurements.", "Page 1 of 3"],
        ["Demo Institute 2026", "We need a quieter fan.", "Page 2 of 3"],
        ["Demo Institute 2026", "Page 3 of 3"],
    )
    found = read_pdf(content).blocks
    assert [(block.text, block.page) for block in found] == [
        ("We offer drag measurements.", 1),
        ("We need a quieter fan.", 2),
    ]


def test_a_scan_without_text_and_a_damaged_file_are_refused_with_a_reason() -> None:
    with pytest.raises(UnreadableError, match="holds no text"):
        read_pdf(pdf([]))
    with pytest.raises(UnreadableError, match="damaged"):
        read_pdf(b"%PDF-1.7 and nothing of one")
    with pytest.raises(UnreadableError, match="damaged"):
        read_word(b"PK\x03\x04word/ no archive")


def test_a_page_is_its_main_part_without_menus_and_scripts() -> None:
    page = """<html><head><title> A  page </title><script>var needs = 1</script></head><body>
      <nav><a href=/>Home</a></nav><div class="site-menu"><a href=/a>Needs</a></div>
      <main><h2>Needs</h2><ul><li>A <b>quieter</b> fan<ul><li>below 40 dB</li></ul></li></ul>
      <p hidden>hidden text</p><p>First line<br>second line</p>
      <table><tr><td>cell one</td><td>cell two</td></tr></table>
      <p><a href=/x>Other pages of ours</a></p></main><footer>Imprint</footer></body></html>"""
    found = read_page(page.encode())
    assert found.title == "A page"
    assert shape(found.blocks) == [
        (HEADING, "Needs"),
        (ITEM, "A quieter fan"),
        (ITEM, "below 40 dB"),
        (PARAGRAPH, "First line"),
        (PARAGRAPH, "second line"),
        (PARAGRAPH, "cell one"),
        (PARAGRAPH, "cell two"),
    ]


def test_a_chinese_page_is_read_in_whatever_encoding_it_declares() -> None:
    text = "<p>急需低噪声风机</p>"
    declared = f'<meta charset="gb2312">{text}'.encode("gb18030")
    for content in (declared, text.encode("gb18030"), text.encode()):
        assert read_page(content).blocks[0].text == "急需低噪声风机"


def test_wrapped_lines_of_a_mail_are_joined_and_short_lines_are_not() -> None:
    mail = (
        "We are a laboratory for the aerodynamics of buses and we measure their drag on a\n"
        "moving belt.\n\nNeeds:\n- a fan\n- a belt\nWind tunnel\nWater tank"
    )
    assert shape(read_text(mail).blocks) == [
        (
            PARAGRAPH,
            "We are a laboratory for the aerodynamics of buses and we measure their drag on a "
            "moving belt.",
        ),
        (HEADING, "Needs"),
        (ITEM, "a fan"),
        (ITEM, "a belt"),
        (PARAGRAPH, "Wind tunnel"),
        (PARAGRAPH, "Water tank"),
    ]


def test_unseen_characters_and_old_encodings_do_not_reach_drafts() -> None:
    assert read_text("We\u202e offer\u200b fans\x00").blocks[0].text == "We offer fans"
    assert decode("急需风机".encode("gb18030")) == "急需风机"
    assert decode("急需风机".encode("utf-16")) == "急需风机"


@pytest.mark.parametrize(
    ("content", "media_type", "name", "kind"),
    [
        (b"%PDF-1.4 ...", "text/plain", "a.txt", Kind.PDF),
        (b"PK\x03\x04 xl/workbook.xml", WORD_TYPE, "a.docx", None),
        (b"plain words", WORD_TYPE, "a.docx", None),
        (b"\x89PNG\r\n\x1a\n\0\0\0\0\0\0", "text/plain", "a.txt", None),
        (b"<!DOCTYPE html><p>x", "", "", Kind.PAGE),
        (b"plain words", "", "", Kind.TEXT),
    ],
)
def test_the_bytes_decide_what_a_file_is(
    content: bytes, media_type: str, name: str, kind: Kind | None
) -> None:
    assert kind_of(content, media_type, name) is kind


def test_a_very_long_text_is_cut_and_says_so() -> None:
    assert read_text("We offer fans.\n" * 20_000).truncated
