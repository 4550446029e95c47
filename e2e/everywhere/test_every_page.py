"""Every page of a citizen in every mode: no broken rule, nothing sticks out, nothing complains.

What was looked at is written down when E2E_REPORTS is set.
"""

import os
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from e2e.everywhere.looking import Seen, look
from tests.citizen_pages import NOT_SEEN, Neighbourhood

LANGUAGES = [code for code, _name in settings.LANGUAGES]
REPORTS = Path(__file__).parents[2] / "docs" / "journeys"
WRITES = "E2E_REPORTS"


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_a_citizen_is_for_everybody(site, around, page_of, language):
    seen = Seen()
    for who in around.browsers:
        page = page_of(who, language)
        for visit in around.visits:
            if visit.who == who:
                look(page, f"{site}{visit.url}", language, seen)

    if os.environ.get(WRITES):
        report = REPORTS / f"axe-{language}.md"
        report.write_text(_told(seen, around, language), encoding="utf-8")
    assert seen.faults == [], "\n".join(seen.faults)
    assert around.unseen == {}


def _told(seen: Seen, around: Neighbourhood, language: str) -> str:
    pages = Counter(visit.pattern for visit in around.visits)
    lines = [
        f"# Every page of a citizen, in «{language}»",
        "",
        f"{seen.pages} pages of {len(pages)} addresses, looked at in {seen.modes} ways (light and",
        "dark, 390 and 1280 px) by axe with the rules of WCAG 2.2 AA; at 320 and 390 px also asked",
        f"whether anything sticks out, again with the largest text. Found: {len(seen.faults)}.",
        f"Written by `{WRITES}=1 ./run e2e`.",
        "",
        "| address | pages |",
        "|---|---|",
        *(f"| `{pattern}` | {times} |" for pattern, times in sorted(pages.items())),
        "",
        "## Not looked at",
        "",
        *(f"- `{pattern}`: {why}" for pattern, why in NOT_SEEN.items()),
        "",
    ]
    return "\n".join(lines)
