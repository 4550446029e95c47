"""Bảng nộp nhiều: one's own tables, how far they are, and which cells are refused."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.utils.translation import gettext

from motcua.contexts.dossiers.contracts import (
    BulkFault,
    BulkLineView,
    BulkNotFound,
    BulkState,
    BulkView,
)
from motcua.contexts.dossiers.models import (
    BulkFiling,
    BulkLine,
    BulkPart,
    BulkSending,
    BulkSendingPart,
    SandboxDossier,
)
from motcua.contexts.dossiers.policies import BulkPolicy
from motcua.contexts.dossiers.rules import bulk as rules
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import VersionView
from motcua.contexts.reference import public as reference
from motcua.kernel import access
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date
from motcua.kernel.workbooks import Cell, CellKind, Line


def places(now: datetime) -> rules.Places:
    return tuple((c.code, c.full_name) for c in reference.communes(city_date(now)))


def filing_row(bulk_id: UUID, actor: Actor, *, now: datetime, locked: bool = False) -> BulkFiling:
    """locked: until the end of the action. Raises: BulkNotFound."""
    rows = access.visible(BulkFiling.objects.all(), actor, BulkPolicy, now=now)
    if locked:
        rows = rows.select_for_update()
    row = rows.filter(pk=bulk_id).first()
    if row is None:
        raise BulkNotFound
    return row


def filing_by_id(bulk_id: UUID) -> BulkFiling:
    return BulkFiling.objects.get(pk=bulk_id)


def part(part_id: UUID) -> BulkPart:
    return BulkPart.objects.select_related("filing").get(pk=part_id)


def parts_to_check(bulk_id: UUID) -> list[UUID]:
    rows = BulkPart.objects.filter(filing_id=bulk_id, checked_at=None)
    return list(rows.order_by("number").values_list("id", flat=True))


def parts_to_make(bulk_id: UUID) -> list[UUID]:
    rows = BulkPart.objects.filter(filing_id=bulk_id, made_at=None)
    return list(rows.order_by("number").values_list("id", flat=True))


def marks_before(part: BulkPart) -> dict[str, str]:
    """Marks of the parts that were checked before, for lines that say the same again."""
    rows = BulkPart.objects.filter(filing=part.filing_id, number__lt=part.number)
    before = rows.order_by("number").values_list("number", "marks")
    return {mark: gettext("phía trên") for _number, marks in before for mark in marks}


def made_already(filing: BulkFiling, marks: Collection[str]) -> set[str]:
    """Those of these lines that became drafts or dossiers of this applicant before."""
    return set(drafts_of_marks(filing, marks))


def drafts_of_marks(filing: BulkFiling, marks: Collection[str]) -> dict[str, UUID]:
    """The drafts that lines became, by their mark; of the sandbox when the table is."""
    wanted, whose = [bytes.fromhex(mark) for mark in marks], filing.applicant_person_id
    if filing.sandbox:
        tried = SandboxDossier.objects.filter(person=whose, mark__in=wanted)
        return {bytes(mark).hex(): draft for mark, draft in tried.values_list("mark", "id")}
    rows = BulkLine.objects.filter(applicant_person=whose, mark__in=wanted)
    return {bytes(mark).hex(): draft for mark, draft in rows.values_list("mark", "draft_id")}


def columns_read(
    filing: BulkFiling, version: VersionView, now: datetime
) -> dict[int, rules.BulkColumn]:
    by_path = {column.path: column for column in _columns(version, now)}
    return {at: by_path[path] for at, path in filing.columns}


def _columns(version: VersionView, now: datetime) -> tuple[rules.BulkColumn, ...]:
    return rules.columns_of(version.form, places(now), rows=rules.MOST_ROWS)


def line_of(stored: Mapping[str, object]) -> Line:
    """A stored line as it was read."""
    number, cells = stored["n"], stored["cells"]
    assert isinstance(number, int)
    assert isinstance(cells, Mapping)
    return Line(number, {int(at): Cell(text, CellKind(kind)) for at, (text, kind) in cells.items()})


def bulk_view(bulk_id: UUID, actor: Actor, *, now: datetime) -> BulkView:
    """Raises: BulkNotFound."""
    return _view(filing_row(bulk_id, actor, now=now))


def bulk_views(
    actor: Actor, procedure_code: str, *, now: datetime, limit: int = 5
) -> tuple[BulkView, ...]:
    """The latest tables of one procedure."""
    rows = access.visible(BulkFiling.objects.all(), actor, BulkPolicy, now=now)
    mine = rows.filter(procedure_version__procedure__code=procedure_code)
    return tuple(_view(row) for row in mine.order_by("-created_at", "-id")[:limit])


def _view(row: BulkFiling) -> BulkView:
    state = BulkState.CHECKING
    if row.done_at:
        state = BulkState.DONE
    elif row.asked_at:
        state = BulkState.MAKING
    elif row.checked_at:
        state = BulkState.CHECKED
    return BulkView(
        id=row.id,
        version=procedures.version(row.procedure_version_id),
        state=state,
        ward_code=row.ward_code,
        notices=tuple(row.notices),
        lines=row.lines,
        checked=row.checked,
        wrong=row.wrong,
        again=row.again,
        made=row.made,
        created_at=row.created_at,
    )


def bulk_faults(
    bulk_id: UUID, actor: Actor, *, now: datetime, limit: int = 50
) -> tuple[BulkFault, ...]:
    """The first refused cells, in the order of the lines. Raises: BulkNotFound."""
    filing = filing_row(bulk_id, actor, now=now)
    known = columns_read(filing, procedures.version(filing.procedure_version_id), now)
    found: list[BulkFault] = []
    for line in _lines(filing):
        for at, sentence in _errors(line):
            head = known[at].head if at is not None else ""
            found.append(BulkFault(line=_number(line), column=head, sentence=sentence))
        if len(found) >= limit:
            break
    return tuple(found[:limit])


def marked_lines(
    bulk_id: UUID, actor: Actor, *, now: datetime
) -> tuple[tuple[rules.BulkColumn, ...], list[list[str]], frozenset[tuple[int, int]]]:
    """Columns, every wrong line as it was sent with what to do at its end, and the wrong cells.

    Raises: BulkNotFound.
    """
    filing = filing_row(bulk_id, actor, now=now)
    known = columns_read(filing, procedures.version(filing.procedure_version_id), now)
    place = {at: n for n, at in enumerate(known)}
    lines: list[list[str]] = []
    wrong: set[tuple[int, int]] = set()
    for stored in _lines(filing):
        errors = list(_errors(stored))
        if not errors:
            continue
        cells = line_of(stored).cells
        said = " ".join(sentence for _at, sentence in errors)
        wrong |= {(len(lines), place[at]) for at, _sentence in errors if at is not None}
        texts = [cells[at].text if at in cells else "" for at in known]
        lines.append([*texts, str(_number(stored)), said])
    return tuple(known.values()), lines, frozenset(wrong)


def bulk_lines(
    bulk_id: UUID, actor: Actor, *, now: datetime, after: int = 0, limit: int = 100
) -> tuple[BulkLineView, ...]:
    """Lines after this one, each with all that became of it. Raises: BulkNotFound."""
    filing = filing_row(bulk_id, actor, now=now)
    paths = dict(filing.columns)
    wanted = (line for line in _lines(filing) if _number(line) > after)
    lines = list(islice(wanted, limit))
    marks = [mark for mark in (_mark(line) for line in lines) if mark]
    drafts = drafts_of_marks(filing, marks)
    outcomes = outcomes_of(filing)
    return tuple(
        BulkLineView(
            line=_number(line),
            faults=tuple((paths[at] if at is not None else "", s) for at, s in _errors(line)),
            draft_id=drafts.get(_mark(line)),
            code=outcomes.get(_number(line), ("", ""))[0],
            kept_back=outcomes.get(_number(line), ("", ""))[1],
        )
        for line in lines
    )


def _mark(line: Mapping[str, object]) -> str:
    return str(line.get("mark", ""))


def outcomes_of(filing: BulkFiling) -> dict[int, tuple[str, str]]:
    """Of the latest sending that was no trial: line -> code of the dossier, or why it was kept."""
    sendings = BulkSending.objects.filter(filing=filing, trial=False)
    latest = sendings.order_by("-asked_at", "-id").first()
    rows = BulkSendingPart.objects.filter(sending=latest) if latest else ()
    return {line: (code, said) for row in rows for line, code, said in row.outcomes}


def _lines(filing: BulkFiling) -> Iterator[Mapping[str, object]]:
    for part in BulkPart.objects.filter(filing=filing).order_by("number").iterator(chunk_size=5):
        yield from part.lines


def _errors(line: Mapping[str, object]) -> Iterator[tuple[int | None, str]]:
    errors = line.get("errors", ())
    assert isinstance(errors, Sequence)
    yield from errors


def _number(line: Mapping[str, object]) -> int:
    number = line["n"]
    assert isinstance(number, int)
    return number
