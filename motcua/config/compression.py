"""Nén trang: text goes over the wire compressed; pictures, PDF and other bytes go as they are.

Against BREACH Django pads each answer by a random length, and masks the token of each form anew.
"""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXT = ("text/", "application/json", "application/problem+json", "application/manifest+json")


class TextCompression(GZipMiddleware):
    """A page of 20 kB is 5 kB on a slow network."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if not response.headers.get("Content-Type", "").startswith(TEXT):
            return response
        return super().process_response(request, response)
