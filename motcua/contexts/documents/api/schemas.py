"""What the API says of a file."""

from datetime import datetime
from uuid import UUID

from ninja import Schema


class FileOut(Schema):
    id: UUID
    sha256: str
    size: int
    media_type: str
    filename: str
    pages: int | None
    created_at: datetime
    active_content: bool
    scan: str
    notice: str
    advice: list[str]
