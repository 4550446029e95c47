"""Chặn tải lên quá lớn: a request that announces too much is refused before it fills the disk."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

FILES_AT_ONCE = 5


class UploadQuota(FileUploadHandler):
    """First in FILE_UPLOAD_HANDLERS; takes no file itself."""

    def handle_raw_input(
        self, input_data: Any, meta: Any, content_length: int, *_boundary_and_encoding: Any
    ) -> None:
        """Raises: RequestDataTooBig."""
        if content_length > FILES_AT_ONCE * settings.MAX_UPLOAD_BYTES:
            raise RequestDataTooBig(f"{content_length} bytes announced")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
