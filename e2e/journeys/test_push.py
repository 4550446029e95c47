"""The worker shows what the city pushes; each message is handed to it as the browser would."""

import json

from playwright.sync_api import Page

from e2e.living_city import City

READY = "async () => { await navigator.serviceWorker.ready }"
SHOWN = """async (count) => {
  const worker = await navigator.serviceWorker.ready;
  const found = await worker.getNotifications();
  if (found.length < count) return null;
  const told = found.map(({ title, body, data }) => [title, body, new URL(data.url).pathname]);
  return told.sort();
}"""
# A click that a script makes may open no window, so what would be opened is told instead.
CLICK = """async (title) => {
  const opened = [];
  const tell = async (url) => { opened.push(new URL(url).pathname) };
  Object.defineProperty(self.clients, "openWindow", { value: tell, configurable: true });
  const shown = (await self.registration.getNotifications()).find((one) => one.title === title);
  self.dispatchEvent(new NotificationEvent("notificationclick", { notification: shown }));
  while (!opened.length) await new Promise((next) => setTimeout(next, 20));
  const left = (await self.registration.getNotifications()).map((one) => one.title);
  return [opened, left.includes(title)];
}"""
RESULT = {"title": "Kết quả đã có", "body": "Hồ sơ H29.99-20261123-0000042", "url": "/ho-so/x"}


def pushed(page: Page, city: City, *messages: str) -> None:
    """Deliver to our worker what its push service would."""
    line = page.context.new_cdp_session(page)
    numbers: list[str] = []
    line.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: numbers.extend(one["registrationId"] for one in told["registrations"]),
    )
    line.send("ServiceWorker.enable")
    page.evaluate(READY)
    for message in messages:
        line.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": city.url, "registrationId": numbers[-1], "data": message},
        )


def test_the_worker_shows_a_push_and_leads_only_to_pages_of_the_city(a_citizen, city: City):
    visitor = a_citizen()
    visitor.page.context.grant_permissions(["notifications"], origin=city.url)
    visitor.opens("/thu-tuc")

    stranger = json.dumps({**RESULT, "title": "Tin lạ", "url": "https://evil.example.vn/x"})
    pushed(visitor.page, city, json.dumps(RESULT), stranger, "no words at all")

    found = visitor.page.wait_for_function(SHOWN, arg=3).json_value()
    assert found == [
        ["Công dân số", "Bạn có tin mới.", "/thong-bao"],
        [RESULT["title"], RESULT["body"], "/ho-so/x"],
        ["Tin lạ", RESULT["body"], "/thong-bao"],
    ]


def test_a_click_on_a_push_opens_its_page_and_puts_it_away(a_citizen, city: City):
    visitor = a_citizen()
    visitor.page.context.grant_permissions(["notifications"], origin=city.url)
    visitor.opens("/thu-tuc")
    alert = {"title": "Cảnh báo khẩn cấp", "body": "Nước dâng.", "url": "/canh-bao/CB-1"}
    pushed(visitor.page, city, json.dumps(alert), json.dumps(RESULT))
    visitor.page.wait_for_function(SHOWN, arg=2)

    [worker] = visitor.page.context.service_workers

    assert worker.evaluate(CLICK, alert["title"]) == [["/canh-bao/CB-1"], False]
    assert worker.evaluate(CLICK, RESULT["title"]) == [["/ho-so/x"], False]
