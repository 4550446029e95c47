"""Hostile words in every address, parameter and form: never run, never a fault, never logged."""

import ast
import logging
import re
from functools import cache
from urllib.parse import quote

import pytest
from django.test import Client, RequestFactory

from motcua.contexts.identity.testing import a_citizen_account, an_officer_account, signed_in
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel.web import safe_next
from motcua.ui.exporting import csv_answer, harmless
from tests.house import HOUSE, code, tree
from tests.test_routes import PAGES, address

MARK = "zq7"  # every payload bears it, so that an echo is recognised
PAYLOADS = {
    "script": f"<script>{MARK}</script>",
    "attribute": f"\"'><img src={MARK} onerror=alert(1)>",
    "template": f"{{{{7*7}}}}{{% debug %}}${{7*7}}#{{7*7}}<%=7*7%>{MARK}",
    "sql": f"' OR 1=1; DROP TABLE kernel_ledger_leaf; -- {MARK}",
    "sql_like": f"%_\\'\"{MARK}",
    "header": f"x\r\nSet-Cookie: {MARK}=1\r\n\r\n<b>",
    "path": f"../../../../etc/passwd%00{MARK}",
    "format": f"%s%n%(x)d{{0.__class__}}{MARK}",
    "formula": f'=HYPERLINK("http://x";"{MARK}")',
    "unicode": f"Nguye\u0302\u0303n \u202egnp.\u200b\ufeff\ud83d\ude00{MARK}".encode(
        "utf-16", "surrogatepass"
    ).decode("utf-16"),
    "long": f"{MARK}{'ễ' * 300}",
    "number": f"9{'9' * 400}",
    "json": f'{{"__proto__":{{"x":"{MARK}"}}}}',
}
RAW = re.compile(rf"<script>{MARK}|<img src={MARK}", re.IGNORECASE)
# Parameters of addresses and fields of forms that any view of the house reads by name.
READERS = {"GET", "POST"}
FINE = {200, 204, 302, 303, 400, 401, 403, 404, 405, 409, 413, 422, 429, 503}


@cache
def names_read() -> list[str]:
    """Every literal that some code passes to request.GET.get, POST.get, getlist, …"""
    found = set()
    for path in code():
        for node in ast.walk(tree(path)):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            source = node.func.value
            if not (isinstance(source, ast.Attribute) and source.attr in READERS and node.args):
                continue
            if isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
                found.add(node.args[0].value)
    return sorted(found - {"idempotency_key", "csrfmiddlewaretoken"})


def attack(shift: int) -> dict[str, str]:
    """Every name with a payload; another shift gives each name another one."""
    kinds = list(PAYLOADS.values())
    return {name: kinds[(at + shift) % len(kinds)] for at, name in enumerate(names_read())}


def complaint(answer) -> str:
    """What is wrong with this answer; empty when nothing is."""
    if answer.status_code not in FINE:
        return f"status {answer.status_code}"
    if any("\r" in value or "\n" in value for value in answer.headers.values()):
        return "a header of two lines"
    if MARK in answer.cookies:
        return "cookie"
    location = answer.headers.get("Location", "")
    if location and not location.startswith(("/", "?")):
        return f"leads to {location}"
    if answer.streaming or not answer.headers.get("Content-Type", "").startswith("text/html"):
        return ""
    text = answer.content.decode()
    if RAW.search(text):
        return "reflected"
    return "evaluated" if f"49{MARK}" in text else ""


@pytest.fixture
def browsers(small_city):
    quiet = {"raise_request_exception": False}
    people = {"nobody": Client(**quiet), "citizen": signed_in(Client(**quiet), a_citizen_account())}
    for name in ("bao", "quynh"):
        account = an_officer_account(name, officer_id=the_officer(name).id)
        people[name] = signed_in(Client(**quiet), account)
    return people


def test_there_are_names_to_attack():
    assert {"q", "next", "username"} <= set(names_read())


@pytest.mark.parametrize("shift", [0, 5])
def test_no_parameter_of_any_page_runs_or_breaks_it(browsers, shift):
    wrong = {}
    for at, route in enumerate(PAGES):
        name = list(browsers)[(at + shift) % len(browsers)]
        if bad := complaint(browsers[name].get(address(route), attack(at + shift))):
            wrong[f"{route.address} as {name}"] = bad

    assert wrong == {}


@pytest.mark.parametrize("kind", ["script", "unicode", "number"])
def test_no_part_of_any_address_runs_or_breaks_it(browsers, kind):
    payload = PAYLOADS[kind]
    inserted = quote(payload.replace("/", "∕"), safe="")[:600]
    wrong = {}
    for route in PAGES:
        if "<str:" not in route.address and "<slug:" not in route.address:
            continue
        url = re.sub(r"<(?:str|slug):[^>]+>", inserted, address_with_text(route.address))
        for name in ("nobody", "quynh"):
            if bad := complaint(browsers[name].get(url)):
                wrong[f"{route.address} as {name}"] = bad

    assert wrong == {}


def address_with_text(pattern: str) -> str:
    pattern = re.sub(r"<uuid:[^>]+>", "01900000-0000-7000-8000-000000000001", pattern)
    return re.sub(r"<int:[^>]+>", "7", pattern)


