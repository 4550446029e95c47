"""The smallest web layer the stand-ins need: a request, a response, a table of routes."""

import json
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from django.template import Context, Engine

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

HERE = Path(__file__).parent
PAGES = Engine(dirs=[str(HERE / "pages")], autoescape=True)
BODY_LIMIT = 1_000_000
DRIP_SECONDS = 0.05
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
SAFE_HEADERS = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cache-Control", "no-store"),
)


class BadRequest(ValueError):
    """What arrived cannot be read; the message is safe to send back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @classmethod
    def read(cls, environ: "WSGIEnvironment") -> "Request":
        """Header names arrive in lower case with dashes: ``idempotency-key``."""
        length = int(environ.get("CONTENT_LENGTH") or 0)
        if length > BODY_LIMIT:
            raise BadRequest("body too long")
        names = {name: name[5:] for name in environ if name.startswith("HTTP_")}
        headers = {short.replace("_", "-").lower(): environ[k] for k, short in names.items()}
        headers["content-type"] = environ.get("CONTENT_TYPE", "")
        return cls(
            method=environ["REQUEST_METHOD"],
            path=environ.get("PATH_INFO", "/").encode("latin-1").decode("utf-8", "replace"),
            query=dict(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True)),
            headers=headers,
            body=environ["wsgi.input"].read(length) if length else b"",
        )

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))

    def json(self) -> dict[str, object]:
        try:
            value = json.loads(self.body or b"{}")
        except ValueError as problem:
            raise BadRequest("body is not JSON") from problem
        if not isinstance(value, dict):
            raise BadRequest("body is not a JSON object")
        return value


@dataclass(frozen=True, slots=True)
class Response:
    body: bytes
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)
    drips: bool = False  # one byte after the other, slower than anybody should wait


Handler = Callable[[Request, Mapping[str, str]], Response]


def page(template: str, context: Mapping[str, object], *, status: int = 200) -> Response:
    html = PAGES.get_template(template).render(Context(dict(context)))
    return Response(html.encode(), status)


def answer(value: object, *, status: int = 200) -> Response:
    body = json.dumps(value, ensure_ascii=False).encode()
    return Response(body, status, (("Content-Type", "application/json"),))


def refusal(code: str, text: str, *, status: int = 400) -> Response:
    return answer({"error": code, "error_description": text}, status=status)


def redirect(to: str) -> Response:
    return Response(b"", 303, (("Location", to),))


@dataclass(frozen=True, slots=True)
class Route:
    method: str
    pattern: re.Pattern[str]
    handler: Handler


def route(method: str, path: str, handler: Handler) -> Route:
    """``path`` may hold ``{name}`` parts; each matches one path segment."""
    pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path)
    return Route(method, re.compile(pattern + r"/?\Z"), handler)


def dispatch(routes: Iterable[Route], request: Request) -> Response:
    known = False
    for candidate in routes:
        match = candidate.pattern.match(request.path)
        if match is None:
            continue
        if candidate.method == request.method:
            return candidate.handler(request, match.groupdict())
        known = True
    if known:
        return refusal("method_not_allowed", "Use another method.", status=405)
    return page("missing.html", {"path": request.path}, status=404)


def send(response: Response, start_response: "StartResponse") -> Iterable[bytes]:
    line = f"{response.status} {HTTPStatus(response.status).phrase}"
    length = ("Content-Length", str(len(response.body)))
    start_response(line, [*response.headers, *SAFE_HEADERS, length])
    return _drops(response.body) if response.drips else [response.body]


def _drops(body: bytes) -> Iterator[bytes]:
    for byte in body:
        yield bytes((byte,))
        time.sleep(DRIP_SECONDS)
