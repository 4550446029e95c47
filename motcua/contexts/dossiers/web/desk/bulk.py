"""Làm cùng lúc: one action on several ticked dossiers, tried first or done, by a job.

Each dossier moves in a transaction of its own with its own line: one that somebody else has just
moved stops no other.
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.actions.joint import ask_joint
from motcua.contexts.dossiers.contracts import DeskView, DossierNotFound
from motcua.contexts.dossiers.contracts.joint import MOST_TOGETHER, AskJoint
from motcua.contexts.dossiers.queries import joint as runs
from motcua.contexts.dossiers.web.desk import joint_pages
from motcua.contexts.dossiers.web.desk.asking import asked
from motcua.contexts.dossiers.web.desk.bulk_pages import BULK, bulk_page
from motcua.kernel import clock
from motcua.kernel.access import officers, route
from motcua.kernel.text import whole
from motcua.kernel.web import actor_of, as_file, page, redirect_after, uuid_of
from motcua.kernel.workbooks import MEDIA_TYPE, Column, Leaf, workbook
from motcua.ui.exporting import csv_answer


@require_POST
@route(officers)
def gather(request: HttpRequest) -> HttpResponseBase:
    """The ticked rows go into the address, so that the plan can be read again."""
    wanted, codes = asked(request), request.POST.getlist("case")
    if not codes:
        messages.warning(request, "Bạn đánh dấu những hồ sơ cần làm cùng lúc.")
        return redirect_after(wanted.url())
    if len(codes) > MOST_TOGETHER:
        messages.warning(request, f"Mỗi lần làm cùng lúc nhiều nhất {MOST_TOGETHER} hồ sơ.")
    return redirect_after(wanted.url(BULK, hs=",".join(codes[:MOST_TOGETHER])))


@require_http_methods(["GET", "HEAD", "POST"])
@route(officers)
def bulk(request: HttpRequest) -> HttpResponseBase:
    """What can be done with them and what cannot, each with its reason; then a job does it."""
    if request.method == "POST":
        begun = ask_joint(_command(request), actor=actor_of(request), now=clock.now())
        return redirect_after(asked(request).url(f"{joint_pages.RUNS}/{begun.run_id}"))
    codes = [code for code in request.GET.get("hs", "").split(",") if code][:MOST_TOGETHER]
    model = bulk_page(_views(request, codes), asked(request))
    return page(request, "dossiers/desk/bulk.html", model)


def _views(request: HttpRequest, codes: list[str]) -> tuple[DeskView, ...]:
    """Those that the officer may see; another one does not exist here either."""
    found = []
    for code in dict.fromkeys(codes):
        try:
            found.append(dossiers.desk_view(code, actor_of(request), now=clock.now()))
        except DossierNotFound:
            continue
    return tuple(found)


def _command(request: HttpRequest) -> AskJoint:
    """Of each dossier the version that the officer saw; the rest is the same for all."""
    typed = request.POST
    return AskJoint(
        action=typed.get("action", ""),
        title=typed.get("title", ""),
        label=typed.get("label", ""),
        seen=tuple((c, whole(typed.get(f"seen.{c}", "")) or 0) for c in typed.getlist("case")),
        assignee_id=uuid_of(typed.get("assignee", "")),
        trial="trial" in typed,
    )


@never_cache
@require_safe
@route(officers)
def listed(request: HttpRequest) -> HttpResponseBase:
    """One's latest runs."""
    model = joint_pages.runs_page(runs.joint_runs(actor_of(request), now=clock.now()))
    return page(request, "dossiers/desk/joint_list.html", model)


@never_cache
@require_safe
@route(officers)
def show(request: HttpRequest, joint_id: UUID) -> HttpResponseBase:
    """How far the job is, and what became of each dossier."""
    now = clock.now()
    view = runs.joint_run(joint_id, actor_of(request), now=now)
    return page(
        request, "dossiers/desk/joint.html", joint_pages.run_page(view, asked(request), now)
    )


@never_cache
@require_safe
@route(officers)
def result_csv(request: HttpRequest, joint_id: UUID) -> HttpResponseBase:
    view = runs.joint_run(joint_id, actor_of(request), now=clock.now())
    return csv_answer(f"{joint_pages.NAME}.csv", joint_pages.HEADS, joint_pages.rows_of(view))


@never_cache
@require_safe
@route(officers)
def result_xlsx(request: HttpRequest, joint_id: UUID) -> HttpResponse:
    view = runs.joint_run(joint_id, actor_of(request), now=clock.now())
    columns = tuple(Column(head=head) for head in joint_pages.HEADS)
    leaf = Leaf(name="Kết quả", columns=columns, lines=list(joint_pages.rows_of(view)))
    answer = HttpResponse(workbook(leaf), content_type=MEDIA_TYPE)
    return as_file(answer, f"{joint_pages.NAME}.xlsx")
