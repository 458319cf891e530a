"""Many short texts searched as one."""

from observations.taxa.lines import Lines

LINES = Lines([("白鹭", 0), ("白鹭", 1), ("大白鹭", 2), ("白鹭鸶", 3), ("", 4), ("白\n鹭", 5)])


def test_whole_lines_are_those_lines_alone_neighbours_too() -> None:
    assert list(LINES.whole("白鹭")) == [(0, 0), (1, 0)]


def test_a_beginning_says_how_much_is_left_over() -> None:
    assert list(LINES.started("白鹭")) == [(3, 1)]
    assert list(LINES.started("白")) == [(0, 1), (1, 1), (3, 2), (5, 2)]


def test_the_inside_is_what_does_not_begin_a_line() -> None:
    assert list(LINES.inside("白鹭")) == [(2, 1)]


def test_nothing_reaches_over_the_end_of_a_line() -> None:
    assert list(LINES.inside("鹭白")) == []
    assert len(LINES) == 5
