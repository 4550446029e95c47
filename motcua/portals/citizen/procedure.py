"""Trang thủ tục: everything one wants to know before signing in."""

from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext as _

from motcua.contexts.identity import public as identity
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import (
    ComponentForm,
    ComponentView,
    DurationView,
    EligibilityView,
    FeeRuleView,
    LegalView,
    ProcedureNotFound,
    ProcedureNotOpen,
    Routing,
    Source,
    TextsView,
    VersionView,
)
from motcua.kernel import clock
from motcua.kernel.access import open_to_all, route
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date
from motcua.kernel.web import actor_of, page
from motcua.portals.citizen import expecting, saying
from motcua.ui.parts import Action, Alert, Chip, Crumb, Fact, Option, Tone
from motcua.ui.words import foreign

YES_NO = ("yes", "no")
POPULATION = "population"  # the register, as definitions of procedures name it


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper of the list. held: a register has it, or the form here is it."""

    name: str
    language: str
    only_if: str
    note: str
    chip: Chip
    held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An eligibility question with the answer given so far: "yes", "no" or ""."""

    name: str
    text: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    text: str
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedurePage:
    """language: «vi» where the words have no English. vietnamese: on any English page.

    verdict: the answer to eligibility.
    """

    name: str
    language: str
    code: str
    crumbs: tuple[Crumb, ...]
    for_whom: str
    words_language: str
    vietnamese: str
    key_facts: tuple[Fact, ...]
    doubts: tuple[str, ...]
    start: Action | None
    elsewhere: Alert | None
    papers: tuple[Paper, ...]
    before: tuple[str, ...]
    steps: tuple[str, ...]
    durations: tuple[Fact, ...]
    fees: tuple[Fact, ...]
    conditions: str
    results: tuple[str, ...]
    law: tuple[Law, ...]
    asked: tuple[Asked, ...]
    verdict: Alert | None
    cases: tuple[Option, ...]
    case: str
    held: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotForYouPage:
    """«Không thuộc trường hợp» is an answer: why, and the right place to go."""

    name: str
    language: str
    words_language: str
    crumbs: tuple[Crumb, ...]
    otherwise: str
    question: str
    answer: str
    instead: Action | None
    instead_name: str
    instead_language: str
    again: str


@route(open_to_all)
def procedure(request: HttpRequest, code: str) -> HttpResponseBase:
    """Raises: ProcedureNotFound, ProcedureNotOpen."""
    today = city_date(clock.now())
    version = procedures.open_version(code, today)
    words = version.texts.in_language("en" if saying.in_english() else "vi")
    own = words is version.texts.en
    language = "vi" if saying.in_english() and not own else ""
    asked = _asked(request, words.eligibility)
    refused = _refused(words.eligibility, asked)
    if refused is not None:
        answer = _not_for_you(version, *refused, language=language, on=today)
        return page(request, "citizen/not_for_you.html", answer)
    in_force = tuple(d for d in version.durations if d.holds_on(today))
    cases = expecting.cases_of(request, in_force)
    durations, fees = cases.fitting(in_force), cases.charged(version.fees)
    due = expecting.due_if_sent(durations, actor_of(request), now=clock.now())
    known = _registers_knowing(actor_of(request))
    papers = tuple(_paper(c, known, generic=version.generic) for c in version.components)
    model = ProcedurePage(
        name=saying.name_of(version),
        language=saying.language_of(version),
        code=version.procedure_code,
        crumbs=_crumbs(version),
        for_whom=words.for_whom or ", ".join(version.audience),
        vietnamese=foreign(),
        words_language=language,
        key_facts=_key_facts(version, durations, fees, due, today),
        doubts=_doubts(version, durations),
        start=_start(version),
        elsewhere=_elsewhere(version),
        papers=tuple(sorted(papers, key=attrgetter("held"))),
        before=words.before_you_start,
        steps=words.steps or version.steps,
        durations=tuple(_duration(d) for d in durations),
        fees=tuple(_fee(f) for f in fees),
        conditions=version.conditions,
        results=_results(version, words),
        law=tuple(_law(line) for line in version.legal),
        asked=asked,
        verdict=_verdict(asked),
        cases=tuple(
            Option(value=str(place), label=gettext(name))
            for place, name in enumerate(cases.names, start=1)
        ),
        case=str(cases.names.index(cases.chosen) + 1) if cases.chosen else "",
        held=_held(papers),
    )
    return page(request, "citizen/procedure.html", model)


