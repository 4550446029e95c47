"""A business lets its program work: a key, many dossiers at once, a letter that proves itself."""

import itertools
from collections.abc import Callable
from typing import Any

import requests

from e2e.journeys.citizen import TUYET, Citizen
from e2e.journeys.waiting import eventually
from e2e.living_city import City
from motcua.contexts.webhooks.testing import a_program
from motcua.contexts.webhooks.web.sample import FILING, PAPER, ROW

KEYS = itertools.count()


class Software:
    """The program on the other side: it has a key, and no browser."""

    def __init__(self, city: City, key: str) -> None:
        self.root, self.line = f"{city.url}/api/v1/business", requests.Session()
        self.line.headers["Authorization"] = f"Bearer {key}"

    def get(self, path: str) -> dict[str, Any]:
        return self._told(self.line.get(f"{self.root}{path}", timeout=30))

    def post(self, path: str, body: object = None) -> dict[str, Any]:
        headers = {"Idempotency-Key": f"software-{next(KEYS)}"}
        return self._told(
            self.line.post(f"{self.root}{path}", json=body or {}, headers=headers, timeout=30)
        )

    def _told(self, answer: requests.Response) -> dict[str, Any]:
        assert answer.ok, answer.text
        return answer.json() if answer.content else {}


def a_key(owner: Citizen) -> str:
    owner.opens("/toi/ma-truy-cap")
    owner.page.get_by_label("Tên để nhận ra").fill("Kế toán")
    owner.page.get_by_label("Mã thử", exact=False).check()
    owner.page.get_by_label("Cho phép ghi", exact=False).check()
    owner.page.get_by_role("button", name="Tạo mã").click()
    return owner.page.locator("#q-made").input_value()


def a_secret(owner: Citizen, url: str) -> str:
    owner.opens("/toi/lap-trinh")
    owner.page.get_by_label("Địa chỉ của phần mềm bạn").fill(url)
    owner.page.get_by_label("Chỉ nhận tin của hồ sơ thử").check()
    owner.page.get_by_role("button", name="Thêm địa chỉ").click()
    return owner.page.locator("#q-made").input_value()


def test_a_program_files_many_and_hears_what_becomes_of_them(
    a_citizen: Callable[..., Citizen], city: City
) -> None:
    owner = a_citizen(TUYET)
    software = Software(city, a_key(owner))
    rows = [ROW, ROW | {"child_full_name": "Lê Minh Bình"}, ROW | {"child_full_name": "Lê 5"}]
    with a_program() as there:
        secret = a_secret(owner, there.url)

        filing = software.post("/filings", FILING | {"rows": rows})["id"]
        eventually(owner.page, lambda: software.get(f"/filings/{filing}")["state"] == "CHECKED")
        wrong = software.get(f"/filings/{filing}/lines")["items"][2]["errors"]
        software.post(f"/filings/{filing}/drafts")
        eventually(owner.page, lambda: software.get(f"/filings/{filing}")["state"] == "DONE")
        for line in software.get(f"/filings/{filing}/lines")["items"][:2]:
            software.post(f"/drafts/{line['draft_id']}/papers", {"component_key": PAPER})
        software.post(f"/filings/{filing}/send")
        eventually(owner.page, lambda: len(software.get("/dossiers")["items"]) == 2)
        code = software.get("/dossiers")["items"][0]["code"]
        eventually(
            owner.page, lambda: any(one.told["type"] == "filing.sent" for one in there.heard)
        )

        told = [one.told["type"] for one in there.heard]
        assert [error["field"] for error in wrong] == ["child_full_name"]
        assert software.get(f"/dossiers/{code}")["status"] >= 1
        assert {"filing.checked", "filing.sent"} <= set(told)
        assert all(one.is_signed_with(secret) for one in there.heard)
        assert all(b"Minh" not in one.body for one in there.heard)
