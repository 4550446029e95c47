"""The register holds all 345 lines, and believes nothing without evidence."""

from dataclasses import replace
from datetime import timedelta

import pytest

from motcua.config.security import page
from motcua.config.security.register import (
    SIZES,
    Line,
    Look,
    State,
    baseline,
    chapters,
    complaints,
    is_there,
)
from motcua.kernel import clock

TODAY = clock.city_date(clock.now())
NODE = "motcua/config/security/tests/test_register.py::test_the_register_can_be_believed"


def said(changed: Line) -> list[str]:
    """Complaints when one line of the register is changed."""
    found = tuple(
        replace(
            chapter,
            lines=tuple(changed if line.id == changed.id else line for line in chapter.lines),
        )
        for chapter in chapters()
    )
    return list(complaints(found, baseline(), today=TODAY))


@pytest.fixture
def line() -> Line:
    return next(one for one in chapters()[0].lines if one.id == "1.2.4")


def test_the_register_can_be_believed():
    assert list(complaints(chapters(), baseline(), today=TODAY)) == []


def test_all_345_lines_are_there_by_level():
    assert [sum(sizes[level] for sizes in SIZES.values()) for level in range(3)] == [70, 183, 92]
    assert sum(len(chapter.lines) for chapter in chapters()) == 345


def test_a_test_that_does_not_exist_is_named(line):
    assert any("no such test" in one for one in said(replace(line, tests=("tests/x.py::test_x",))))
    assert is_there(NODE)


def test_met_without_evidence_is_refused(line):
    assert any("without evidence" in one for one in said(replace(line, tests=(), looks=())))


def test_an_open_line_outside_the_baseline_is_refused(line):
    opened = replace(line, state=State.OPEN, why="nobody has done it")

    assert "1.2.4: open, and not in the baseline" in said(opened)


def test_a_line_that_is_met_leaves_the_baseline(line):
    told = list(complaints(chapters(), {*baseline(), line.id}, today=TODAY))

    assert f"{line.id}: not open any more, strike it off" in told


def test_a_look_grows_old_after_a_year_and_names_its_files(line):
    look = Look(on=TODAY - timedelta(days=366), files=("motcua/nowhere.py",), found="seen " * 5)

    told = said(replace(line, looks=(look,)))

    assert any("too long ago" in one for one in told)
    assert any("no such file" in one for one in told)
    assert any(
        "in the future" in one
        for one in said(replace(line, looks=(replace(look, on=TODAY + timedelta(days=1)),)))
    )


def test_a_line_twice_or_of_another_level_is_noticed(line):
    assert any("are published" in one for one in said(replace(line, level=3)))
    first, *others = chapters()
    doubled = replace(first, lines=(*first.lines[:-1], first.lines[0]))
    told = list(complaints((doubled, *others), baseline(), today=TODAY))
    assert any("is there twice" in one for one in told)


def test_a_missing_chapter_is_noticed():
    assert "V17: is missing" in list(complaints(chapters()[:-1], baseline(), today=TODAY))


def test_the_page_counts_what_the_register_holds():
    text = page.page()

    assert all(f"| {one} |" in text for one in baseline())
    assert "| All | " in text
