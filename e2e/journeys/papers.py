"""Files that people hand in, and reading what they get back."""

import io

import pypdf
from playwright.sync_api import FilePayload, Page

from motcua.contexts.documents.testing import a_pdf


def a_scan(name: str, text: str = "") -> FilePayload:
    return {"name": name, "mimeType": "application/pdf", "buffer": a_pdf(text or name)}


def words_of(page: Page, address: str) -> str:
    """The text of a PDF, fetched with the session of this browser."""
    return text_of(content_of(page, address))


def content_of(page: Page, address: str) -> bytes:
    answer = page.request.get(address)
    assert answer.ok, f"{address}: {answer.status}"
    return answer.body()


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
