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
