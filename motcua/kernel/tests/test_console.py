"""Progress of long commands: drawn for people, one line for logs."""

import io

import pytest

from motcua.kernel.console import Progress, progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_the_bar_grow_and_then_one_line():
    terminal = Terminal()

    with progress(total=1000, label="Hồ sơ", stream=terminal) as bar:
        for _ in range(10):
            bar.update(100)

    drawn = terminal.getvalue()
    assert "1,000/1,000" in drawn
    assert drawn.rstrip("\n").split("\r")[-1].startswith("\x1b[KHồ sơ: 1,000 trong ")


def test_a_log_gets_one_line_without_control_characters():
    log = io.StringIO()

    with progress(total=3, label="Thủ tục", stream=log) as bar:
        bar.update(3)

    assert log.getvalue().count("\n") == 1
    assert "\r" not in log.getvalue()
    assert "\x1b" not in log.getvalue()


@pytest.mark.parametrize(("total", "done"), [(0, 0), (10, 0), (10, 12)])
def test_odd_totals_are_drawn_too(total, done):
    bar = Progress(total=total, label="Việc", stream=io.StringIO())
    bar.update(done)

    assert f"{done:,}/{total:,}" in bar.line()


def test_a_command_that_breaks_does_not_say_that_it_is_done():
    log = io.StringIO()

    with pytest.raises(ValueError, match="hỏng"), progress(total=5, label="Việc", stream=log):
        raise ValueError("hỏng")

    assert log.getvalue() == ""
