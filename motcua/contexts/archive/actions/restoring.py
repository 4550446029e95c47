"""Phục hồi: dossiers of a package that holds become readable here, each in one transaction.

Nothing comes in of a package with one finding. What was disposed of by the law stays gone; what is
here already stays as it is.
"""

from collections.abc import Callable, Collection
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from motcua.contexts.archive.actions import checking
from motcua.contexts.archive.actions.checking import Packed, Table, Tally
from motcua.contexts.archive.adapters.trees import Tree, opened
from motcua.contexts.archive.contracts import Checked, Restored
from motcua.contexts.archive.models import RestoredDossier, RestoredFile
from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts import MediaType
from motcua.contexts.privacy import public as privacy
from motcua.kernel import db, ledger
from motcua.kernel.actors import Actor
from motcua.kernel.db import owns_transaction
from motcua.kernel.privacy import DataClass

Progress = Callable[[str], object]


@dataclass(slots=True)
class Course:
    """How far a restoring has come. disposed: codes that another city disposed of."""

    checked: Checked
    actor: Actor
    now: datetime
    disposed: Collection[str]
    restored: list[str] = field(default_factory=list)
    there: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def restore(
    path: Path,
    *,
    actor: Actor,
    now: datetime,
    key: bytes | None = None,
    disposed: Collection[str] = (),
    on_dossier: Progress = lambda _code: None,
) -> Restored:
    """A package, or the bag of one dossier. key: of its ledger, our own when None.

    Raises: NotATree.
    """
    tally = Tally(key or ledger.public_key())
    with opened(path) as tree:
        checking.check_tree(tree, tally)
        course = Course(tally.told, actor, now, disposed)
        if course.checked.good:
            _restore_all(tree, tally, course, on_dossier)
    return Restored(
        checked=course.checked,
        restored=tuple(course.restored),
        there=tuple(course.there),
        refused=tuple(course.refused),
    )


def _restore_all(tree: Tree, tally: Tally, course: Course, on_dossier: Progress) -> None:
    rows: tuple[Packed | None, ...] = (None,)
    if checking.is_package(tree):
        rows = checking.packed_in(tree, tally)
    for one in rows:
        within = checking.bag_of(tree, one) if one else nullcontext((tree, ""))
        with within as (bag, _digest):
            on_dossier(_restore_bag(bag, one, course))


def _restore_bag(bag: Tree, one: Packed | None, course: Course) -> str:
    told, mark = checking.record_of(bag), checking.print_of(bag)
    code = str(told["code"])
    here = RestoredDossier.objects.filter(code=code).values_list("bag", flat=True).first()
    gone = privacy.disposed_dossiers([code]).get(code)
    if gone is not None:
        course.refused.append(f"{code}: đã tiêu hủy theo đợt {gone}, không phục hồi.")
    elif code in course.disposed:
        course.refused.append(f"{code}: có trong danh sách đã tiêu hủy, không phục hồi.")
    elif here == mark:
        course.there.append(code)
    elif here is not None:
        course.refused.append(f"{code}: ở đây đã có bản khác của hồ sơ này.")
    else:
        package = one.package if one else ""
        restore_one(bag, told, mark, package=package, actor=course.actor, now=course.now)
        course.restored.append(code)
    return code


@owns_transaction
def restore_one(
    bag: Tree, told: Table, mark: str, *, package: str, actor: Actor, now: datetime
) -> None:
    """Row and files of one dossier, as its record names them."""
    applicant, procedure, unit = (_table(told, name) for name in ("applicant", "procedure", "unit"))
    row = RestoredDossier(
        code=str(told["code"]),
        bag=mark,
        package_code=package,
        procedure_code=str(procedure["code"]),
        procedure_name=str(procedure["name"]),
        unit_code=str(unit["code"]),
        unit_name=str(unit["name"]),
        applicant_name=str(applicant["name"]),
        applicant_number=str(applicant["number"]) or None,
        content=told,
        data_class=DataClass(str(told["data_class"])).value,
        ended_at=datetime.fromisoformat(str(told["ended_at"])),
        restored_at=now,
        restored_by=actor.account_id,
    )
    db.insert(row)
    files = [_kept(bag, row, about, now) for about in checking.rows_of(told, "files")]
    db.insert(*files)
    facts: dict[str, object] = {"package": package, "bag": mark, "files": len(files)}
    db.record(action="archive.restore", subject=row.code, actor=actor, facts=facts)


def _table(told: Table, name: str) -> Table:
    found = told[name]
    if not isinstance(found, dict):
        raise TypeError(name)
    return found


def _kept(bag: Tree, row: RestoredDossier, about: Table, now: datetime) -> RestoredFile:
    path = str(about["path"])
    with bag.open(path) as file:
        kept = documents.keep_stream(
            file,
            size=int(str(about["size"])),
            media_type=MediaType(str(about["media_type"])),
            filename=str(about["name"]),
            data_class=DataClass(str(about["data_class"])),
            now=now,
        )
    return RestoredFile(dossier=row, path=path, file_id=kept.id)
