"""The pages as an app of the phone: it is put on the home screen, a new release arrives."""

from playwright.sync_api import expect

from e2e.journeys.test_without_network import waits_for_worker
from motcua.portals.citizen import device

SHELLS = "async () => (await caches.keys()).filter(name => name.startsWith('motcua-shell-'))"
UPDATES = "async () => { await (await navigator.serviceWorker.ready).update() }"
ASKS_TO_INSTALL = """() => dispatchEvent(Object.assign(
  new Event("beforeinstallprompt", {cancelable: true}), {prompt: () => { window.asked = true }}))"""


def test_the_app_is_offered_for_the_home_screen_when_the_browser_can(a_citizen):
    visitor = a_citizen()
    waits_for_worker(visitor)
    offer = visitor.page.get_by_role("button", name="Cài Công dân số")
    expect(offer).to_be_hidden()
    expect(visitor.page.get_by_text("Thêm vào màn hình chính").first).to_be_visible()

    visitor.page.evaluate(ASKS_TO_INSTALL)
    offer.click()

    assert visitor.page.evaluate("window.asked") is True


def test_a_new_release_takes_the_place_of_the_old_one(site, page_phone, monkeypatch, db):
    page_phone.goto(f"{site}{device.DEVICE}")
    page_phone.wait_for_function("() => navigator.serviceWorker.controller")
    (before,) = page_phone.evaluate(SHELLS)
    device._script.cache_clear()
    monkeypatch.setattr(device, "DAYS", device.DAYS + 1)  # what another release would change

    page_phone.evaluate(UPDATES)
    page_phone.wait_for_function(
        f"before => ({SHELLS})().then(names => names.length === 1 && names[0] !== before)",
        arg=before,
    )
    page_phone.reload()

    assert page_phone.evaluate("navigator.serviceWorker.controller.state") == "activated"
    device._script.cache_clear()
