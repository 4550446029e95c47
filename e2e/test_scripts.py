"""Our scripts on a page that asks for them: autosave, keys of the desk, htmx with its header."""

import json

import pytest

GALLERY = "**/ui/"
HTMX = "vendor/htmx.js"
SELF_SAVING = ('<form class="form card"', '<form data-autosave="/luu" class="form card"')


@pytest.fixture
def open_with(site, page_desktop):
    """The gallery with one piece of its markup replaced, as a page of a portal would have it."""

    def open_it(old, new, script=""):
        def alter(route):
            answer = route.fetch()
            text = answer.text()
            assert old in text
            kind = "defer" if script == HTMX else 'type="module"'
            asked = f'<script src="/static/{script}" {kind}></script></head>'
            text = text.replace("</head>", asked, 1) if script else text
            route.fulfill(response=answer, body=text.replace(old, new, 1))

        page_desktop.route(GALLERY, alter)
        page_desktop.goto(f"{site}/ui/")
        return page_desktop

    return open_it


def test_an_answer_is_saved_as_it_is_given(open_with):
    page = open_with(*SELF_SAVING, "ui/autosave.js")
    saved = []

    def take(route):
        saved.append(route.request)
        route.fulfill(
            status=200, content_type="application/json", body=json.dumps({"saved": "9:41"})
        )

    page.route("**/luu", take)
    page.get_by_label("Số điện thoại").fill("0900 000 002")

    page.get_by_text("Đã lưu 9:41").wait_for()
    assert "0900 000 002" in saved[0].post_data_buffer.decode()
    assert len(saved[0].headers["idempotency-key"]) == 32


def test_an_answer_that_is_not_saved_says_so_and_is_tried_again(open_with):
    page = open_with(*SELF_SAVING, "ui/autosave.js")
    page.route("**/luu", lambda route: route.fulfill(status=503, body=""))

    page.get_by_label("Số điện thoại").fill("0900 000 002")

    page.get_by_text("Chưa lưu được").wait_for()


def test_a_form_is_sent_once(open_with, site):
    page = open_with(
        '<form class="form card" action="#" method="get">',
        '<form class="form card" action="/gui" method="post">',
    )
    sent = []
    page.route("**/gui", lambda route: sent.append(route.request))  # never answered: a slow network

    page.get_by_role("button", name="Tiếp tục").evaluate(
        "button => { button.click(); button.click() }"
    )
    page.wait_for_timeout(300)

    assert len(sent) == 1
    page.unroute("**/gui")


def test_the_keys_of_the_desk_move_and_select(open_with):
    page = open_with("</body>", "</body>", "ui/keys.js")

    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("KeyJ")
    page.keyboard.press("KeyX")

    current = page.locator("[data-item].is-cursor")
    assert current.get_by_role("link").inner_text() == "Hộ kinh doanh Ba Lành"
    assert current.get_by_role("checkbox").is_checked()


def test_typing_is_never_taken_for_a_key(open_with):
    page = open_with("</body>", "</body>", "ui/keys.js")

    page.get_by_label("Lý do").press_sequentially("jx")

    assert (
        page.locator("[data-item].is-cursor").get_by_role("link").inner_text()
        == "Nguyễn Thị Ánh Tuyết"
    )


def test_htmx_carries_the_csrf_token_and_shows_refused_forms(open_with):
    button = '<button id="hx" hx-post="/hx" hx-target="#hx-out">Thử</button><p id="hx-out"></p>'
    page = open_with("<h1>Phòng mẫu giao diện</h1>", "<h1>Phòng mẫu giao diện</h1>" + button, HTMX)
    asked = []

    def refuse(route):
        asked.append(route.request)
        route.fulfill(status=422, content_type="text/html", body="<b>Bạn sửa chỗ này</b>")

    page.route("**/hx", refuse)
    page.locator("#hx").click()

    page.get_by_text("Bạn sửa chỗ này").wait_for()
    assert asked[0].headers["x-csrftoken"]


CUTS = """
async (seed) => {
  const rules = await import("/static/ui/window-rules.js");
  let state = seed;
  const random = (n) => (state = (state * 48271) % 2147483647) % n;
  const city = new Map();
  const answer = ({ id }) => ({ id, state: ["RECEIVED", "WAITING", "VOID"][random(3)] });
  const first = (one) => city.set(one.id, answer(one)).get(one.id);
  const take = (batch) => batch.map((one) => city.get(one.id) ?? first(one));
  let entries = [], made = 0, cuts = 0;
  const send = (cut) => {
    let batch = rules.batchOf(entries);
    if (cut === 1) return;
    if (cut === 2) batch = batch.slice(0, random(batch.length + 1));
    const answers = take(cut === 3 ? [...batch, ...batch].reverse() : batch);
    if (cut === 4) return;
    entries = rules.after(entries, answers);
  };
  for (let round = 0; round < 200; round++) {
    for (let n = random(3); n >= 0; n--)
      entries.push({ id: `entry ${made++}`, state: rules.WAITS, signature: `signed ${made}` });
    send(1 + random(4));
    cuts++;
  }
  while (rules.batchOf(entries).length) send(0);
  return { made, cuts, kept: city.size, left: entries.length };
}
"""


def test_a_window_forgets_only_what_the_city_has_in_200_random_cuts(site, page_desktop):
    page_desktop.goto(f"{site}/ui/")

    ends = [page_desktop.evaluate(CUTS, seed) for seed in (2026, 1128, 7)]

    assert all(end["cuts"] == 200 and end["left"] == 0 for end in ends)
    assert all(end["made"] == end["kept"] for end in ends)


RECKONED = """
async () => {
  const rules = await import("/static/ui/window-rules.js");
  const span = (due) => [["2026-11-23T00:00:00+07:00", "2026-11-23T15:00:00+07:00", due]];
  const procedure = {
    place: "site", questions: [], papers: [], fees: [
      { channel: "ONLINE", case: "", if: null, amount: 1 },
      { channel: "ALL", case: "", if: null, amount: 8000 },
      { channel: "ALL", case: "", if: { question: "copies", gt: 0 }, amount: null }],
    cases: [{ case: "far", if: { question: "far", is: "yes" }, dues: span("2026-12-01") },
            { case: "", if: null, dues: span("2026-11-25") }] };
  const [nine, four] = [9, 16].map((hour) => new Date(Date.UTC(2026, 10, 23, hour - 7)));
  const due = (said) => rules.dueOf(procedure, said, nine, "26743");
  const range = { id: "a", first: 1, last: 2, validUntil: "2026-11-24" };
  return {
    dues: [{}, { far: "yes" }, { site: "26740" }].map(due),
    later: rules.dueOf(procedure, {}, four, "26743"),
    fees: [{}, { copies: "2" }].map((said) => rules.feeOf(procedure, said)),
    unknown: rules.holds({ question: "x", likes: 1 }, { x: 1 }),
    number: rules.numberIn("079190998101|0123|Nguyeenx"),
    code: rules.codeOf("H29.99", 42, new Date("2026-11-23T18:00:00Z")),
    next: rules.nextNumber([range], { a: 3 }, nine),
  };
}
"""


def test_a_window_promises_only_what_was_proved(site, page_desktop):
    page_desktop.goto(f"{site}/ui/")

    found = page_desktop.evaluate(RECKONED)

    assert found["dues"] == ["2026-11-25", "2026-12-01", ""] and found["later"] == ""
    assert found["fees"] == [8000, None]
    assert found["unknown"] is False and found["next"] is None
    assert (found["number"], found["code"]) == ("079190998101", "H29.99-20261124-0000042")
