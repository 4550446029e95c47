"""Sao y, trích sao, sao lục: what citizens asked for, and the page on which a signer makes one."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts import IssuedKind, IssuedView
from motcua.contexts.documents.contracts.copies import COPY_NAMES, CopyKind
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.actions import copying as acts
from motcua.contexts.dossiers.contracts import DeskView, DossierNotFound
from motcua.contexts.dossiers.contracts.copies import MakeCopy
from motcua.contexts.dossiers.queries.copies import asked_at, waiting_for
from motcua.contexts.dossiers.web.desk.asking import BAN
from motcua.contexts.dossiers.web.desk.deciding import EMPTY, with_error
from motcua.contexts.identity import public as identity
from motcua.contexts.identity.contracts.proving import WaysToProve
from motcua.kernel import clock, idempotency
from motcua.kernel.access import roles, route
from motcua.kernel.actors import Role
from motcua.kernel.errors import DomainError
from motcua.kernel.limits import SIGN_INS
from motcua.kernel.web import actor_of, page, redirect_after, uuid_of
from motcua.ui import dates
from motcua.ui.parts import (
    Alert,
    Cell,
    Crumb,
    Empty,
    FileRow,
    Option,
    QuestionView,
    Table,
    Tone,
)

HERE = f"{BAN}/sao-y"
SIGNERS = roles(Role.SIGNER)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPage:
    title: str
    table: Table | None
    empty: Empty
    crumbs: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyPage:
    title: str
    url: str
    back_url: str
    asked: str
    copies: tuple[FileRow, ...]
    questions: tuple[QuestionView, ...]
    by_pin: bool
    proof: WaysToProve
    alerts: tuple[Alert, ...]
    crumbs: tuple[Crumb, ...]


@never_cache
@require_safe
@route(SIGNERS)
def asked(request: HttpRequest) -> HttpResponseBase:
    """What waits, the oldest first."""
    found = waiting_for(actor_of(request), now=clock.now())
    table = Table(
        caption="Đề nghị cấp bản sao",
        heads=(("Hồ sơ", False), ("Người đề nghị", False), ("Thủ tục", False), ("Lúc", False)),
        rows=tuple(
            (
                Cell(text=one.code, url=f"{BAN}/ho-so/{one.code}/sao-y"),
                Cell(text=one.applicant_name),
                Cell(text=one.procedure_name),
                Cell(text=dates.city_moment(one.asked_at)),
            )
            for one in found
        ),
    )
    model = AskedPage(
        title="Đề nghị cấp bản sao",
        table=table if found else None,
        empty=Empty(title="Không có đề nghị nào chờ cấp bản sao", icon="copy"),
        crumbs=(Crumb(label="Bàn làm việc", url=BAN), Crumb(label="Bản sao")),
    )
    return page(request, "dossiers/desk/copies_asked.html", model)


@never_cache
@sensitive_post_parameters("pin", "code")
@require_http_methods(["GET", "HEAD", "POST"])
@route(SIGNERS, limit=SIGN_INS)
def copy(request: HttpRequest, code: str) -> HttpResponseBase:
    """Which paper, in which form; then signed and sealed at once. Raises: DossierNotFound."""
    actor, now = actor_of(request), clock.now()
    view = dossiers.desk_view(code, actor, now=now)
    if request.method != "POST":
        return _page(request, view, EMPTY)
    try:
        if not documents.asks_pin():
            actor = identity.proved_anew(request, now=now)
        pin = request.POST.get("pin", "")
        with idempotency.using(""):  # each copy is wanted for itself
            made = acts.make_copy(_command(code, request.POST), pin, actor=actor, now=now)
    except DossierNotFound:
        raise
    except DomainError as refusal:
        return _page(request, view, request.POST, refusal)
    messages.success(request, f"Đã cấp bản sao, mã xác minh {made.verify_code}.")
    return redirect_after(f"{BAN}/ho-so/{code}/sao-y")


def _command(code: str, typed: QueryDict) -> MakeCopy:
    kind = typed.get("kind", "")
    return MakeCopy(
        code=code,
        source_id=uuid_of(typed.get("source", "")),
        kind=CopyKind(kind) if kind in set(CopyKind) else CopyKind.SAO_Y,
        first=_number(typed.get("first", "")),
        last=_number(typed.get("last", "")),
        although_revoked=bool(typed.get("although_revoked")),
    )


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 0


def _page(
    request: HttpRequest, view: DeskView, typed: QueryDict, refusal: DomainError | None = None
) -> HttpResponseBase:
    code = view.dossier.code
    questions = _questions(view.dossier.issued, typed)
    named = {one.key for one in questions} | {"pin", "code"}
    field = refusal.field if refusal and refusal.field in named else ""
    since = asked_at(code)
    model = CopyPage(
        title="Cấp bản sao kết quả",
        url=f"{BAN}/ho-so/{code}/sao-y",
        back_url=f"{BAN}/ho-so/{code}",
        asked=dates.city_moment(since) if since else "",
        copies=_copies(code),
        questions=tuple(
            with_error(one, refusal.message if refusal and one.key == field else "")
            for one in questions
        ),
        by_pin=documents.asks_pin(),
        proof=identity.ways_to_prove(request),
        alerts=_alerts(refusal),
        crumbs=(
            Crumb(label="Bàn làm việc", url=BAN),
            Crumb(label="Bản sao", url=HERE),
            Crumb(label=code, url=f"{BAN}/ho-so/{code}"),
        ),
    )
    status = int(refusal.kind) if refusal else 200
    return page(request, "dossiers/desk/copy.html", model, status=status)


def _alerts(refusal: DomainError | None) -> tuple[Alert, ...]:
    if refusal is None:
        return ()
    return (Alert(title=refusal.message, tone=Tone.LATE, icon="triangle-alert"),)


def _copies(code: str) -> tuple[FileRow, ...]:
    return tuple(
        FileRow(
            name=f"{COPY_NAMES[one.kind]} số {one.number}",
            url=f"/giay-to/tep/{one.file_id}",
            note=f"từ giấy mã {one.source_code}" + (", đã thu hồi" if one.of_revoked else ""),
            size=dates.city_moment(one.made_at),
        )
        for one in documents.copies_of(code)
    )


def _questions(issued: tuple[IssuedView, ...], typed: QueryDict) -> tuple[QuestionView, ...]:
    able = [one for one in issued if one.kind in {IssuedKind.RESULT, IssuedKind.CERTIFIED_COPY}]
    newest = next((one for one in able if not one.is_revoked), None)
    chosen = typed.get("source") or (str(newest.id) if newest else "")
    return (
        QuestionView(
            key="source",
            label="Sao từ giấy",
            type="choice",
            value=chosen,
            options=tuple(Option(value=str(one.id), label=_named(one)) for one in able),
        ),
        QuestionView(
            key="kind",
            label="Hình thức sao",
            type="choice",
            value=typed.get("kind") or CopyKind.SAO_Y.value,
            options=tuple(Option(value=k.value, label=name) for k, name in COPY_NAMES.items()),
        ),
        _page_number("first", "Trích từ trang", typed),
        _page_number("last", "Đến trang", typed),
        QuestionView(
            key="although_revoked",
            label="Giấy đã thu hồi: bản sao ghi rõ điều này",
            type="confirm",
            value="true" if typed.get("although_revoked") else "",
            required=False,
        ),
    )


def _page_number(key: str, label: str, typed: QueryDict) -> QuestionView:
    return QuestionView(
        key=key,
        label=label,
        type="number",
        value=typed.get(key, ""),
        help="Chỉ ghi khi trích sao.",
        required=False,
    )


def _named(paper: IssuedView) -> str:
    state = f", đã thu hồi {dates.city_moment(paper.revoked_at)}" if paper.is_revoked else ""
    return f"{paper.title}, mã {paper.verify_code}, {dates.city_moment(paper.issued_at)}{state}"
