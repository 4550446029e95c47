"""Bản nháp: the parts of a form and how far they are, and where it goes."""

from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import DraftView
from motcua.contexts.dossiers.rules.place import place_question
from motcua.contexts.dossiers.web import draft_pages, pages
from motcua.contexts.dossiers.web.answering import own_draft, pages_of
from motcua.contexts.dossiers.web.helping import heading, way_back
from motcua.kernel import clock, idempotency
from motcua.kernel.access import route, signed_in
from motcua.kernel.codes import WardCode
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui import dates, words
from motcua.ui.parts import Chip, Crumb, ListedTask, Tone
from motcua.ui.words import foreign


@never_cache
@route(signed_in)
def overview(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """The parts of the form, what is done, where it goes."""
    if request.method == "POST":
        ward = request.POST.get("ward", "")
        if WardCode.parses(ward):
            with idempotency.using(""):
                dossiers.set_ward(draft_id, ward, actor=actor_of(request), now=clock.now())
        return redirect_after(f"/nhap/{draft_id}")
    draft, now = own_draft(request, draft_id), clock.now()
    tasks = _tasks(draft)
    named = place_question(draft.version.form)
    name = heading(draft, actor_of(request))
    model = draft_pages.OverviewPage(
        title=name,
        language=foreign() if not draft.version.name_en else "",
        crumbs=(way_back(draft, actor_of(request)), Crumb(label=name)),
        promise=dossiers.promise(draft, now=now),
        promise_language=foreign(),
        saved=dates.city_moment(draft.saved_at),
        tasks=tasks,
        ward_name=dossiers.ward_name(draft.competent_ward),
        wards=() if named else pages.ward_options(now),
        ward=draft.ward_code,
        trouble=draft.register_trouble,
        next_url=next((task.url for task in tasks if task.state.icon != "check"), tasks[-1].url),
        drop_url=f"/nhap/{draft_id}/bo",
    )
    return page(request, "dossiers/overview.html", model)


def _tasks(draft: DraftView) -> tuple[ListedTask, ...]:
    """The pages of the form, the papers, and the check at the end."""
    lacking = {path.split(".")[0] for path, _why in dossiers.missing_of(draft, now=clock.now())}
    url = f"/nhap/{draft.id}"
    tasks = [
        ListedTask(
            label=p.title_in(words.language()),
            state=_state(any(q.key in lacking for q in p.questions)),
            url=f"{url}/trang/{p.key}",
        )
        for p in pages_of(draft)
    ]
    papers = ListedTask(
        label=_("Giấy tờ cần có"), state=_state(bool(lacking)), url=f"{url}/giay-to"
    )
    check = ListedTask(label=_("Xem lại và nộp"), state=Chip(label=_("Cuối cùng")))
    if not lacking:
        check = ListedTask(
            label=_("Xem lại và nộp"),
            state=Chip(label=_("Nộp được rồi"), tone=Tone.TURN, icon="hand"),
            url=f"{url}/xem-lai",
        )
    return (*tasks, papers, check)


def _state(wanting: bool) -> Chip:
    if wanting:
        return Chip(label=_("Chưa xong"))
    return Chip(label=_("Xong"), tone=Tone.OK, icon="check")
