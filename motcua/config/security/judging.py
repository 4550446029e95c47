"""`motcua asvs`: judges the register; says what is wrong and what is open."""

import sys

from motcua.config.console import step
from motcua.config.security.register import State, baseline, chapters, complaints
from motcua.kernel import clock


def run(rest: list[str]) -> int:
    found = chapters()
    wrong = list(complaints(found, baseline(), today=clock.city_date(clock.now())))
    sys.stdout.writelines(f"{one}\n" for one in wrong)
    lines = [line for chapter in found for line in chapter.lines]
    for level in (1, 2, 3):
        states = [line.state for line in lines if line.level == level]
        met, still = states.count(State.MET), states.count(State.OPEN)
        step(f"Mức {level}: {met} đạt, {still} còn mở, {len(states) - met - still} không áp dụng")
    return 1 if wrong else 0
