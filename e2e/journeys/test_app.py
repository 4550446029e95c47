"""The pages as an app of the phone: another app shares a file, a new release arrives, and so on."""

import re

from playwright.sync_api import Page, expect

from e2e.journeys.birth import BIRTH
from e2e.journeys.citizen import TUYET
from e2e.journeys.test_without_network import waits_for_worker
from motcua.portals.citizen import device

# As a phone does when a person shares a picture with the app of the manifest.
SHARES = """({action, name}) => {
  const form = Object.assign(document.createElement("form"),
    {action, method: "post", enctype: "multipart/form-data"});
  const box = Object.assign(document.createElement("input"), {type: "file", name: "files"});
  const given = new DataTransfer();
  given.items.add(new File([Uint8Array.from(atob(PICTURE), one => one.charCodeAt(0))],
    name, {type: "image/png"}));
  box.files = given.files;
  form.append(box);
  document.body.append(form);
  form.submit();
}"""
PICTURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)
SHELLS = "async () => (await caches.keys()).filter(name => name.startsWith('motcua-shell-'))"
UPDATES = "async () => { await (await navigator.serviceWorker.ready).update() }"
ASKS_TO_INSTALL = """() => dispatchEvent(Object.assign(
  new Event("beforeinstallprompt", {cancelable: true}), {prompt: () => { window.asked = true }}))"""


def shares(page: Page, name: str) -> None:
    page.evaluate(
        SHARES.replace("PICTURE", f'"{PICTURE}"'), {"action": device.SHARED, "name": name}
    )
    page.wait_for_url(f"**{device.SHARED}")


def test_a_picture_shared_by_another_app_becomes_a_paper_of_a_draft(a_citizen, axe):
    tuyet = a_citizen(TUYET)
    waits_for_worker(tuyet)
    tuyet.begins(BIRTH)
    papers = re.sub(r"/trang/.*", "/giay-to", tuyet.page.url)

    shares(tuyet.page, "anh-chung-sinh.png")
    expect(tuyet.page.get_by_text("anh-chung-sinh.png")).to_be_visible()
    axe(tuyet.page)
    tuyet.page.goto(papers)
    paper = tuyet.page.get_by_role("region", name="Giấy tờ tùy thân")
    paper.get_by_role("button", name=re.compile("anh-chung-sinh.png")).click()
    paper.get_by_role("button", name="Dùng ảnh này").click()

    paper.get_by_role("link", name=re.compile("anh-chung-sinh")).wait_for()


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
