"""How far filling has come."""

import io

from observations.demo.progress import bar, counted, quiet


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_a_bar_that_ends_its_line() -> None:
    terminal = Terminal()
    report = bar(terminal)

    report(0.5)
    report(1)

    assert terminal.getvalue().count("\r") == 2
    assert terminal.getvalue().endswith("100%\n")


def test_anything_else_gets_nothing() -> None:
    file = io.StringIO()

    bar(file)(0.5)

    assert bar(file) is quiet
    assert file.getvalue() == ""


def test_steps_share_a_stretch_of_the_bar() -> None:
    shares: list[float] = []
    step = counted(shares.append, 0.2, 0.6, 4)

    for _ in range(5):
        step()

    assert [round(share, 2) for share in shares] == [0.3, 0.4, 0.5, 0.6, 0.6]
