"""Nhận tại quầy: kept while it is typed, then everything of the visit in one transaction."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from motcua.contexts.counters.contracts.intake import (
    Came,
    IntakeMoved,
    Item,
    NobodyYet,
    Saved,
    State,
    Taken,
)
from motcua.contexts.counters.contracts.offline import DeviceNotFound
from motcua.contexts.counters.models import Intake
from motcua.contexts.counters.queries import intake as queries
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import (
    GivenPaper,
    PaperForm,
    PaperSource,
    Source,
    SubmitDossier,
)
from motcua.contexts.dossiers.contracts.counter import NothingToTakeIn, Outcome, TakeIn
from motcua.contexts.dossiers.contracts.shortcomings import Shortcoming
from motcua.contexts.identity import public as identity
from motcua.contexts.organisations import public as organisations
from motcua.contexts.procedures.contracts import VersionView
from motcua.kernel import db
from motcua.kernel.actors import SYSTEM, Actor, Role
from motcua.kernel.clock import city_date
from motcua.kernel.db import owns_transaction
from motcua.kernel.forms import Question, raw_from_post

RECENT = 5
KEPT = timedelta(hours=24)
MISSING = "missing"  # the reason of the list
HOW_AGAIN = "Bạn nộp lại khi có đủ điều kiện; giấy tờ đã mang theo được trả lại ngay."


@owns_transaction
def save(state: State, *, seen: int, actor: Actor, now: datetime) -> Saved:
    """What was typed so far. Of two tabs the later one is told. Raises: IntakeMoved."""
    row = queries.row_of(actor)
    if row is None:
        row = _fresh(actor, now)
        row.state = state.table()
        db.insert(row)
    else:
        if row.version != seen:
            raise IntakeMoved
        row.state, row.version, row.saved_at, row.done = state.table(), seen + 1, now, []
        db.change(row, "state", "version", "saved_at", "done", expecting={"version": seen})
    _note("save_intake", row, actor, procedures=[one.code for one in state.items])
    return Saved(version=row.version)


@owns_transaction
def take_in(state: State, *, outcome: Outcome, seen: int, actor: Actor, now: datetime) -> Taken:
    """Receive all of it, guide, or decline; what was typed is emptied with it.

    Raises: NobodyYet, NothingToTakeIn, IntakeMoved, ContactMalformed, and as `dossiers.take_in`.
    """
    row = queries.row_of(actor)
    if row is None or row.version != seen:
        raise IntakeMoved
    if state.person_id is None:
        raise NobodyYet(field="who")
    if not state.items:
        raise NothingToTakeIn(field="q")
    identity.fill_phone(state.person_id, state.phone, actor=actor, now=now)
    done = tuple(
        dossiers.take_in(_command(state, item, outcome, row.unit_id, now), actor=actor, now=now)
        for item in state.items
    )
    row.state, row.done = State().table(), [one.code for one in done]
    row.version, row.saved_at = seen + 1, now
    row.recent = [*dict.fromkeys([*(one.code for one in state.items), *row.recent])][:RECENT]
    changed = ("state", "done", "recent", "version", "saved_at")
    db.change(row, *changed, expecting={"version": seen})
    _note("take_in", row, actor, codes=row.done, outcome=outcome)
    return Taken(outcome=outcome, dossiers=done, at=now)


@owns_transaction
def forget_old(*, now: datetime) -> None:
    """Half-filled receipts of yesterday."""
    rows = Intake.objects.filter(saved_at__lt=now - KEPT)
    count, _each = rows.delete()
    db.record(action="counters.forget_intakes", subject="", actor=SYSTEM, facts={"intakes": count})


def _fresh(actor: Actor, now: datetime) -> Intake:
    unit_id = next(iter(sorted(actor.unit_ids(Role.RECEIVER), key=str)), None)
    if unit_id is None or actor.account_id is None:
        raise DeviceNotFound
    return Intake(account_id=actor.account_id, unit_id=unit_id, saved_at=now)


def _command(state: State, item: Item, outcome: Outcome, unit_id: UUID, now: datetime) -> TakeIn:
    assert state.person_id is not None
    ward = organisations.unit_by_id(unit_id).ward_code
    version = queries.version_of(item.code, on=city_date(now), ward=ward)
    answers = answers_of(version, item)
    return TakeIn(
        dossier=SubmitDossier(
            procedure_code=item.code,
            ward_code=ward,
            applicant_person_id=state.person_id,
            answers=answers,
            papers=_papers(item, {one.key for one in version.components_for(answers)}),
            source=Source.COUNTER,
            receiving_unit_id=unit_id,
            return_form=state.return_form,
        ),
        outcome=outcome,
        items=_shortcomings(version, item, state) if outcome is not Outcome.RECEIVE else (),
        reason=state.reason,
        citation=state.citation,
    )


def asked(version: VersionView) -> tuple[Question, ...]:
    """What is asked at once; the rest stands on the paper form."""
    keys = dossiers.deciding(version)
    return tuple(question for question in version.form.questions() if question.key in keys)


def answers_of(version: VersionView, item: Item) -> dict[str, object]:
    return raw_from_post(asked(version), item.answers)


def _papers(item: Item, applying: Collection[str]) -> tuple[GivenPaper, ...]:
    """Without those that other answers would have called for."""
    found = []
    for key, came in item.papers.items():
        if key not in applying:
            continue
        if came == Came.SHOWN:
            found.append(GivenPaper(component_key=key, form=PaperForm.ORIGINAL))
        elif came == Came.HANDED:
            source = PaperSource.HANDED_IN
            found.append(GivenPaper(component_key=key, source=source, form=PaperForm.ORIGINAL))
    return tuple(found)


def _shortcomings(version: VersionView, item: Item, state: State) -> tuple[Shortcoming, ...]:
    """The papers that are missing; else what the receiver wrote, about the declaration."""
    keys = [one.key for one in version.components]
    missing = [key for key in keys if item.papers.get(key) == Came.MISSING]
    if missing:
        return tuple(Shortcoming(component_key=key, reason=MISSING) for key in missing)
    if not state.reason or not keys:
        return ()
    about = next((one.key for one in version.components if one.filled_here), keys[0])
    return (Shortcoming(component_key=about, why=state.reason, how=HOW_AGAIN, law=state.citation),)


def _note(what: str, row: Intake, actor: Actor, **facts: object) -> None:
    db.record(action=f"counters.{what}", subject=str(row.id), actor=actor, facts=facts)