@pytest.mark.parametrize("shift", [0, 1, 2])
def test_no_field_of_any_form_runs_or_breaks_it(browsers, shift):
    wrong = {}
    for at, route in enumerate(PAGES):
        if route.address == "/dang-xuat":
            continue
        name = ("citizen", "bao", "quynh")[(at + shift) % 3]
        sent = {**attack(at + 4 * shift), "idempotency_key": f"{shift}-{at}"}
        if bad := complaint(browsers[name].post(address(route), sent)):
            wrong[f"{route.address} as {name}"] = bad

    assert wrong == {}


@pytest.mark.parametrize(
    "body",
    [
        b"{", b"[]", b"null", b'{"a": ' + b"[" * 5000 + b"]" * 5000 + b"}", b"\xff\xfe", b"",
        b'{"code": "\\ud800"}', b'{"code": "\\u0000"}', b'{"a":1,"a":2}', b"<x/>", b"1e999",
    ],
)  # fmt: skip
def test_no_body_breaks_an_operation(browsers, body):
    from tests.test_routes import OPERATIONS

    wrong = {}
    for at, route in enumerate(OPERATIONS):
        if route.methods == "GET":
            continue
        send = getattr(browsers["citizen"], route.methods.lower())
        answer = send(
            address(route), body, content_type="application/json", HTTP_IDEMPOTENCY_KEY=f"k{at}"
        )
        if answer.status_code >= 500:
            wrong[route.address] = answer.status_code

    assert wrong == {}


def test_a_parameter_given_twice_is_read_once(client, db):
    """The last one counts, of the query and of the form apart."""
    code = "H29.99-20260105-0000000"

    twice = client.get(f"/tra-cuu?ma=<b>&ma={code}").content.decode()
    mixed = client.post(
        f"/tra-cuu?code={code}", {"code": ["x", "y"], "secret": ["a", "b"], "idempotency_key": "k"}
    )

    assert f'value="{code}"' in twice
    assert mixed.status_code == 404
    assert f'value="{code}"' not in mixed.content.decode()


ELSEWHERE = [
    "https://evil.example/", "//evil.example/", "///evil.example", "\\\\evil.example",
    "/\\evil.example", "http:evil.example", "javascript:alert(1)", "data:text/html,x",
    "//evil.example@testserver/", "https://testserver.evil.example/", "https://testserver@evil/",
    "\thttps://evil.example", "/\t/evil.example", "https:/evil.example",
    "//evil.example\\@testserver",
    "http://testserver:80@evil.example/", "vbscript:x", "//\u2044evil.example",
    "//google%E3%80%82com",
]  # fmt: skip


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_nobody_is_sent_elsewhere(wanted):
    assert safe_next(RequestFactory().get("/", {"next": wanted}), "/ban") == "/ban"
    assert safe_next(RequestFactory().post("/", {"next": wanted}), "/ban") == "/ban"


@pytest.mark.parametrize("wanted", ["/ban", "/ban?trang=2", "/ho-so/H29#x"])
def test_the_way_within_the_city_stays_open(wanted):
    assert safe_next(RequestFactory().get("/", {"next": wanted})) == wanted


CELLS = ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", " =1", "\0=1", "＝1",
         "=cmd|' /C calc'!A0",
         "＠SUM(1)", "-2+3+cmd|' /C calc'!A0", "   @x"]  # fmt: skip


@pytest.mark.parametrize("cell", CELLS)
def test_no_cell_of_an_export_runs(cell):
    assert harmless(cell).startswith("'")


@pytest.mark.parametrize("cell", ["An;=1+1", "An; @x", "An\n-1", 'An;"=1+1', "An\t＝1"])
def test_no_cell_runs_where_a_semicolon_parts_cells(cell):
    told = harmless(cell)

    assert "'" in told
    assert told.replace("'", "") == cell
    assert harmless(told) == told


def test_cells_are_quoted_as_the_format_wants():
    answer = csv_answer("a.csv", ["Tên"], [['a"b,c\nd'], ["Nguyễn"]])
    text = b"".join(answer.streaming_content).decode()

    assert text == '\ufeffTên\r\n"a""b,c\nd"\r\nNguyễn\r\n'
    assert answer["Content-Disposition"] == 'attachment; filename="a.csv"'


def test_every_table_that_leaves_goes_through_the_one_writer():
    own = [
        path.relative_to(HOUSE).as_posix()
        for path in code()
        if re.search(r"\bcsv\.(?:writer|DictWriter)|openpyxl|xlsxwriter", path.read_text("utf-8"))
    ]

    assert own == ["ui/exporting.py"]


@pytest.mark.parametrize(
    "path", ["/a%0d%0aINJECTED", "/a%0AINJECTED", "/%1b[31mINJECTED", "/a%E2%80%A8b"]
)
def test_no_address_writes_a_line_of_its_own_in_the_log(client, db, caplog, path):
    caplog.set_level(logging.INFO)

    client.get(path)
    client.post(path, {"idempotency_key": "k\r\nINJECTED"})

    for record in caplog.records:
        assert not re.search(r"[\r\n\x1b\u2028]", record.getMessage())


def test_a_name_given_at_sign_in_is_not_logged(client, db, caplog):
    caplog.set_level(logging.DEBUG)

    client.post("/dang-nhap", {"username": f"{MARK}\r\nx", "password": f"{MARK}secret"})

    assert MARK not in caplog.text
