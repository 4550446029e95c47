"""A program that works for a person: bearer token, own idempotency keys."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from playwright.sync_api import APIRequestContext, APIResponse, Page, Playwright

from e2e.journeys.papers import a_scan
from e2e.living_city import City


@dataclass(frozen=True, slots=True)
class Program:
    """calls: with the token in every header."""

    calls: APIRequestContext

    def gets(self, path: str) -> APIResponse:
        return self.calls.get(f"api/v1{path}")

    def posts(self, path: str, body: Mapping[str, Any], *, key: str = "") -> APIResponse:
        """key: of an earlier call that is sent again."""
        headers = {"Idempotency-Key": key or uuid4().hex}
        return self.calls.post(f"api/v1{path}", data=dict(body), headers=headers)

    def keeps(self, name: str) -> str:
        """Upload one scan; its id."""
        kept = self.calls.post(
            "api/v1/files",
            multipart={"file": a_scan(name, text=uuid4().hex)},
            headers={"Idempotency-Key": uuid4().hex},
        )
        assert kept.status == 201, kept.text()
        return str(kept.json()["id"])


def token_of(page: Page, city: City, *, writes: bool = True) -> str:
    """Made on the person's own page, which shows it once."""
    page.goto(f"{city.url}/toi/ma-truy-cap")
    page.get_by_label("Tên để nhận ra").fill("Hành trình")
    if writes:
        page.get_by_label("Cho phép ghi").check()
    page.get_by_role("button", name="Tạo mã").click()
    return page.locator("#q-made").input_value()


def program(playwright: Playwright, city: City, token: str) -> Program:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    calls = playwright.request.new_context(base_url=f"{city.url}/", extra_http_headers=headers)
    return Program(calls)