def _crumbs(version: VersionView) -> tuple[Crumb, ...]:
    by_field = f"/thu-tuc?linh-vuc={version.field}"
    return (
        Crumb(label=_("Thủ tục"), url="/thu-tuc"),
        Crumb(label=version.field, url=by_field, language=foreign()),
    )


def _key_facts(
    version: VersionView,
    durations: tuple[DurationView, ...],
    fees: tuple[FeeRuleView, ...],
    due: Fact | None,
    on: date,
) -> tuple[Fact, ...]:
    online = saying.online_words(version.online, version.partial_reason)
    facts = (
        Fact(label=_("Nơi giải quyết"), value=saying.level_words(version.levels)),
        Fact(label=_("Bao lâu"), value=saying.shortest(durations)),
        *((due,) if due and version.is_runnable else ()),
        Fact(label=_("Bao nhiêu tiền"), value=saying.fee_summary(fees)),
        Fact(label=_("Cách nộp"), value=online),
        Fact(label=_("Miễn, giảm"), value=saying.possible_exemptions(fees, on)),
    )
    return tuple(fact for fact in facts if fact.value)


def _doubts(version: VersionView, durations: tuple[DurationView, ...]) -> tuple[str, ...]:
    """What nobody has checked against the official publication is said so."""
    found = []
    if version.generic:
        found.append(_("Thủ tục này nộp bằng biểu mẫu chung."))
    if version.source is Source.NATIONAL:
        found.append(_("Nội dung lấy từ danh mục quốc gia."))
    if any(not duration.verified for duration in durations):
        found.append(_("Thời hạn trên trang này chưa kiểm chứng."))
    if any(not fee.verified for fee in version.fees):
        found.append(_("Mức phí, lệ phí trên trang này chưa kiểm chứng."))
    return tuple(found)


def _start(version: VersionView) -> Action | None:
    if not version.is_runnable:
        return None
    url = f"/nop/{version.procedure_code}"
    return Action(label=_("Bắt đầu"), url=url, kind="primary", icon="arrow-right")


def _elsewhere(version: VersionView) -> Alert | None:
    """Where to file what cannot be filed here."""
    if version.is_runnable:
        return None
    if version.closed:
        return Alert(
            title=_("Đang tạm ngừng nhận trên mạng"),
            text=version.closed,
            icon="landmark",
        )
    if version.routing is Routing.MINISTRY_SYSTEM:
        return Alert(
            title=_("Nộp ở hệ thống của bộ, ngành"),
            text=_(
                "Thủ tục này giải quyết trên hệ thống của bộ, ngành trung ương. Bạn nộp tại Cổng "
                "Dịch vụ công quốc gia hoặc tại quầy; ở đây chỉ theo dõi được tiến độ."
            ),
            icon="external-link",
        )
    if version.not_filed is not None:
        why = saying.why_not_filed(version.not_filed)
        where = _("Bạn nộp tại Cổng Dịch vụ công quốc gia, hoặc gọi 1022 để hỏi nơi nhận.")
        return Alert(title=_("Chưa nộp được ở đây"), text=f"{why} {where}", icon="landmark")
    return Alert(
        title=_("Chưa nộp được ở đây"),
        text=_(
            "Trang này chưa có biểu mẫu cho thủ tục. Bạn nộp tại Cổng Dịch vụ công quốc gia, hoặc "
            "tại bộ phận Một cửa bất kỳ trong Thành phố. Gọi 1022 để hỏi giờ mở cửa."
        ),
        icon="landmark",
    )


def _registers_knowing(actor: Actor) -> frozenset[str]:
    """The registers whose data about who is signed in the city has read; none for strangers."""
    if not actor.person_id:
        return frozenset()
    person = identity.person(actor.person_id)
    return frozenset({POPULATION}) if person.born_on and person.address_text else frozenset()


def _paper(component: ComponentView, known: frozenset[str], *, generic: bool) -> Paper:
    """generic: records of the national catalogue ask the original of what is uploaded."""
    held = bool(component.filled_here or component.replaced_by)
    chip = Chip(label=_("Bạn gửi"), icon="upload")
    if component.filled_here:
        chip = Chip(label=_("Điền trên trang này"), tone=Tone.OK, icon="check")
    elif component.replaced_by:
        register = saying.register_words(component.replaced_by)
        said = _("Lấy từ %(register)s")
        if component.replaced_by in known:
            said = _("Đã có của bạn trong %(register)s")
        label = said % {"register": register}
        chip = Chip(label=label, tone=Tone.OK, icon="database")
    elif not component.required:
        chip = Chip(label=_("Nếu có"))
    elif component.form is ComponentForm.ORIGINAL and not generic:
        chip = Chip(label=_("Mang đến quầy"), icon="map-pin")
    return Paper(
        name=saying.name_of(component),
        language=saying.language_of(component),
        only_if=_only_if(component),
        note=component.note,
        chip=chip,
        held=held,
    )


