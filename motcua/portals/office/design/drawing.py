"""Sơ đồ và BPMN: the diagram drawn from the list, the file for other editors, and back."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import BpmnRefused, ProcessMalformed
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts.designing import DesignView, DraftMoved
from motcua.kernel import clock
from motcua.kernel.access import route
from motcua.kernel.web import actor_of, as_file, page, redirect_after
from motcua.portals.office.design.asking import DESIGNERS, URL, address_of, seen_in
from motcua.portals.office.design.editor import crumbs
from motcua.ui.parts import Crumb, FieldError

LARGEST = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawingPage:
    """drawing: None while the table cannot be read; complaints say why."""

    title: str
    name: str
    crumbs: tuple[Crumb, ...]
    drawing: casework.Drawing | None
    complaints: tuple[str, ...]
    file_url: str
    seen: int
    left_out: tuple[str, ...] = ()
    errors: tuple[FieldError, ...] = ()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(DESIGNERS)
def show(request: HttpRequest, version_id: UUID) -> HttpResponseBase:
    """The diagram; a POST takes over the steps of a BPMN file and names what it left out."""
    draft = procedures.design(version_id)
    if request.method != "POST":
        return page(request, "office/design/drawing.html", _page(draft))
    sent = request.FILES.get("bpmn")
    try:
        if sent is None:
            raise BpmnRefused("Bạn chọn một tệp BPMN.")
        read = casework.read_bpmn(sent.read(LARGEST + 1))
        table = read.table | {"key": draft.definition.process_key or read.table["key"]}
        procedures.replace_process(
            version_id, table, seen=seen_in(request), by=actor_of(request), now=clock.now()
        )
    except (BpmnRefused, DraftMoved) as refusal:
        error = FieldError(text=refusal.message, field="bpmn")
        model = _page(draft, errors=(error,))
        return page(request, "office/design/drawing.html", model, status=int(refusal.kind))
    if not read.left_out:
        messages.success(request, "Đã nhập sơ đồ, không bỏ gì.")
        return redirect_after(f"{URL}/{version_id}/so-do")
    model = _page(procedures.design(version_id), left_out=read.left_out)
    return page(request, "office/design/drawing.html", model)


def _page(
    draft: DesignView,
    *,
    left_out: tuple[str, ...] = (),
    errors: tuple[FieldError, ...] = (),
) -> DrawingPage:
    drawing = None
    complaints: tuple[str, ...] = ()
    try:
        drawing = casework.drawn(casework.parse_table(draft.definition.process or {}))
    except ProcessMalformed as wrong:
        complaints = wrong.complaints
    return DrawingPage(
        title="Sơ đồ quy trình",
        name=draft.definition.name,
        crumbs=crumbs(
            Crumb(label=draft.code, url=f"{URL}/thu-tuc/{draft.code}"),
            Crumb(label="Bản soạn", url=address_of(draft.version_id)),
            "Sơ đồ",
        ),
        drawing=drawing,
        complaints=complaints,
        file_url=f"{URL}/{draft.version_id}/quy-trinh.bpmn" if drawing else "",
        seen=draft.revision,
        left_out=left_out,
        errors=errors,
    )


@require_safe
@route(DESIGNERS)
def export(request: HttpRequest, version_id: UUID) -> HttpResponseBase:
    """The steps of the draft as BPMN 2.0. Raises: ProcessMalformed."""
    draft = procedures.design(version_id)
    table = casework.parse_table(draft.definition.process or {})
    answer = HttpResponse(
        casework.bpmn_of_table(table), content_type="application/xml; charset=utf-8"
    )
    return as_file(answer, f"quy-trinh-{draft.code}.bpmn")
