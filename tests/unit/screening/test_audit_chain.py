"""FAULTS 30: the verifier names the entry that was edited, exchanged or taken out."""

from dataclasses import replace

from shared.audit_chain import Entry, Head, link, verify


def trail(length: int) -> tuple[list[Entry], Head]:
    head, entries = Head(), []
    for number in range(length):
        entry = link(head, {"action": "raised", "by": None, "n": number})
        entries.append(entry)
        head = Head(entry.number, entry.digest)
    return entries, head


def test_a_trail_as_written_is_intact() -> None:
    assert verify(*trail(5)) is None
    assert verify([], Head()) is None


def test_an_edited_entry_is_named() -> None:
    entries, head = trail(5)
    entries[2] = replace(entries[2], content={**entries[2].content, "by": "nobody"})
    broken = verify(entries, head)
    assert broken
    assert broken.number == 3


def test_a_missing_entry_is_named_wherever_it_was() -> None:
    for gone in (0, 2, 4):
        entries, head = trail(5)
        del entries[gone]
        broken = verify(entries, head)
        assert broken
        assert broken.number == gone + 1


def test_an_entry_written_past_the_head_is_named() -> None:
    entries, _ = trail(5)
    _, earlier = trail(4)
    broken = verify(entries, earlier)
    assert broken
    assert broken.number == 5
