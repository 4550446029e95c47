"""Bản nháp: every answer saved at once, as typed, for every device of the applicant."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from motcua.contexts.dossiers import queries
from motcua.contexts.dossiers.contracts import (
    AT_DESK,
    Begun,
    Keep,
    NotADesk,
    NotYourDossier,
    Overtaken,
    ReturnForm,
    SavedPage,
    Seen,
    Source,
)
from motcua.contexts.dossiers.contracts.receiving import PostAddress
from motcua.contexts.dossiers.models import Draft
from motcua.contexts.dossiers.queries.assisting import agreed_row
from motcua.contexts.dossiers.rules import devices
from motcua.contexts.dossiers.rules.known import OF_A_BODY, ORGANISATION
from motcua.contexts.identity import public as identity
from motcua.contexts.organisations import public as organisations
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import VersionView
from motcua.kernel import db
from motcua.kernel.actors import Act, Actor, Role
from motcua.kernel.clearance import may_read
from motcua.kernel.clock import city_date
from motcua.kernel.codes import WardCode
from motcua.kernel.db import owns_transaction
from motcua.kernel.forms import (
    Sheet,
    attributed,
    disputed,
    prefilled,
    read_sheet,
    sheet_table,
    validate_page,
    values_of,
    withheld_keys,
)

FILING_LEVEL = 2


def check_level(actor: Actor) -> None:
    """A level 1 account was registered alone: nobody has seen the card. Raises: AssuranceTooLow."""
    if actor.is_citizen:
        identity.require_assurance(actor, FILING_LEVEL)


@owns_transaction
def begin_draft(
    procedure_code: str,
    *,
    ward_code: str,
    actor: Actor,
    now: datetime,
    source: Source = Source.CITY_APP,
    applicant_person_id: UUID | None = None,
    known: Mapping[str, Mapping[str, object]] | None = None,
    known_at: datetime | None = None,
    only: frozenset[str] | None = None,
    trouble: str = "",
    mandate_id: UUID | None = None,
    assistance_id: UUID | None = None,
) -> Begun:
    """Begin, with what registers already know. `known`: register -> field -> value.

    known_at: how old that is. only: the questions that the applicant agreed to; None for all.
    `trouble`: the sentence to show when a register could not be asked; the form goes on.
    mandate_id: at the counter, under which the person there acts for the applicant.
    assistance_id: what the person agreed to, of an assisted filing.
    Raises: ProcedureNotFound, ProcedureNotOpen, ProcedureNotRunnable, NotYourDossier,
    AssuranceTooLow, MandateRefused, ConsentMissing.
    """
    check_level(actor)
    version = queries.runnable_version(procedure_code, city_date(now), ward_code)
    check_mandate(actor, Act.DRAFT, version, now=now)
    if source in AT_DESK and not actor.has(Role.RECEIVER):
        raise NotYourDossier("Chỉ cán bộ tiếp nhận nộp giúp được.")
    if mandate_id is not None and source in AT_DESK and applicant_person_id is not None:
        check_at_counter(mandate_id, Act.DRAFT, applicant_person_id, version, now=now)
    agreed = None
    if source is Source.ASSISTED:
        agreed = agreed_row(assistance_id, procedure_code, applicant_person_id, actor, now)
        only = frozenset(agreed.told)
    told = _told_by_registers(version, known or {}, actor, known_at or now)
    told = {key: answer for key, answer in told.items() if only is None or key in only}
    draft = Draft(
        account_id=account_of(actor),
        applicant_person_id=applicant_person_id or actor.party_id,
        procedure_version_id=version.id,
        ward_code=WardCode(ward_code),
        source=source,
        sheet=sheet_table(told),
        typed={},
        return_form=ReturnForm.ELECTRONIC,
        mandate_id=mandate_id if source in AT_DESK else None,
        register_trouble=trouble,
        created_at=now,
        saved_at=now,
    )
    db.insert(draft)
    if agreed is not None:
        agreed.draft_id = draft.id
        db.change(agreed, "draft_id", expecting={"draft_id": None})
    note("begin", draft, actor, prefilled=sorted(told))
    return Begun(draft_id=draft.id)


def _told_by_registers(
    version: VersionView, known: Mapping[str, Mapping[str, object]], actor: Actor, now: datetime
) -> Sheet:
    """What an officer at the counter is not cleared to read, the applicant says themselves."""
    kept_back = withheld_keys(version.form, lambda one: may_read(one, actor))
    instead = OF_A_BODY if ORGANISATION in known else None
    told = prefilled(version.form, known, at=now, instead=instead)
    return {key: answer for key, answer in told.items() if key not in kept_back}


@owns_transaction
def save_page(
    draft_id: UUID,
    page_key: str,
    raw: Mapping[str, object],
    *,
    actor: Actor,
    now: datetime,
    seen: Seen | None = None,
    wrong: frozenset[str] = frozenset(),
) -> SavedPage:
    """Save one page. What is refused stays as typed, with its error beside it.

    seen: what the page showed; an answer that another device gave since then is not overwritten
    unless the person chose so. Without it the page as a whole counts. wrong: what a register told
    and the person will write anew. Raises: DraftNotFound.
    """
    draft = open_draft(draft_id, actor, now)
    version = procedures.version(draft.procedure_version_id)
    sheet = read_sheet(draft.sheet)
    checked = validate_page(
        version.form,
        page_key,
        raw,
        answers=values_of(sheet),
        today=city_date(now),
        choices=queries.place_choices(now),
    )
    asked = {q.key for page in version.form.pages if page.key == page_key for q in page.questions}
    refused = {error.path.split(".")[0] for error in checked.errors}
    given = checked.cleaned | {k: v for k, v in raw.items() if k in refused}
    stored = {k: v for k, v in (values_of(sheet) | draft.typed).items() if k in asked}
    kept, overtaken = _against_other_devices(draft, asked, given, raw, stored, seen)
    own = asked - kept
    said = disputed(asked, known=sheet, at=now) | attributed(checked.cleaned, known=sheet, at=now)
    said |= disputed(wrong & asked, known=sheet, at=now)
    draft.sheet = sheet_table(
        {k: v for k, v in sheet.items() if k not in own} | {k: said[k] for k in own if k in said}
    )
    draft.typed = {k: v for k, v in draft.typed.items() if k not in own} | {
        k: v for k, v in raw.items() if k in refused & own
    }
    _mark(draft, own, stored, given, seen, now)
    said_now = read_sheet(draft.sheet)
    fitting = queries.fitting_version(version, said_now, draft.ward_code, city_date(now))
    draft.procedure_version_id = fitting.id
    save(draft, now, "sheet", "typed", "marks", "procedure_version")
    note("save", draft, actor, page=page_key, errors=len(checked.errors))
    return SavedPage(
        saved_at=now,
        version=draft.version,
        answers=given,
        errors=tuple(e for e in checked.errors if e.path.split(".")[0] in own),
        kept=kept,
        overtaken=overtaken,
    )


def _against_other_devices(
    draft: Draft,
    asked: set[str],
    given: Mapping[str, object],
    raw: Mapping[str, object],
    stored: Mapping[str, object],
    seen: Seen | None,
) -> tuple[frozenset[str], tuple[Overtaken, ...]]:
    """The answers of other devices that stay, and those of them to ask the person about."""
    if seen is None:
        return frozenset(), ()
    marks = devices.read_marks(draft.marks)
    kept, overtaken = set(), []
    for key in sorted(asked):
        mark = marks.get(key)
        if mark is None or not devices.is_newer(mark, key, seen):
            continue
        mine, theirs = given.get(key), stored.get(key)
        if seen.chosen.get(key) == Keep.MINE:
            continue
        kept.add(key)
        same = devices.print_of(mine) == devices.print_of(theirs)
        left_alone = key not in raw or not devices.was_touched(key, mine, seen)
        if not same and not left_alone and seen.chosen.get(key) != Keep.THEIRS:
            overtaken.append(Overtaken(key=key, mine=raw[key], theirs=theirs, at=mark.at))
    return frozenset(kept), tuple(overtaken)


def _mark(
    draft: Draft,
    own: set[str],
    stored: Mapping[str, object],
    given: Mapping[str, object],
    seen: Seen | None,
    now: datetime,
) -> None:
    """Who answered what last, of everything that changed."""
    mark = devices.Mark(version=draft.version + 1, device=seen.device if seen else "", at=now)
    changed = {k for k in own if devices.print_of(given.get(k)) != devices.print_of(stored.get(k))}
    draft.marks = draft.marks | {k: devices.mark_table(mark) for k in sorted(changed)}


@owns_transaction
def set_ward(draft_id: UUID, ward_code: str, *, actor: Actor, now: datetime) -> None:
    """Choose the commune that is competent. Raises: DraftNotFound, MalformedCode."""
    draft = open_draft(draft_id, actor, now)
    draft.ward_code = WardCode(ward_code)
    save(draft, now, "ward_code")
    note("ward", draft, actor)


@owns_transaction
def set_return_form(
    draft_id: UUID,
    return_form: ReturnForm,
    address: PostAddress | None = None,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """How the result should come. address: of the post; None keeps what was said before.

    Raises: DraftNotFound.
    """
    draft = open_draft(draft_id, actor, now)
    draft.return_form = return_form
    if address:
        draft.post_address = asdict(address)
    save(draft, now, "return_form", "post_address")
    note("return_form", draft, actor)


@owns_transaction
def set_desk(draft_id: UUID, unit_id: UUID | None, *, actor: Actor, now: datetime) -> None:
    """Let another one-stop desk of the city receive it (borderless); None for the usual one.

    Raises: DraftNotFound, NotADesk.
    """
    draft = open_draft(draft_id, actor, now)
    if unit_id and unit_id not in {d.id for d in organisations.one_stop_desks(city_date(now))}:
        raise NotADesk
    draft.receiving_unit_id = unit_id
    save(draft, now, "receiving_unit_id")
    note("desk", draft, actor)


@owns_transaction
def drop_draft(draft_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Throw a draft away. Raises: DraftNotFound."""
    draft = open_draft(draft_id, actor, now)
    note("drop", draft, actor)
    draft.delete()


