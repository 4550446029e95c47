"""The page of the register: counts per chapter and state, and every open line by name."""

from motcua.config.map.marks import document, table
from motcua.config.security.register import Chapter, Line, State, chapters

WHAT = """Numbers and levels are those of OWASP ASVS 5.0.0 (345 requirements), the words are ours.
Its place is `docs/security/asvs`; `./run check` judges it. **Met** means a test that is named, or
a look at named files that is younger than a year. **Open** means that neither exists, whatever the
code may do. Counts of a level are met lines of those that apply."""
HEADS = ("Chapter", "Level 1", "Level 2", "Level 3", "By test", "By a look", "Not for us", "Open")


def page() -> str:
    found = chapters()
    lines = [line for chapter in found for line in chapter.lines]
    return document("Security: what is asked and what we show", WHAT, _counts(found, lines),
                    "## Open", _open(lines), "## Does not apply", _apart(lines))  # fmt: skip


def _counts(found: tuple[Chapter, ...], lines: list[Line]) -> str:
    rows = [_row(f"V{one.number} {one.title}", list(one.lines)) for one in found]
    return table(HEADS, [*rows, _row("All", lines)])


def _row(name: str, lines: list[Line]) -> tuple[object, ...]:
    met = [line for line in lines if line.state is State.MET]
    tested = sum(bool(line.tests) for line in met)
    levels = (_level(lines, level) for level in (1, 2, 3))
    return (
        name,
        *levels,
        tested,
        len(met) - tested,
        sum(line.state is State.NOT_APPLICABLE for line in lines),
        sum(line.state is State.OPEN for line in lines),
    )


def _level(lines: list[Line], level: int) -> str:
    """Met of those that apply."""
    asked = [one for one in lines if one.level == level and one.state is not State.NOT_APPLICABLE]
    return f"{sum(one.state is State.MET for one in asked)} of {len(asked)}" if asked else "none"


def _open(lines: list[Line]) -> str:
    still = [one for one in lines if one.state is State.OPEN]
    still.sort(key=lambda line: (line.level, line.order))
    rows = [(one.id, one.level, one.title, one.why) for one in still]
    return table(("Line", "Level", "What is asked", "What is lacking"), rows)


def _apart(lines: list[Line]) -> str:
    rows = [(one.id, one.title, one.why) for one in lines if one.state is State.NOT_APPLICABLE]
    return table(("Line", "What is asked", "Why not"), rows)
