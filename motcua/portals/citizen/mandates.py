"""Ủy quyền: see who acts for whom, let somebody act, take it back; one thing a page."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.contexts.identity import public as identity
from motcua.contexts.identity.contracts import Source, StepUpNeeded
from motcua.contexts.identity.contracts.mandates import (
    ACT_NAMES,
    KIND_NAMES,
    PROOF_NAMES,
    GiveMandate,
    MandateMalformed,
    MandateView,
    Proof,
    Scope,
)
from motcua.contexts.procedures import public as procedures
from motcua.kernel import clock
from motcua.kernel.access import actor_of, citizens, route
from motcua.kernel.actors import Act, Actor, MandateKind, PrincipalKind
from motcua.kernel.clock import city_date
from motcua.kernel.codes import PersonalNumber
from motcua.kernel.errors import DomainError
from motcua.kernel.text import whole
from motcua.kernel.web import page, redirect_after
from motcua.ui import dates
from motcua.ui.parts import Empty, Fact, FieldError, Option, QuestionView
from motcua.ui.words import foreign

HERE = "/toi/uy-quyen"
STEPS = ("who", "kind", "acts", "procedures", "until", "check")
DATES = ("day", "month", "year")
GIVEN_TO = {
    PrincipalKind.PERSON: (MandateKind.HELPER, MandateKind.LAWYER),
    PrincipalKind.ORGANISATION: (MandateKind.STAFF, MandateKind.ACCOUNTANT, MandateKind.LAWYER),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One mandate on the list. may_work: the button that starts to act under it."""

    id: UUID
    title: str
    facts: tuple[Fact, ...]
    may_work: bool
    may_end: bool
    end_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    held: tuple[Row, ...]
    given: tuple[Row, ...]
    for_whom: str
    empty: Empty
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepPage:
    """One question of giving; kept: what earlier pages said, carried along and stored nowhere."""

    step: str
    title: str
    intro: str
    questions: tuple[QuestionView, ...]
    kept: tuple[tuple[str, str], ...]
    facts: tuple[Fact, ...]
    button: str
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    position: int
    name: str
    born: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildrenPage:
    children: tuple[Child, ...]
    empty: Empty
    errors: tuple[FieldError, ...] = ()


@never_cache
@require_safe
@route(citizens)
def show(request: HttpRequest) -> HttpResponseBase:
    actor, now = actor_of(request), clock.now()
    model = ListPage(
        held=tuple(
            _row(one, now, is_holder=True) for one in identity.mandates_held(actor, now=now)
        ),
        given=tuple(
            _row(one, now, is_holder=False) for one in identity.mandates_given(actor, now=now)
        ),
        for_whom=actor.mandate.principal_name if actor.mandate else "",
        empty=Empty(title=_("Chưa có ủy quyền nào"), icon="key-round"),
    )
    return page(request, "citizen/mandates.html", model)


def _row(one: MandateView, now: datetime, *, is_holder: bool) -> Row:
    name = one.principal_name if is_holder else one.representative_name
    state = _("Đang có hiệu lực") if one.in_force else _("Đã hết hiệu lực")
    until = dates.day(one.valid_to) if one.valid_to else _("Không ghi ngày hết hạn")
    facts = (
        Fact(label=_("Vai trò"), value=gettext(KIND_NAMES[one.kind])),
        Fact(label=_("Được làm"), value=_acts(one.scope.acts)),
        Fact(
            label=_("Thủ tục"), value=_procedures(one.scope, now), language=_language_of(one.scope)
        ),
        Fact(label=_("Đến ngày"), value=until),
        Fact(label=_("Căn cứ"), value=gettext(PROOF_NAMES[one.proof])),
        Fact(label=_("Tình trạng"), value=state),
    )
    return Row(
        id=one.id,
        title=name,
        facts=facts,
        may_work=is_holder and one.in_force,
        may_end=one.revoked_at is None,
        end_label=_("Thôi làm thay") if is_holder else _("Thu hồi"),
    )


def _acts(acts: frozenset[Act]) -> str:
    return ", ".join(gettext(ACT_NAMES[act]) for act in Act if act in acts)


def _language_of(scope: Scope) -> str:
    """The catalogue's names are Vietnamese; «every procedure» is a word of ours."""
    return foreign() if scope.procedures or scope.fields else ""


def _procedures(scope: Scope, now: datetime) -> str:
    if not scope.procedures and not scope.fields:
        return _("Mọi thủ tục")
    names = {str(hit.code): hit.name for hit in procedures.all_current(city_date(now))}
    named = (names.get(code, code) for code in sorted(scope.procedures))
    return "; ".join([*named, *sorted(scope.fields)])


@require_POST
@route(citizens)
def revoke(request: HttpRequest, mandate_id: UUID) -> HttpResponseBase:
    """Take it back, or give it up. Raises: MandateNotFound."""
    identity.revoke_mandate(mandate_id, actor=actor_of(request), now=clock.now())
    return redirect_after(HERE)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(citizens)
