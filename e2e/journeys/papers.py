"""Files that people hand in, and reading what they get back."""

import io

import pypdf
import segno
from playwright.sync_api import FilePayload, Locator

from motcua.contexts.documents.testing import a_pdf


def a_scan(name: str, text: str = "") -> FilePayload:
    return {"name": name, "mimeType": "application/pdf", "buffer": a_pdf(text or name)}


def address_of(link: Locator) -> str:
    return str(link.evaluate("link => link.href"))


def content_behind(link: Locator) -> bytes:
    """Fetched with the session of the link's browser."""
    answer = link.page.request.get(address_of(link))
    assert answer.ok, f"{answer.url}: {answer.status}"
    return answer.body()


def words_of(pdf: bytes) -> str:
    """In one line, as a reader copies them out."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def altered(pdf: bytes) -> bytes:
    """One letter of the visible paper changed, as somebody would who wants another name on it."""
    middle = len(pdf) // 2
    return pdf[:middle] + bytes([pdf[middle] ^ 1]) + pdf[middle + 1 :]


def leads_to(qr: Locator, address: str) -> bool:
    """Whether the drawn code is exactly the code of this address."""
    strokes = segno.make(address, error="m").svg_inline(border=2, omitsize=True, light="#fff")
    drawn = qr.locator("path").last.get_attribute("d")
    return bool(drawn) and f'd="{drawn}"' in strokes
