"""Every page of a citizen in every mode: no broken rule, nothing sticks out, nothing complains."""

import pytest
from django.conf import settings

from e2e.everywhere.looking import Seen, look

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_a_citizen_is_for_everybody(site, around, page_of, language):
    seen = Seen()
    for who in around.browsers:
        page = page_of(who, language)
        for visit in around.visits:
            if visit.who == who:
                look(page, f"{site}{visit.url}", language, seen)

    assert seen.faults == [], "\n".join(seen.faults)
    assert around.unseen == {}
