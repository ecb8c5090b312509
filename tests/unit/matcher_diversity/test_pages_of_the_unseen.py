"""Pages of an order that may change between them."""

from services.matcher.domain.seen import page_unseen


def pages(order: list[str], limit: int) -> list[tuple[int, str]]:
    shown: list[tuple[int, str]] = []
    seen: tuple[bytes, ...] | None = ()
    while seen is not None:
        page = page_unseen(order, str, seen=seen, limit=limit)
        shown += page.items
        seen = page.seen
    return shown


def test_pages_follow_each_other_without_gap_or_repeat() -> None:
    order = [f"o{n}" for n in range(7)]
    for limit in (1, 2, 3, 7, 8):
        assert pages(order, limit) == list(enumerate(order, 1))
    assert pages([], 3) == []


def test_after_a_change_nobody_comes_twice_and_who_moved_up_still_comes() -> None:
    first = page_unseen(["a", "b", "c", "d"], str, seen=(), limit=2)
    assert first.seen is not None
    # d has moved to the front, b to the end.
    second = page_unseen(["d", "a", "c", "b"], str, seen=first.seen, limit=2)
    assert second.items == ((3, "d"), (4, "c"))
    assert second.seen is None


def test_what_has_gone_meanwhile_leaves_no_gap_in_the_ranks() -> None:
    first = page_unseen(["a", "b", "c", "d"], str, seen=(), limit=2)
    assert first.seen is not None
    assert page_unseen(["a", "d"], str, seen=first.seen, limit=2).items == ((3, "d"),)