def _held(papers: tuple[Paper, ...]) -> str:
    """How much of the list the city has already."""
    number = sum(paper.held for paper in papers)
    if not number:
        return ""
    said = ngettext(
        "Bạn không phải nộp %(n)s giấy tờ trong danh sách này.",
        "Bạn không phải nộp %(n)s giấy tờ trong danh sách này.",
        number,
    )
    return said % {"n": number}


def _only_if(component: ComponentView) -> str:
    if component.applies_if is None:
        return ""
    if component.group:
        return _("Chỉ cần khi: %(case)s") % {"case": component.group}
    return _("Chỉ cần trong một số trường hợp.")


def _duration(duration: DurationView) -> Fact:
    channels = {
        "ONLINE": _("Nộp trên mạng"),
        "COUNTER": _("Nộp tại quầy"),
        "POSTAL": _("Nộp qua bưu chính"),
    }
    label = (
        (duration.case and gettext(duration.case))
        or channels.get(duration.channel)
        or _("Mọi cách nộp")
    )
    said = saying.duration_words(duration)
    note = duration.text if duration.text != said else ""
    return _fact(label, said, note, verified=duration.verified)


def _fee(fee: FeeRuleView) -> Fact:
    said = saying.fee_words(fee)
    note = fee.text if fee.text != said else ""
    return _fact(gettext(fee.label), said, note, verified=fee.verified)


def _fact(label: str, said: str, note: str, *, verified: bool) -> Fact:
    """What the catalogue says in its own words stays Vietnamese; the doubt about it does not."""
    value = said if verified else f"{said} {_('(chưa kiểm chứng)')}"
    return Fact(label=label, value=value, note=note, note_language=foreign())


def _results(version: VersionView, words: TextsView) -> tuple[str, ...]:
    return (words.result,) if words.result else version.results


def _law(line: LegalView) -> Law:
    text = ", ".join(part for part in (line.document, line.title, line.article) if part)
    return Law(text=text, verified=line.verified)


# ── who may use it ───────────────────────────────────────────────────────────────────────────────


def _asked(request: HttpRequest, questions: tuple[EligibilityView, ...]) -> tuple[Asked, ...]:
    """Answers stand in the address: nothing personal, nothing stored."""
    return tuple(
        Asked(name=f"q{number}", text=question.question, answer=_answer(request, f"q{number}"))
        for number, question in enumerate(questions, start=1)
    )


def _answer(request: HttpRequest, name: str) -> str:
    given = request.GET.get(name, "")
    return given if given in YES_NO else ""


def _refused(
    questions: tuple[EligibilityView, ...], asked: tuple[Asked, ...]
) -> tuple[EligibilityView, Asked] | None:
    pairs = zip(questions, asked, strict=True)
    return next(((q, a) for q, a in pairs if a.answer and a.answer != q.passes), None)


def _not_for_you(
    version: VersionView, question: EligibilityView, asked: Asked, *, language: str, on: date
) -> NotForYouPage:
    code = version.procedure_code
    other = _other(question.instead, on) if question.instead else None
    return NotForYouPage(
        name=saying.name_of(version),
        language=saying.language_of(version),
        words_language=language,
        crumbs=(*_crumbs(version), Crumb(label=_("Không thuộc trường hợp"))),
        otherwise=question.otherwise,
        question=asked.text,
        answer=_("Có") if asked.answer == "yes" else _("Không"),
        instead=_instead(question.instead) if other else None,
        instead_name=saying.name_of(other) if other else "",
        instead_language=saying.language_of(other) if other else "",
        again=f"/thu-tuc/{code}#fit",
    )


def _other(code: str, on: date) -> VersionView | None:
    """The procedure to go to, when it is in force that day."""
    try:
        return procedures.open_version(code, on)
    except (ProcedureNotFound, ProcedureNotOpen):
        return None


def _instead(code: str) -> Action:
    return Action(label=_("Xem thủ tục phù hợp"), url=f"/thu-tuc/{code}", kind="primary")


def _verdict(asked: tuple[Asked, ...]) -> Alert | None:
    if asked and all(a.answer for a in asked):
        title = _("Bạn dùng được thủ tục này")
        return Alert(title=title, tone=Tone.OK, icon="circle-check")
    return None
