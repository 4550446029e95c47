"""The mailbox stand-in: what a person was told."""

from playwright.sync_api import Page

from e2e.journeys.waiting import eventually
from e2e.living_city import City

MAIL_OF_TUYET = "anh.tuyet@example.vn"


def mail_about(page: Page, city: City, *, to: str, code: str, subject: str) -> str:
    """The words of the letter with this subject that names the dossier, opened in the browser."""

    def letter() -> str:
        page.goto(f"{city.simulators}/mail?to={to}")
        found = page.get_by_role("link", name=subject).all()
        addresses = [f"{city.simulators}{link.get_attribute('href')}" for link in found]
        return next((at for at in addresses if code in page.request.get(at).text()), "")

    page.goto(eventually(page, letter))
    return page.locator("main").inner_text()