def children(request: HttpRequest) -> HttpResponseBase:
    """Children as the population register names them, and the button to act for one."""
    actor = actor_of(request)
    errors: tuple[FieldError, ...] = ()
    if request.method == "POST":
        try:
            identity.claim_child(
                _position(request.POST.get("child", "")),
                child_agreed=request.POST.get("agreed") == "yes",
                actor=actor,
                now=clock.now(),
            )
            return redirect_after(HERE)
        except StepUpNeeded:
            raise
        except DomainError as refusal:
            errors = (FieldError(text=refusal.message),)
    found, notice = identity.children_of(actor)
    model = ChildrenPage(
        children=tuple(
            Child(position=at, name=one.full_name, born=dates.day(one.born_on))
            for at, one in enumerate(found)
            if one.born_on
        ),
        empty=Empty(
            title=_("Chưa thấy con nào"),
            text=gettext(notice)
            if notice
            else _("Bạn mang giấy khai sinh của con đến bộ phận Một cửa."),
        ),
        errors=errors,
    )
    return page(request, "citizen/mandate_children.html", model, status=422 if errors else 200)


def _position(text: str) -> int:
    """Nobody's place for what is no number."""
    position = whole(text, digits=3)
    return -1 if position is None else position


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(citizens)
def give(request: HttpRequest) -> HttpResponseBase:
    """Who, as what, to do what, where, until when; then everything once more, and send."""
    actor, now = actor_of(request), clock.now()
    if request.method != "POST":
        return page(request, "citizen/mandate_give.html", _step("who", QueryDict(), actor, now, {}))
    said = request.POST.get("step", "")
    step = said if said in STEPS else "who"
    wrong = _wrong(step, request.POST)
    if step == "check" and not wrong:
        try:
            _give(request.POST, actor, now)
            return redirect_after(HERE)
        except StepUpNeeded:
            raise
        except DomainError as refusal:
            wrong = {refusal.field or "": refusal.message}
    shown = step if wrong else STEPS[STEPS.index(step) + 1]
    model = _step(shown, request.POST, actor, now, wrong)
    return page(request, "citizen/mandate_give.html", model, status=422 if wrong else 200)


def _give(typed: QueryDict, actor: Actor, now: datetime) -> None:
    wrong = {key: text for step in STEPS for key, text in _wrong(step, typed).items()}
    if wrong or actor.party_id is None:
        raise MandateMalformed(next(iter(wrong.values()), ""), field=next(iter(wrong), None))
    representative = identity.find_or_register(
        typed.get("number", "").replace(" ", ""),
        typed.get("name", "").strip(), _date(typed, "born_on"),
        actor=actor, now=now, source=Source.APPLICATION,
    )  # fmt: skip
    identity.give_mandate(
        GiveMandate(
            principal_id=actor.party_id,
            representative_id=representative,
            kind=MandateKind(typed.get("kind", "")),
            scope=Scope(
                acts=frozenset(Act(act) for act in typed.getlist("acts")),
                procedures=frozenset(typed.getlist("procedures")),
            ),
            valid_from=city_date(now),
            valid_to=_date(typed, "until"),
            proof=Proof.SELF_DECLARED,
        ),
        actor=actor,
        now=now,
    )


def _date(typed: QueryDict, key: str) -> date | None:
    try:
        year, month, day = (int(typed.get(f"{key}.{part}", "")) for part in reversed(DATES))
        return date(year, month, day)
    except ValueError:
        return None


def _wrong(step: str, typed: QueryDict) -> dict[str, str]:
    """What cannot stay of one step: field -> sentence."""
    found: dict[str, str] = {}
    if step == "who":
        if not PersonalNumber.parses(typed.get("number", "")):
            found["number"] = _("Số định danh có 12 chữ số, ghi trên thẻ căn cước.")
        if not typed.get("name", "").strip():
            found["name"] = _("Bạn nhập họ tên như trên thẻ căn cước.")
        if _date(typed, "born_on") is None:
            found["born_on"] = _("Bạn nhập đủ ngày, tháng, năm.")
    if step == "kind" and typed.get("kind") not in {str(kind) for kind in MandateKind}:
        found["kind"] = _("Bạn chọn một vai trò.")
    if step == "acts" and not set(typed.getlist("acts")) & set(Act):
        found["acts"] = _("Bạn chọn ít nhất một việc.")
    if step == "until" and _date(typed, "until") is None:
        found["until"] = _("Bạn nhập đủ ngày, tháng, năm.")
    return found


def _step(
    step: str, typed: QueryDict, actor: Actor, now: datetime, wrong: dict[str, str]
) -> StepPage:
    questions = _QUESTIONS[step](typed, actor, now, wrong) if step != "check" else ()
    asked = {question.key for question in questions}
    kept = tuple(
        (key, value)
        for key, values in typed.lists()
        for value in values
        if key.split(".")[0] not in asked | {"step", "csrfmiddlewaretoken", "idempotency_key"}
    )
    return StepPage(
        step=step,
        title=_titles()[step],
        intro=_intro(actor),
        questions=questions,
        kept=kept,
        facts=_summary(typed, now) if step == "check" else (),
        button=_("Ủy quyền") if step == "check" else _("Tiếp tục"),
        errors=tuple(FieldError(text=text, field=key) for key, text in wrong.items()),
    )


