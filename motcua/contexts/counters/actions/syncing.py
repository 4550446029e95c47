"""Đồng bộ: what a window took in without a network becomes dossiers, each exactly once.

An entry has an id that the machine made and a number that nobody else has. The first that arrives
is kept in the transaction of its dossier; whatever comes after it, in whatever order and however
often, hears what became of it.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from motcua.contexts.counters.actions.taking import PHONE_NUMBER
from motcua.contexts.counters.adapters import signing
from motcua.contexts.counters.contracts.offline import (
    AlreadySettled,
    Choice,
    Difference,
    EntryAnswer,
    EntryKind,
    EntryMalformed,
    EntryState,
    NumberTaken,
    Odd,
    RangeNotFound,
    Settle,
    SignatureWrong,
    SignedEntry,
    Told,
)
from motcua.contexts.counters.models import CounterDevice, OfflineEntry, SerialRange
from motcua.contexts.counters.queries import offline as queries
from motcua.contexts.counters.queries.intake import people_of
from motcua.contexts.counters.rules import offline as rules
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import (
    GivenPaper,
    PaperForm,
    PapersMissing,
    PaperSource,
    Source,
    SubmitDossier,
)
from motcua.contexts.dossiers.contracts.counter import GivenOut, Outcome, TakeIn
from motcua.contexts.dossiers.contracts.shortcomings import Shortcoming
from motcua.contexts.identity import public as identity
from motcua.contexts.identity.contracts import PersonView
from motcua.contexts.organisations import public as organisations
from motcua.kernel import db
from motcua.kernel.actors import Actor
from motcua.kernel.db import Stale, joins_transaction, owns_transaction
from motcua.kernel.errors import DomainError
from motcua.kernel.forms.cleaning import Refused, clean_phone

MOBILE = 10  # digits; people are not kept with longer ones
MISSING = "missing"  # the reason of the list


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """An entry whose signature is right, with the range that it took its number from."""

    told: Told
    body: str
    device: CounterDevice
    range: SerialRange


def take_entry(signed: SignedEntry, *, actor: Actor, now: datetime) -> EntryAnswer:
    """Take one entry in, or say again what became of it.

    Raises: DeviceNotFound, EntryMalformed, SignatureWrong, RangeNotFound, EntryChanged,
    NumberTaken. After these the window keeps the entry and shows the sentence.
    """
    device = queries.device_row(signed.device_id, actor, now=now)
    if not signing.is_of_machine(bytes(device.public_key), signed.body, signed.signature):
        raise SignatureWrong
    told = rules.read_entry(signed.body)
    if not identity.officer_names([told.received_by]):
        raise EntryMalformed
    earlier = queries.answered(told.id, signed.body)
    if earlier is not None:
        return earlier
    arrived = Arrived(
        told=told, body=signed.body, device=device, range=_range_of(told, device, actor, now)
    )
    try:
        return _kept(arrived, actor=actor, now=now)
    except (IntegrityError, Stale) as race:
        earlier = queries.answered(told.id, signed.body)  # the same, sent twice at once
        if earlier is None:
            raise NumberTaken from race
        return earlier


def _range_of(told: Told, device: CounterDevice, actor: Actor, now: datetime) -> SerialRange:
    """Raises: RangeNotFound, EntryMalformed for a number that is not of the range."""
    row = queries.range_row(told.range_id, actor, now=now)
    if row.device_id != device.id:
        raise RangeNotFound
    of_range = row.first <= told.serial <= row.last
    if not of_range or dossiers.code_of(told.serial, told.happened_at) != told.code:
        raise EntryMalformed
    return row


def _kept(arrived: Arrived, *, actor: Actor, now: datetime) -> EntryAnswer:
    if arrived.told.kind is EntryKind.VOID:
        return keep_void(arrived, actor=actor, now=now)
    found = _differences(arrived, now)
    if found:
        return keep_waiting(arrived, found, actor=actor, now=now)
    try:
        return receive(arrived, actor=actor, now=now)
    except Stale:
        raise
    except DomainError as refusal:
        return keep_waiting(arrived, (_refused(refusal),), actor=actor, now=now)


def _refused(refusal: DomainError) -> Difference:
    """The rules of the city do not take it as it is; papers that are missing can be brought."""
    lacking = refusal.facts.get("missing", ()) if isinstance(refusal, PapersMissing) else ()
    first = (Choice.GUIDE,) if lacking else ()
    return Difference(
        odd=Odd.REFUSED,
        ours="Đã nhận ở quầy",
        city=refusal.message,
        choices=(*first, Choice.VOID),
        facts={"missing": list(lacking) if isinstance(lacking, tuple) else []},
    )


def _differences(arrived: Arrived, now: datetime) -> tuple[Difference, ...]:
    told = arrived.told
    people = people_of(told.personal_number)
    person = _best(told, people)
    known = rules.Known(
        range=queries.range_view(arrived.range),
        now=now,
        name=person.full_name if person else None,
        born_on=person.born_on if person else None,
        same=dossiers.open_dossier_of([one.id for one in people], told.procedure_code),
    )
    found = rules.differences(told, known)
    if any(one.odd is Odd.CLOCK for one in found):
        return found  # without an hour nothing else can be reckoned
    return (*found, *_of_procedure(arrived, known))


def _of_procedure(arrived: Arrived, known: rules.Known) -> tuple[Difference, ...]:
    told = arrived.told
    try:
        quote = dossiers.quote(
            told.procedure_code, told.answers, ward_code=_ward(arrived), at=told.happened_at
        )
    except DomainError as refusal:
        return (_refused(refusal),)
    due = rules.Known(
        range=known.range,
        now=known.now,
        version=quote.version.number,
        fee_dong=quote.fee_dong,
        due_at=quote.due_at,
    )
    odd = {Odd.VERSION, Odd.FEE, Odd.DUE}
    return tuple(one for one in rules.differences(told, due) if one.odd in odd)


def _best(told: Told, people: tuple[PersonView, ...]) -> PersonView | None:
    """The row that says the same, else the first with this number."""
    same = (p for p in people if p.full_name == told.full_name and p.born_on == told.born_on)
    return next(same, people[0] if people else None)


def _ward(arrived: Arrived) -> str:
    return organisations.unit_by_id(arrived.device.unit_id).ward_code


@owns_transaction
def receive(arrived: Arrived, *, actor: Actor, now: datetime) -> EntryAnswer:
    """Nothing disagrees: the dossier, its entry and the leaf in one transaction."""
    row = _row(arrived, EntryState.RECEIVED, actor=actor, now=now)
    db.insert(row)
    _become(row, arrived.told, unit_ward=_ward(arrived), actor=actor, now=now)
    _note("receive_offline", row, actor)
    return queries.answer_of(row)


@owns_transaction
def keep_waiting(
    arrived: Arrived, differences: tuple[Difference, ...], *, actor: Actor, now: datetime
) -> EntryAnswer:
    """It is with us, under its number; an officer says how it goes on."""
    row = _row(arrived, EntryState.WAITING, actor=actor, now=now)
    row.body = arrived.body
    row.differences = [asdict(one) for one in differences]
    db.insert(row)
    _note("keep_offline", row, actor, odd=[one.odd for one in differences])
    return queries.answer_of(row)


@owns_transaction
def keep_void(arrived: Arrived, *, actor: Actor, now: datetime) -> EntryAnswer:
    """A number that was spoilt at the window: accounted for, never used again."""
    row = _row(arrived, EntryState.VOID, actor=actor, now=now)
    db.insert(row)
    _note("void_offline", row, actor)
    return queries.answer_of(row)


def settle_entry(command: Settle, *, actor: Actor, now: datetime) -> EntryAnswer:
    """The officer has chosen for everything that did not agree; the printed number stays.

    Papers that only now turn out to be missing become one thing more to choose on.
    Raises: EntryNotFound, AlreadySettled, ChoiceNeeded, HourNeeded, and as `dossiers.take_in`.
    """
    try:
        return settle(command, actor=actor, now=now)
    except PapersMissing as refusal:
        add_difference(command.entry_id, _refused(refusal), actor=actor, now=now)
        raise


@owns_transaction
def add_difference(entry_id: UUID, difference: Difference, *, actor: Actor, now: datetime) -> None:
    """Raises: EntryNotFound."""
    row = queries.entry_row(entry_id, actor, now=now)
    if all(one.odd is not difference.odd for one in queries.differences_of(row)):
        row.differences = [*(row.differences or ()), asdict(difference)]
        db.change(row, "differences", expecting={"state": EntryState.WAITING})
    _note("keep_offline", row, actor, odd=[difference.odd])


@owns_transaction
def settle(command: Settle, *, actor: Actor, now: datetime) -> EntryAnswer:
    """`settle_entry`, all of it or nothing."""
    row = queries.entry_row(command.entry_id, actor, now=now)
    if row.state != EntryState.WAITING or row.body is None:
        raise AlreadySettled
    told, found = rules.read_entry(row.body), queries.differences_of(row)
    choices = rules.chosen(found, command.choices)
    row.settled_at, row.settled_by = now, actor.account_id
    row.choices = {odd.value: choice.value for odd, choice in choices.items()}
    if Choice.VOID in choices.values():
        row.state, row.body = EntryState.VOID, None
        _save_settled(row, actor)
        return queries.answer_of(row)
    if Odd.CLOCK in choices:
        row.happened_at = rules.true_hour(command.at, queries.range_view(row.range), now)
    ward = organisations.unit_by_id(row.unit_id).ward_code
    row.state, row.body = EntryState.RECEIVED, None
    _become(row, told, unit_ward=ward, actor=actor, now=now, found=found, choices=choices)
    _save_settled(row, actor)
    return queries.answer_of(row)


def _save_settled(row: OfflineEntry, actor: Actor) -> None:
    fields = ("state", "body", "choices", "settled_at", "settled_by", "happened_at", "dossier_code")
    row.differences = None
    db.change(row, *fields, "differences", expecting={"state": EntryState.WAITING})
    _note("settle_offline", row, actor, choices=row.choices)


def _row(arrived: Arrived, state: EntryState, *, actor: Actor, now: datetime) -> OfflineEntry:
    told = arrived.told
    assert actor.account_id is not None
    return OfflineEntry(
        id=told.id,
        range_id=arrived.range.id,
        unit_id=arrived.device.unit_id,
        serial=told.serial,
        code=told.code,
        kind=told.kind,
        state=state,
        digest=queries.digest_of(arrived.body),
        received_by=told.received_by,
        sent_by=actor.account_id,
        happened_at=told.happened_at,
        synced_at=now,
        dossier_code=told.code if state is EntryState.RECEIVED else "",
    )


@joins_transaction
def _become(
    row: OfflineEntry,
    told: Told,
    *,
    unit_ward: str,
    actor: Actor,
    now: datetime,
    found: tuple[Difference, ...] = (),
    choices: Mapping[Odd, Choice] | None = None,
) -> None:
    """The dossier under the number that the person holds in their hand."""
    chosen = choices or {}
    person_id = _person(told, chosen, actor=actor, now=now)
    items = _items(found) if chosen.get(Odd.REFUSED) is Choice.GUIDE else ()
    dossier = SubmitDossier(
        procedure_code=told.procedure_code,
        ward_code=unit_ward,
        applicant_person_id=person_id,
        answers=told.answers,
        papers=_papers(told),
        source=Source.COUNTER,
        receiving_unit_id=row.unit_id,
        return_form=told.return_form,
    )
    given = GivenOut(code=row.code, secret=told.secret, happened_at=row.happened_at)
    command = TakeIn(
        dossier=dossier,
        outcome=Outcome.GUIDE if items else Outcome.RECEIVE,
        items=items,
        given_out=given,
    )
    dossiers.take_in(command, actor=actor, now=now)
    row.dossier_code = row.code


def _person(told: Told, choices: Mapping[Odd, Choice], *, actor: Actor, now: datetime) -> UUID:
    """As the window wrote it, or as the city knows them, name and birth date each."""
    known = _best(told, people_of(told.personal_number))
    name, born = told.full_name, told.born_on
    if known is not None and choices.get(Odd.NAME) is not Choice.OURS:
        name = known.full_name
    if known is not None and choices.get(Odd.BORN) is not Choice.OURS:
        born = known.born_on or born
    phone = _reachable(told.phone)
    person_id = identity.find_or_register(
        told.personal_number, name, born, phone=phone, actor=actor, now=now
    )
    identity.fill_phone(person_id, phone, actor=actor, now=now)
    return person_id


def _reachable(phone: str) -> str:
    """A number typed wrong does not undo what was received; nobody is sent a message by it."""
    try:
        number = clean_phone(PHONE_NUMBER, phone) if phone else ""
    except Refused:
        return ""
    return number if len(number) == MOBILE else ""


def _papers(told: Told) -> tuple[GivenPaper, ...]:
    shown = (GivenPaper(component_key=key, form=PaperForm.ORIGINAL) for key in told.shown)
    handed = (
        GivenPaper(component_key=key, source=PaperSource.HANDED_IN, form=PaperForm.ORIGINAL)
        for key in told.handed
    )
    return (*shown, *handed)


def _items(found: tuple[Difference, ...]) -> tuple[Shortcoming, ...]:
    refused = next((one for one in found if one.odd is Odd.REFUSED), None)
    missing = refused.facts.get("missing", ()) if refused else ()
    keys = missing if isinstance(missing, list) else []
    return tuple(Shortcoming(component_key=str(key), reason=MISSING) for key in keys)


def _note(what: str, row: OfflineEntry, actor: Actor, **facts: object) -> None:
    db.record(
        action=f"counters.{what}",
        subject=row.code,
        actor=actor,
        facts={
            "entry": str(row.id),
            "received_by": str(row.received_by),
            "happened_at": row.happened_at.isoformat(),
            **facts,
        },
    )
