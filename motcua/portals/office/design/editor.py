"""Trang thiết kế: the parts on the left, the phone in the middle, the settings on the right.

Everything works by links and forms of one button; a script only adds. A save that somebody else
overtook comes back with what was typed and with what the other one changed.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from motcua.contexts.identity import public as identity
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts.designing import (
    DesignView,
    DraftMoved,
    Edit,
    EditKind,
    EditRefused,
    NothingToUndo,
)
from motcua.kernel import clock
from motcua.kernel.access import route
from motcua.kernel.clock import city_time
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.portals.office.design import outline, posting
from motcua.portals.office.design.asking import (
    DESIGNERS,
    URL,
    Path,
    address_of,
    path_in,
    seen_in,
)
from motcua.portals.office.design.preview import Preview, preview_of
from motcua.portals.office.design.specs import KEY, SPECS, Field, spec_of
from motcua.portals.office.listing import Choice
from motcua.ui import dates
from motcua.ui.parts import Action, Alert, Crumb, FieldError, Tone
from motcua.ui.parts import QuestionView as Question

KEYLESS = frozenset({"fee", "duration", "legal", "retention"})


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorPage:
    """One draft, opened at one of its parts."""

    title: str
    code: str
    crumbs: tuple[Crumb, ...]
    seen: int
    saved: str
    tabs: tuple[Choice, ...]
    items: tuple[outline.Item, ...]
    adding: tuple[Action, ...]
    preview: Preview
    languages: tuple[Choice, ...]
    part_title: str
    path: str
    after: str
    kind: str
    questions: tuple[Question, ...]
    remarks: tuple[outline.Remark, ...]
    all_remarks: tuple[outline.Remark, ...]
    wrongs: int
    actions: tuple[Action, ...]
    undo_said: str
    save_url: str
    autosave_url: str
    conflict: Alert | None = None
    theirs: tuple[str, ...] = ()
    errors: tuple[FieldError, ...] = ()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(DESIGNERS)
def show(request: HttpRequest, version_id: UUID) -> HttpResponseBase:
    """A draft. A POST does one edit and comes back to the part."""
    if request.method != "POST":
        return page(request, "office/design/editor.html", _page(request, version_id))
    path, kind = path_in(request.POST.get("path", "")), request.POST.get("do", "")
    try:
        edit = _edit(path, kind, request.POST)
        procedures.save_design(
            version_id, edit, seen=seen_in(request), by=actor_of(request), now=clock.now()
        )
    except posting.Unreadable as wrong:
        error = FieldError(field=wrong.field.name, text=str(wrong))
        return _again(request, version_id, errors=(error,))
    except EditRefused as refusal:
        return _again(request, version_id, errors=(FieldError(text=refusal.message),))
    except DraftMoved as moved:
        return _again(request, version_id, moved=moved)
    messages.success(request, "Đã lưu bản soạn.")
    return redirect_after(_after(version_id, edit))


@never_cache
@require_POST
@route(DESIGNERS)
def autosave(request: HttpRequest, version_id: UUID) -> HttpResponseBase:
    """Called by the page while somebody types; says when it was saved, or who was faster."""
    path, kind = path_in(request.POST.get("path", "")), request.POST.get("do", "")
    procedures.design(version_id)  # one that is not there is told so, whatever was typed
    try:
        saved = procedures.save_design(
            version_id,
            _edit(path, kind, request.POST),
            seen=seen_in(request),
            while_typing=True,
            by=actor_of(request),
            now=clock.now(),
        )
    except (posting.Unreadable, EditRefused):
        return JsonResponse({}, status=422)
    except DraftMoved:
        draft = procedures.design(version_id)
        part, _fields = _part(draft, path, adds=False)
        title = _titled(part, path, outline.section_of(path), adds=False)
        return JsonResponse({"overtaken": [title], "who": _name_of(draft)})
    said = {"saved": dates.hour(city_time(clock.now())), "seen": str(saved.revision)}
    return JsonResponse(said)


def _edit(path: Path, kind: str, post: QueryDict) -> Edit:
    """Raises: EditRefused, Unreadable."""
    if kind not in EditKind.__members__ or (not path and kind != EditKind.SET):
        raise EditRefused
    wanted = EditKind(kind)
    if wanted is not EditKind.SET and not path:
        raise EditRefused
    if wanted is EditKind.SET:
        return Edit(kind=wanted, path=path, values=posting.typed(spec_of(path), post))
    if wanted is EditKind.ADD:
        values = posting.typed(_new_fields(path), post)
        key = values.get("key")
        if isinstance(key, str) and path[-1] not in KEYLESS and not _is_key(key):
            raise posting.Unreadable(KEY)
        return Edit(kind=wanted, path=path, values=values, after=post.get("after", ""))
    return Edit(kind=wanted, path=path)


def _is_key(text: str) -> bool:
    plain = text.replace("_", "")
    return text[:1].isalpha() and plain.isascii() and plain.isalnum() and text == text.lower()


def _new_fields(path: Path) -> tuple[Field, ...]:
    """What a new item is asked for: its key where it has one, then all the rest."""
    fields = SPECS.get(path[-1], ()) if path else ()
    return fields if path and path[-1] in KEYLESS else (KEY, *fields)


def _after(version_id: UUID, edit: Edit) -> str:
    if edit.kind is EditKind.REMOVE:
        return address_of(version_id, edit.path[:-2], phan=outline.section_of(edit.path))
    if edit.kind is EditKind.ADD:
        key = edit.values.get("key")
        path = (*edit.path, str(key)) if key else edit.path
        return address_of(version_id, path, phan=outline.section_of(path))
    return address_of(version_id, edit.path, phan=outline.section_of(edit.path))


def _again(
    request: HttpRequest,
    version_id: UUID,
    *,
    errors: tuple[FieldError, ...] = (),
    moved: DraftMoved | None = None,
) -> HttpResponseBase:
    """The same part with what was typed: refused, or overtaken."""
    model = _page(request, version_id, post=request.POST, errors=errors, moved=moved)
    status = int(moved.kind) if moved else 422
    return page(request, "office/design/editor.html", model, status=status)


def _page(
    request: HttpRequest,
    version_id: UUID,
    *,
    post: QueryDict | None = None,
    errors: tuple[FieldError, ...] = (),
    moved: DraftMoved | None = None,
) -> EditorPage:
    draft = procedures.design(version_id)
    said = post if post is not None else request.GET
    path = path_in(said.get("path" if post is not None else "muc", ""))
    adds = said.get("do") == "ADD" if post is not None else bool(said.get("them"))
    wanted = request.GET.get("phan", "")
    section = wanted if wanted in outline.SECTIONS and not path else outline.section_of(path)
    if not path and not wanted:
        section = "quy-trinh"
    if not path and section != "loi":
        path = _first(draft, section)
    part, fields = _part(draft, path, adds=adds)
    wrong = {error.field: error.text for error in errors if error.field}
    language = "en" if request.GET.get("tieng") == "en" else "vi"
    kind = EditKind.ADD if adds else EditKind.SET
    remarks = outline.remarks_of(draft.findings, version_id)
    return EditorPage(
        title=draft.definition.name,
        code=draft.code,
        crumbs=crumbs(Crumb(label=draft.code, url=f"{URL}/thu-tuc/{draft.code}"), "Bản soạn"),
        seen=draft.revision,
        saved=_saved(draft),
        tabs=_tabs(draft, section),
        items=outline.items(draft.table, section, path, draft.findings, version_id),
        adding=outline.adding(version_id, section, path),
        preview=preview_of(draft.definition, draft.table, path, language=language),
        languages=_languages(version_id, path, section, language),
        part_title=_titled(part, path, section, adds=adds),
        path="/".join(path),
        after=said.get("after" if post is not None else "sau", ""),
        kind=kind.value,
        questions=posting.questions(fields, part, draft.table, post=post, wrong=wrong),
        remarks=() if adds else outline.remarks_at(draft.findings, path, version_id),
        all_remarks=remarks,
        wrongs=sum(remark.wrong for remark in remarks),
        actions=_actions(draft),
        undo_said=draft.undo_said if draft.can_undo else "",
        save_url=address_of(version_id),
        autosave_url=f"{URL}/{version_id}/luu" if kind is EditKind.SET and moved is None else "",
        conflict=_conflict(draft, moved) if moved else None,
        theirs=_theirs(draft, seen_in(request)) if moved else (),
        errors=errors,
    )


def crumbs(*after: Crumb | str) -> tuple[Crumb, ...]:
    named = (one if isinstance(one, Crumb) else Crumb(label=one) for one in after)
    return (Crumb(label="Thiết kế", url=URL), *named)


def _first(draft: DesignView, section: str) -> Path:
    root = outline.SECTIONS[section][1]
    rows: Any = draft.table
    for name in root:
        rows = rows.get(name, {}) if isinstance(rows, dict) else {}
    if not rows:
        return root
    return (*root, str(rows[0].get("key", "#0")))


def _part(draft: DesignView, path: Path, *, adds: bool) -> tuple[dict[str, Any], tuple[Field, ...]]:
    """What stands at the path, and its inputs; a new item begins empty."""
    if adds:
        return {}, _new_fields(path)
    here: Any = draft.table
    for name in path:
        if isinstance(here, list):
            here = _item(here, name)
        else:
            here = here.get(name, {}) if isinstance(here, dict) else {}
    fields = spec_of(path)
    return (here, fields) if isinstance(here, dict) else ({}, ())


def _item(rows: list[Any], name: str) -> Any:
    if name.startswith("#") and name[1:].isdecimal() and int(name[1:]) < len(rows):
        return rows[int(name[1:])]
    return next((row for row in rows if row.get("key") == name), {})


def _titled(part: dict[str, Any], path: Path, section: str, *, adds: bool) -> str:
    if adds:
        return outline.ADDS.get(path[-1], "Thêm") if path else "Thêm"
    return str(
        part.get("name") or part.get("title") or part.get("label") or outline.SECTIONS[section][0]
    )


def _name_of(draft: DesignView) -> str:
    """Who saved it last."""
    by = draft.saved_by
    return identity.officer_names([by]).get(by, "") if by else ""


def _saved(draft: DesignView) -> str:
    who = _name_of(draft)
    at = dates.city_moment(draft.saved_at)
    return f"Lưu lúc {at}, {who}" if who else f"Lưu lúc {at}"


def _tabs(draft: DesignView, section: str) -> tuple[Choice, ...]:
    found = []
    for name, (label, _root) in outline.SECTIONS.items():
        remarks = sum(
            1 for f in draft.findings if outline.section_of(outline.mended_at(f.path)) == name
        )
        found.append(
            Choice(
                label=f"{label} ({remarks})" if remarks else label,
                url=address_of(draft.version_id, phan=name),
                current=name == section,
            )
        )
    return tuple(found)


def _languages(id: UUID, path: Path, section: str, language: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            label=label,
            url=address_of(id, path, phan="" if path else section, tieng=code),
            current=(code or "vi") == language,
        )
        for code, label in (("", "Tiếng Việt"), ("en", "English"))
    )


def _actions(draft: DesignView) -> tuple[Action, ...]:
    here = f"{URL}/{draft.version_id}"
    seen = (("seen", str(draft.revision)),)
    undo = Action(
        label="Hoàn tác",
        url=f"{here}/hoan-tac",
        icon="undo-2",
        kind="quiet",
        post=True,
        fields=seen,
    )
    return (
        *((undo,) if draft.can_undo else ()),
        Action(label="Chạy thử", url=f"{here}/chay-thu", icon="play"),
        Action(label="Sơ đồ", url=f"{here}/so-do", icon="workflow"),
        Action(label="So và công bố", url=f"{here}/duyet", icon="git-compare", kind="primary"),
    )


def _conflict(draft: DesignView, moved: DraftMoved) -> Alert:
    return Alert(title=moved.message, text=_saved(draft), tone=Tone.LATE, icon="triangle-alert")


def _theirs(draft: DesignView, seen: int) -> tuple[str, ...]:
    """What the other one changed since this page was opened."""
    before = procedures.content_at(draft.version_id, seen)
    changes = procedures.compared_tables(before, dict(draft.table)) if before else ()
    return tuple(change.sentence for change in changes)


@require_POST
@route(DESIGNERS)
def undo(request: HttpRequest, version_id: UUID) -> HttpResponseBase:
    """Take back the last change."""
    try:
        procedures.undo_design(
            version_id, seen=seen_in(request), by=actor_of(request), now=clock.now()
        )
    except NothingToUndo as refusal:
        messages.info(request, refusal.message)
    else:
        messages.success(request, "Đã hoàn tác một thay đổi.")
    return redirect_after(address_of(version_id))


@require_POST
@route(DESIGNERS)
def discard(request: HttpRequest, version_id: UUID) -> HttpResponseBase:
    """Throw the draft away."""
    procedures.discard_design(version_id, by=actor_of(request), now=clock.now())
    messages.success(request, "Đã bỏ bản soạn. Phiên bản đang dùng không đổi.")
    return redirect_after(URL)