def account_of(actor: Actor) -> UUID:
    """Drafts belong to accounts. Raises: NotYourDossier."""
    if actor.account_id is None:
        raise NotYourDossier("Bạn đăng nhập để lưu bản nháp.")
    return actor.account_id


def open_draft(draft_id: UUID, actor: Actor, now: datetime) -> Draft:
    """A draft that is not sent yet, of one's own or of whom one acts for.

    Raises: DraftNotFound, MandateRefused.
    """
    account_of(actor)
    draft = queries.open_draft(draft_id, actor, now=now)
    check_mandate(actor, Act.DRAFT, procedures.version(draft.procedure_version_id), now=now)
    return draft


def check_mandate(
    actor: Actor, act: Act, version: VersionView, *, about: str = "", now: datetime
) -> None:
    """Whoever acts for another does what the mandate reaches. Raises: MandateRefused."""
    identity.act_under(
        actor,
        act,
        about=about,
        procedure=version.procedure_code,
        field=version.field_code,
        now=now,
    )


def check_at_counter(
    mandate_id: UUID,
    act: Act,
    applicant_id: UUID,
    version: VersionView,
    *,
    about: str = "",
    now: datetime,
) -> None:
    """The same for a representative at the counter. Raises: MandateRefused, MandateNotFound."""
    identity.act_at_counter(
        mandate_id,
        act,
        principal_id=applicant_id,
        about=about,
        procedure=version.procedure_code,
        field=version.field_code,
        now=now,
    )


def save(draft: Draft, now: datetime, *fields: str) -> None:
    """Raises (at the end of the action): Stale, when another device saved in between."""
    seen, draft.version, draft.saved_at = draft.version, draft.version + 1, now
    db.change(draft, *fields, "version", "saved_at", expecting={"version": seen})


def note(what: str, draft: Draft, actor: Actor, **facts: object) -> None:
    db.record(action=f"dossiers.draft_{what}", subject=str(draft.id), actor=actor, facts=facts)