def _titles() -> dict[str, str]:
    return {
        "who": _("Ai sẽ làm thay?"),
        "kind": _("Người đó là ai với bạn?"),
        "acts": _("Người đó được làm gì?"),
        "procedures": _("Cho những thủ tục nào?"),
        "until": _("Đến ngày nào?"),
        "check": _("Xem lại rồi ủy quyền"),
    }


def _intro(actor: Actor) -> str:
    if actor.mandate is None:
        return _("Người được ủy quyền làm bằng tài khoản của họ. Bạn thu hồi được bất cứ lúc nào.")
    said = _("Bạn đang ủy quyền thay %(name)s. Bạn thu hồi được bất cứ lúc nào.")
    return said % {"name": actor.mandate.principal_name}


def _ask_who(
    typed: QueryDict, _actor: Actor, _now: datetime, wrong: dict[str, str]
) -> tuple[QuestionView, ...]:
    return (
        QuestionView(
            key="number", label=_("Số định danh"), type="personal_number",
            value=typed.get("number", ""), error=wrong.get("number", ""),
            help=_("12 chữ số trên thẻ căn cước của người đó."),
        ),
        QuestionView(
            key="name", label=_("Họ và tên"), type="person_name",
            value=typed.get("name", ""), error=wrong.get("name", ""),
        ),
        _ask_date("born_on", _("Ngày sinh"), typed, wrong),
    )  # fmt: skip


def _ask_date(key: str, label: str, typed: QueryDict, wrong: dict[str, str]) -> QuestionView:
    parts = tuple((part, typed.get(f"{key}.{part}", "")) for part in DATES)
    return QuestionView(key=key, label=label, type="date", parts=parts, error=wrong.get(key, ""))


def _ask_kind(
    typed: QueryDict, actor: Actor, _now: datetime, wrong: dict[str, str]
) -> tuple[QuestionView, ...]:
    of = actor.mandate.principal_kind if actor.mandate else PrincipalKind.PERSON
    options = tuple(
        Option(value=kind, label=gettext(KIND_NAMES[kind]).capitalize()) for kind in GIVEN_TO[of]
    )
    return (
        QuestionView(
            key="kind", label=_("Vai trò"), type="choice", options=options,
            value=typed.get("kind", ""), error=wrong.get("kind", ""),
            help=_("Cha mẹ, giám hộ, thừa kế cần giấy tờ: bạn đến bộ phận Một cửa."),
        ),
    )  # fmt: skip


def _ask_acts(
    typed: QueryDict, _actor: Actor, _now: datetime, wrong: dict[str, str]
) -> tuple[QuestionView, ...]:
    options = tuple(Option(value=act, label=gettext(ACT_NAMES[act]).capitalize()) for act in Act)
    return (
        QuestionView(
            key="acts", label=_("Việc được làm"), type="multi_choice", options=options,
            values=tuple(typed.getlist("acts")), error=wrong.get("acts", ""),
        ),
    )  # fmt: skip


def _ask_procedures(
    typed: QueryDict, _actor: Actor, now: datetime, _wrong: dict[str, str]
) -> tuple[QuestionView, ...]:
    current = procedures.all_current(city_date(now))
    options = tuple(
        Option(value=hit.code, label=hit.name, help=hit.code)
        for hit in current
        if hit.is_runnable and not hit.generic
    )
    return (
        QuestionView(
            key="procedures", label=_("Thủ tục"), type="multi_choice", options=options,
            values=tuple(typed.getlist("procedures")), required=False,
            help=_("Không chọn gì là mọi thủ tục."),
        ),
    )  # fmt: skip


def _ask_until(
    typed: QueryDict, _actor: Actor, _now: datetime, wrong: dict[str, str]
) -> tuple[QuestionView, ...]:
    return (_ask_date("until", _("Ngày cuối cùng, trong vòng một năm"), typed, wrong),)


_QUESTIONS = {
    "who": _ask_who,
    "kind": _ask_kind,
    "acts": _ask_acts,
    "procedures": _ask_procedures,
    "until": _ask_until,
}


def _summary(typed: QueryDict, now: datetime) -> tuple[Fact, ...]:
    kind = typed.get("kind", "")
    until = _date(typed, "until")
    acts = frozenset(Act(act) for act in typed.getlist("acts") if act in set(Act))
    scope = Scope(acts=acts, procedures=frozenset(typed.getlist("procedures")))
    return (
        Fact(label=_("Người làm thay"), value=typed.get("name", "")),
        Fact(
            label=_("Vai trò"),
            value=gettext(KIND_NAMES[MandateKind(kind)]) if kind in set(MandateKind) else "",
        ),
        Fact(label=_("Được làm"), value=_acts(acts)),
        Fact(label=_("Thủ tục"), value=_procedures(scope, now)),
        Fact(label=_("Đến ngày"), value=dates.day(until) if until else ""),
    )
