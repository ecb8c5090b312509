"""A statement is held when its whole and all of its windows are."""

from services.matcher.index.paging import VersionRow, grouped


def test_a_lost_window_is_a_lost_statement() -> None:
    rows = [
        VersionRow("a", "short", 3),
        VersionRow("a", "long", 3, 0, 2),
        VersionRow("a", "long", 3, 2, 2),
        VersionRow("a", "whole", 3, 0, 1),
        VersionRow("a", "whole", 3, 1, 1),
    ]
    (held,) = grouped(rows)
    assert held.statements == {"short", "whole"}


def test_windows_of_an_older_version_want_mending() -> None:
    (held,) = grouped([VersionRow("a", "x", 4, 0, 1), VersionRow("a", "x", 3, 1, 1)])
    assert held.version == 3
