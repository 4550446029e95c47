"""Sổ đọc trên web: every request is a scope of reading; what the log says about somebody."""

from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse

from motcua.kernel import reading
from motcua.kernel.access import actor_of, purpose_in
from motcua.kernel.reading import Scope


class ReadLogMiddleware:
    """Stands around all that reads: lines are written before the answer leaves, or it does not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        scope = Scope(address="")
        with reading.within(scope):
            answer = self.get_response(request)
        _write(request, scope)
        if isinstance(answer, StreamingHttpResponse):
            answer.streaming_content = _logged(request, scope, iter(answer))
        return answer


def _write(request: HttpRequest, scope: Scope) -> None:
    found = request.resolver_match
    scope.address = f"{request.method} /{found.route}" if found else request.method or ""
    code = str(found.kwargs.get("code", "")) if found else ""
    reading.write_down(scope, actor=actor_of(request), purpose=purpose_in(request), case_code=code)


def _logged(request: HttpRequest, scope: Scope, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """An export reads while it is sent: each piece is logged before it leaves."""
    while True:
        with reading.within(scope):
            chunk = next(chunks, None)
        _write(request, scope)
        if chunk is None:
            return
        yield chunk
