"""What the pages of a journey weigh on a first visit; and, for the report, how long they take.

Bytes are asserted. Times depend on the machine: they are only written down, when E2E_REPORTS is
set, over a line of 400 ms and 400 kbit/s.
"""

import os
from pathlib import Path

from e2e.journeys.birth import BIRTH
from e2e.journeys.citizen import TUYET, Citizen

HOME, PAGE = 80_000, 100_000
OPEN = ("/", "/tim?q=khai+sinh", "/thu-tuc", f"/thu-tuc/{BIRTH}", "/dang-nhap", "/hien-thi")
OWN = ("/ho-so", "/vi", "/thong-bao", "/toi")
REPORT = Path(__file__).parents[2] / "docs" / "journeys" / "budget.md"
WRITES = "E2E_REPORTS"
SLOW = {
    "offline": False,
    "latency": 400,  # ms there and back
    "downloadThroughput": 50_000,  # bytes a second: 400 kbit/s, what is called slow 3G
    "uploadThroughput": 50_000,
}
PAINTED = """() => new Promise(done => new PerformanceObserver(list => {
  for (const entry of list.getEntriesByName("first-contentful-paint")) done(entry.startTime);
}).observe({type: "paint", buffered: true}))"""


def weigh(citizen: Citizen, address: str) -> tuple[int, int]:
    """Bytes over the wire of the page with all it loads, nothing kept from before; paint in ms."""
    line = citizen.page.context.new_cdp_session(citizen.page)
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    if os.environ.get(WRITES):
        line.send("Network.emulateNetworkConditions", SLOW)
    weights: list[float] = []
    line.on("Network.loadingFinished", lambda told: weights.append(told["encodedDataLength"]))
    citizen.page.goto(f"{citizen.city.url}{address}", wait_until="networkidle")
    painted = citizen.page.evaluate(PAINTED)
    line.detach()
    return round(sum(weights)), round(painted)


def test_pages_of_a_journey_weigh_little_on_a_first_visit(a_citizen):
    visitor = a_citizen(service_workers="block")
    weighed = {address: weigh(visitor, address) for address in OPEN}
    tuyet = a_citizen(TUYET, service_workers="block")
    tuyet.begins(BIRTH)
    form = tuyet.page.url.removeprefix(tuyet.city.url)
    draft = "/".join(form.split("/")[:3])
    steps = {"a page of questions": form, "overview": draft, "papers": f"{draft}/giay-to"}
    for name, address in (*steps.items(), *((one, one) for one in OWN)):
        weighed[name] = weigh(tuyet, address)

    if os.environ.get(WRITES):
        REPORT.parent.mkdir(parents=True, exist_ok=True)
        REPORT.write_text(_told(weighed), encoding="utf-8")
    heavy = {at: size for at, (size, _) in weighed.items() if size >= PAGE}
    assert heavy == {}
    assert weighed["/"][0] < HOME


def _told(weighed: dict[str, tuple[int, int]]) -> str:
    lines = [
        "# What the pages of a journey weigh",
        "",
        "A first visit on a phone of 390 px, nothing kept, over 400 ms and 400 kbit/s made by the",
        "browser. Limits: the home page 80,000 bytes, any other 100,000; a browser test asserts",
        "them on every run. Times are of the machine that wrote this and are not asserted.",
        f"Written by `{WRITES}=1 ./run e2e`.",
        "",
        "| page | bytes transferred | first contentful paint, ms |",
        "|---|---|---|",
    ]
    rows = (f"| {at} | {size:,} | {paint:,} |" for at, (size, paint) in weighed.items())
    return "\n".join([*lines, *rows]) + "\n"
