"""Vì sao tôi thấy, không thấy: what was asked of whoever opens a page, what held, whom to ask."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.contexts.identity.web.why_words import ASKED, Words, words_for
from motcua.contexts.organisations import public as organisations
from motcua.kernel import clock
from motcua.kernel.access import Asked, actor_of, route, signed_in
from motcua.kernel.actors import ROLE_NAMES, Actor
from motcua.kernel.clearance import NEEDS_CLEARANCE, may_read
from motcua.kernel.errors import NotFound
from motcua.kernel.privacy import CLASS_NAMES, DataClass
from motcua.kernel.purpose import PURPOSE_NAMES
from motcua.kernel.web import page
from motcua.kernel.why import Why, why
from motcua.ui.parts import Cell, Chip, Table, Tone

OF_CITIZENS = frozenset({Asked.OWN, Asked.MANDATE})  # the rest is asked of posts
LONGEST = 400
API = "/api/"  # for programs: nothing there to go back to


class NoSuchPage(NotFound):
    sentence = "Không có trang này nên không có gì để giải thích."
    next_step = "Bạn mở lại từ trang cần hỏi, trong ô tên của bạn ở góc trên."


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyPage:
    """back: the page asked about, when it opens."""

    shell: str
    words: Words
    address: str
    tables: tuple[Table, ...]
    back: str


@never_cache
@require_safe
@route(signed_in)
def explain(request: HttpRequest) -> HttpResponseBase:
    """Raises: NoSuchPage."""
    actor, address = actor_of(request), request.GET.get("trang", "")[:LONGEST]
    method = request.GET.get("cach", "GET")
    found = None
    if address.startswith("/"):
        found = why(address, actor, now=clock.now(), method=method)
    if found is None:
        raise NoSuchPage
    is_page = not address.startswith(API)
    opens = found.enters and found.sees is not False and is_page
    model = WhyPage(
        shell="ui/citizen.html" if actor.is_citizen else "ui/plain.html",
        words=words_for(found, actor),
        address=address,
        tables=tuple(_tables(found, actor)),
        back=address if opens else "",
    )
    return page(request, "identity/why.html", model)


def _tables(found: Why, actor: Actor) -> Iterator[Table]:
    yield _table(_("Vào trang"), _doors(found, actor))
    asked = [
        (ASKED[one.asked], one.sentence, one.holds)
        for one in found.answers
        if actor.is_officer or one.asked in OF_CITIZENS
    ]
    if asked and found.policy:
        yield _table(_("Căn cứ với %(what)s") % {"what": _(found.policy.what)}, asked)
    yield _table(_("Điều kiện khác"), [*_conditions(found, actor)])


Line = tuple[str, str, bool | None]


def _table(caption: str, lines: list[Line]) -> Table:
    return Table(
        caption=caption,
        heads=((_("Hỏi về"), False), (_("Căn cứ"), False), (_("Với bạn"), False)),
        rows=tuple(
            (Cell(text=_(asked)), Cell(text=_(sentence)), Cell(text="", chip=_chip(holds)))
            for asked, sentence, holds in lines
        ),
    )


def _chip(holds: bool | None) -> Chip:
    if holds is None:
        return Chip(label=_("Xét từng dòng"), tone=Tone.PLAIN, icon="list")
    if holds:
        return Chip(label=_("Đúng"), tone=Tone.OK, icon="circle-check")
    return Chip(label=_("Không"), tone=Tone.PLAIN, icon="x")


def _doors(found: Why, actor: Actor) -> list[Line]:
    who = _("Trang dành cho: %(who)s.") % {"who": found.access.who_said}
    lines: list[Line] = [(ASKED[Asked.POST], who, found.enters)]
    units = organisations.units_by_id({post.unit_id for post in actor.posts})
    for post in actor.posts:
        unit = units.get(post.unit_id)
        fits = not found.access.roles or post.role in found.access.roles
        held = f"Bạn là {ROLE_NAMES[post.role]}, {unit.name if unit else post.unit_code}."
        lines.append(("Vị trí của bạn", held, found.enters and fits))
    return lines


def _conditions(found: Why, actor: Actor) -> Iterator[Line]:
    if actor.is_officer:
        yield "Mức xác thực", "Bạn đăng nhập bằng hai lớp.", actor.assurance > 1
        for one in sorted(DataClass(each) for each in NEEDS_CLEARANCE):
            told = f"Bạn có tập huấn và cam kết còn hạn để đọc {CLASS_NAMES[one]}."
            yield "Tập huấn, cam kết", told, may_read(one, actor)
    else:
        level = _("Bạn đăng nhập VNeID mức 2.")
        yield "Mức xác thực", level, actor.assurance > 1
        if actor.mandate:
            name = {"name": actor.mandate.principal_name}
            yield ASKED[Asked.MANDATE], _("Bạn đang làm thay %(name)s.") % name, True
    if (
        found.policy
        and found.policy.opening
        and any(one.asked is Asked.WATCH and one.holds for one in found.answers)
    ):
        yield "Lý do", "Bạn đã ghi lý do xem và lý do còn hạn.", not found.needs_reason
    goal = _("Lần xem được ghi với mục đích: %(goal)s.") % {"goal": _(PURPOSE_NAMES[found.purpose])}
    yield "Mục đích", goal, True
