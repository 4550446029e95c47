"""English on every page of a citizen: what stays Vietnamese is a name, or is marked as such."""

from django.conf import settings

from motcua.portals.citizen.tests.english import leftovers
from tests.citizen_pages import neighbourhood


def test_no_page_of_a_citizen_keeps_vietnamese_words(small_city):
    around, found = neighbourhood(), {}
    assert around.unseen == {}, "a new page: give tests/citizen_pages.py what it shows"

    for visit in around.visits:
        browser = around.browsers[visit.who]
        browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        text = browser.get(visit.url).content.decode().replace("\u00a0", " ")
        left = leftovers(text)
        if left or '<html lang="en"' not in text:
            found[visit.url] = left

    assert found == {}
