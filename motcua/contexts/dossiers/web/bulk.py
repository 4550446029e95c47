"""Nộp nhiều hồ sơ: the template of a procedure, a table that comes back, and how far it is."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.dossiers.actions import bulk as acts
from motcua.contexts.dossiers.actions import bulk_sending as sending_acts
from motcua.contexts.dossiers.actions.drafts import check_level
from motcua.contexts.dossiers.contracts import BulkState, BulkView
from motcua.contexts.dossiers.queries import bulk as reading
from motcua.contexts.dossiers.queries import bulk_sending as sent
from motcua.contexts.dossiers.queries import runnable_version
from motcua.contexts.dossiers.rules import bulk as rules
from motcua.contexts.dossiers.rules.place import place_question
from motcua.contexts.dossiers.web import bulk_pages, bulk_sending_pages, pages
from motcua.contexts.dossiers.web.bulk_pages import ROOT
from motcua.contexts.dossiers.web.sending import HOME_WARD
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import VersionView
from motcua.kernel import clock
from motcua.kernel.access import citizens, open_to_all, route
from motcua.kernel.actors import Act, Actor
from motcua.kernel.clock import city_date
from motcua.kernel.codes import WardCode
from motcua.kernel.forms import FieldType
from motcua.kernel.web import actor_of, as_file, page, redirect_after
from motcua.kernel.workbooks import MEDIA_TYPE, MOST_BYTES, Column, Leaf, NotReadable, workbook
from motcua.ui import dates, words
from motcua.ui.exporting import csv_answer
from motcua.ui.parts import Action, Fact, FieldError
from motcua.ui.words import foreign

ROWS_OFFERED = ("10", "20")


@never_cache
@require_safe
@route(citizens)
def listed(request: HttpRequest) -> HttpResponseBase:
    """Procedures with a form of their own: each can be filed by a table."""
    own = [hit for hit in procedures.all_current(city_date(clock.now())) if hit.is_runnable]
    model = bulk_pages.BulkListPage(
        crumbs=bulk_pages.crumbs()[:1],
        choices=tuple(
            bulk_pages.Choice(
                name=pages.name_of(hit),
                url=f"{ROOT}/{hit.code}",
                language=foreign() if not hit.name_en else "",
            )
            for hit in own
            if not hit.generic
        ),
    )
    return page(request, "dossiers/bulk_list.html", model)


@never_cache
@route(citizens)
def start(request: HttpRequest, code: str) -> HttpResponseBase:
    """The template to fill, and where the filled one is sent. Raises: AssuranceTooLow."""
    actor, now = actor_of(request), clock.now()
    check_level(actor)
    ward = request.POST.get("ward", "") or _ward_asked(request)
    ward = ward if WardCode.parses(ward) else HOME_WARD
    version = runnable_version(code, city_date(now), ward)
    errors: tuple[FieldError, ...] = ()
    if request.method == "POST":
        try:
            content = _content(request)
            brought = acts.bring_table(code, content, ward_code=ward, actor=actor, now=now)
        except NotReadable as refusal:
            errors = (FieldError(text=refusal.message, field="table"),)
        else:
            return redirect_after(f"{ROOT}/bang/{brought.bulk_id}")
    status = 422 if errors else 200
    return page(
        request, "dossiers/bulk.html", _start(request, version, ward, errors), status=status
    )


def _content(request: HttpRequest) -> bytes:
    """Raises: NotReadable."""
    file = request.FILES.get("table")
    if file is None:
        raise NotReadable(_("Bạn chọn tệp đã điền rồi bấm Kiểm tra."))
    if (file.size or 0) > MOST_BYTES:
        raise NotReadable(_("Tệp lớn hơn 20 MB. Bạn chia thành nhiều tệp."))
    return bytes(file.read())


def _start(
    request: HttpRequest, version: VersionView, ward: str, errors: tuple[FieldError, ...]
) -> bulk_pages.BulkStartPage:
    actor, now, url = actor_of(request), clock.now(), f"{ROOT}/{version.procedure_code}"
    named = place_question(version.form)
    return bulk_pages.BulkStartPage(
        title=pages.name_of(version),
        language=foreign() if not version.name_en else "",
        crumbs=bulk_pages.crumbs(),
        samples=_samples(version, url, ward),
        columns=tuple(
            Fact(label=column.head, value=_about(column)) for column in _columns(version)
        ),
        wards=() if named else pages.ward_options(now),
        ward=ward,
        earlier=tuple(
            Action(
                label=_("%(lines)s dòng, gửi %(moment)s")
                % {"lines": view.lines, "moment": dates.moment(view.created_at)},
                url=f"{ROOT}/bang/{view.id}",
            )
            for view in reading.bulk_views(actor, version.procedure_code, now=now)
        ),
        errors=errors,
    )


def _samples(version: VersionView, url: str, ward: str) -> tuple[Action, ...]:
    """Templates; of a version on trial those of the commune; for long lists (children, members)
    where the form has one.
    """
    general = runnable_version(version.procedure_code, city_date(clock.now()))
    of_ward = f"?ward={ward}" if general.id != version.id else ""
    label = _("Mẫu cho danh sách %(rows)s người (.xlsx)")
    has_lists = any(q.type is FieldType.GROUP for q in version.form.questions())
    return (
        Action(label=_("Tải tệp mẫu (.xlsx)"), url=f"{url}/mau.xlsx{of_ward}", kind="primary"),
        Action(label=_("Tải tệp mẫu (.csv)"), url=f"{url}/mau.csv{of_ward}", kind="quiet"),
        *(
            Action(
                label=label % {"rows": rows},
                url=f"{url}/mau.xlsx?dong={rows}{of_ward.replace('?', '&')}",
                kind="quiet",
            )
            for rows in (ROWS_OFFERED if has_lists else ())
        ),
    )


def _columns(version: VersionView, rows: int = rules.GROUP_ROWS) -> tuple[rules.BulkColumn, ...]:
    places = reading.places(clock.now())
    return rules.columns_of(version.form, places, language=words.language(), rows=rows)


def _rows_wanted(request: HttpRequest) -> int:
    """How many rows of each group the template is to have."""
    wanted = request.GET.get("dong", "")
    return int(wanted) if wanted in ROWS_OFFERED else rules.GROUP_ROWS


def _about(column: rules.BulkColumn) -> str:
    if column.required:
        return _("Bắt buộc, chọn trong danh mục") if column.choices else _("Bắt buộc")
    return _("Khi cần, chọn trong danh mục") if column.choices else _("Khi cần")


def _ward_asked(request: HttpRequest) -> str:
    """A commune may be trying out a version whose table has other columns."""
    ward = request.GET.get("ward", "")
    return ward if WardCode.parses(ward) else ""


def _head(column: rules.BulkColumn) -> str:
    return f"{column.head} *" if column.required else column.head


@require_safe
@route(open_to_all)
def sample_xlsx(request: HttpRequest, code: str) -> HttpResponse:
    """An empty workbook with the columns of the form and the lists of their codes."""
    version = runnable_version(code, city_date(clock.now()), _ward_asked(request))
    columns = tuple(
        Column(head=_head(column), options=tuple(label for _value, label in column.choices))
        for column in _columns(version, _rows_wanted(request))
    )
    leaf = Leaf(name=_("Hồ sơ"), columns=columns, lists_name=_("Danh mục"))
    return _xlsx(f"{code}.xlsx", workbook(leaf))


@require_safe
@route(open_to_all)
def sample_csv(request: HttpRequest, code: str) -> HttpResponseBase:
    version = runnable_version(code, city_date(clock.now()), _ward_asked(request))
    heads = [_head(column) for column in _columns(version, _rows_wanted(request))]
    return csv_answer(f"{code}.csv", heads, ())


def _xlsx(name: str, content: bytes) -> HttpResponse:
    return as_file(HttpResponse(content, content_type=MEDIA_TYPE), name)


@never_cache
@require_safe
@route(citizens)
def show(request: HttpRequest, bulk_id: UUID) -> HttpResponseBase:
    """How far the table is, what is wrong in it, what to do next."""
    actor, now = actor_of(request), clock.now()
    view = reading.bulk_view(bulk_id, actor, now=now)
    quiet = view.state is BulkState.CHECKING or not view.wrong
    faults = () if quiet else reading.bulk_faults(bulk_id, actor, now=now)
    sending = bulk_sending_pages.sending_part(
        view, _sent(view, actor), may_send=actor.may(Act.SUBMIT)
    )
    model = bulk_pages.bulk_page(view, faults, sending)
    return page(request, "dossiers/bulk_filing.html", model)


def _sent(view: BulkView, actor: Actor) -> bulk_sending_pages.Told | None:
    """What became of the lines when they were sent last; None before."""
    now = clock.now()
    counts = sent.latest_sending(view.id, actor, now=now) if view.state is BulkState.DONE else None
    if counts is None:
        return None
    return bulk_sending_pages.Told(
        counts=counts,
        refused=sent.lines_refused(view.id, actor, now=now) if counts.is_done else (),
        codes=sent.lines_sent(view.id, actor, now=now)
        if counts.is_done and not counts.trial
        else (),
    )


@require_POST
@route(citizens)
def send(request: HttpRequest, bulk_id: UUID) -> HttpResponseBase:
    """All drafts of the table at once, or a trial that sends nothing."""
    trial = bool(request.POST.get("trial"))
    sending_acts.ask_sending(bulk_id, trial=trial, actor=actor_of(request), now=clock.now())
    return redirect_after(f"{ROOT}/bang/{bulk_id}")


@require_POST
@route(citizens)
def make(request: HttpRequest, bulk_id: UUID) -> HttpResponseBase:
    acts.ask_drafts(bulk_id, actor=actor_of(request), now=clock.now())
    return redirect_after(f"{ROOT}/bang/{bulk_id}")


@never_cache
@require_safe
@route(citizens)
def marked_xlsx(request: HttpRequest, bulk_id: UUID) -> HttpResponse:
    """The wrong lines as they were sent, wrong cells marked, with what to do at the end."""
    columns, lines, wrong = reading.marked_lines(bulk_id, actor_of(request), now=clock.now())
    heads = tuple(
        Column(head=c.head, options=tuple(label for _value, label in c.choices)) for c in columns
    )
    leaf = Leaf(
        name=_("Cần sửa"),
        columns=(*heads, *(Column(head=head) for head in _more_heads())),
        lines=lines,
        wrong=wrong,
        lists_name=_("Danh mục"),
    )
    return _xlsx("can-sua.xlsx", workbook(leaf))


@never_cache
@require_safe
@route(citizens)
def marked_csv(request: HttpRequest, bulk_id: UUID) -> HttpResponseBase:
    columns, lines, _wrong = reading.marked_lines(bulk_id, actor_of(request), now=clock.now())
    return csv_answer("can-sua.csv", [*(c.head for c in columns), *_more_heads()], lines)


def _more_heads() -> tuple[str, str]:
    return _("Dòng trong tệp đã gửi"), _("Bạn sửa thế nào")
