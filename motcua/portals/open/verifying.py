"""Kiểm sổ cái từ bên ngoài: the verifier to take along, and the keys that it asks for."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from motcua.kernel import anchors, ledger, verify_ledger
from motcua.kernel.access import open_to_all, route
from motcua.kernel.web import as_file


@require_safe
@route(open_to_all)
def verifier(request: HttpRequest) -> HttpResponseBase:
    """One file of Python that imports nothing of ours."""
    file = Path(verify_ledger.__file__)
    answer = HttpResponse(file.read_bytes(), content_type="text/x-python; charset=utf-8")
    return as_file(answer, file.name)


@require_safe
@route(open_to_all)
def keys(request: HttpRequest) -> HttpResponseBase:
    """Public keys of the ledger and of its witnesses; a cautious reader asks the witnesses too."""
    witnesses = {state.name: state.key for state in anchors.states() if state.key}
    return JsonResponse({
        "ledger": ledger.ledger_id(),
        "key": ledger.public_key().hex(),
        "witnesses": witnesses,
    })  # fmt: skip
