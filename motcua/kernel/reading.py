"""Sổ đọc: who read whose personal data, in which post, for what, and which fields.

A sealed value notes itself when it is opened (`kernel.fields`). The scope around a request, a job
or a command gathers the notes and writes them as one statement before the answer leaves: no answer
with personal data goes out unlogged, and no value opens outside a scope. Whoever reads what is
their own leaves no line.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from uuid import UUID

from django.db.models import Model

from motcua.kernel import clock, db, privacy
from motcua.kernel.actors import Actor
from motcua.kernel.purpose import Purpose, post_for

Subjects = dict[UUID | None, set[str]]


class UnloggedRead(RuntimeError):
    """A programming mistake: a personal value opens where nothing would be logged."""


@dataclass(slots=True, kw_only=True)
class Scope:
    """What one request, job or command has read and not yet written down."""

    address: str
    known: Subjects = field(default_factory=dict)
    unknown: dict[type[Model], dict[UUID, set[str]]] = field(default_factory=dict)

    def note(self, row: Model, name: str) -> None:
        """`name`: the field, as it will stand in the log with its model."""
        model = type(row)
        label, path = f"{model.__name__}.{name}", privacy.of(model).subject
        if isinstance(path, str) and path in row.__dict__:
            self.known.setdefault(row.__dict__[path], set()).add(label)
        else:
            self.unknown.setdefault(model, {}).setdefault(row.pk, set()).add(label)

    def take(self) -> Subjects:
        """Whose data it was. One query for each kind of row that does not say it itself."""
        found, self.known = self.known, {}
        unknown, self.unknown = self.unknown, {}
        for model, rows in unknown.items():
            owners = _owners(model, rows)
            for pk, labels in rows.items():
                found.setdefault(owners.get(pk), set()).update(labels)
        return found


def _owners(model: type[Model], rows: Collection[UUID]) -> privacy.Owners:
    subject = privacy.of(model).subject
    if callable(subject):
        return subject(rows)
    if not subject:
        return {}
    found = model._default_manager.filter(pk__in=rows)
    return dict(found.order_by("pk").values_list("pk", subject))


_scope: ContextVar[Scope | None] = ContextVar("reading", default=None)


def note(row: Model, name: str) -> None:
    """A value of this row was opened, or bytes behind it were handed out.

    Raises: UnloggedRead when nobody would write it down.
    """
    if not _is_personal(type(row), name):
        return
    scope = _scope.get()
    if scope is None:
        raise UnloggedRead(f"{type(row).__name__}.{name}")
    scope.note(row, name)


def note_about(subject: UUID | None, label: str) -> None:
    """Something of this person's was read that no sealed field holds: the bytes of a file.

    Raises: UnloggedRead.
    """
    scope = _scope.get()
    if scope is None:
        raise UnloggedRead(label)
    scope.known.setdefault(subject, set()).add(label)


@cache
def _is_personal(model: type[Model], name: str) -> bool:
    """What nobody has classed counts as personal, but for the models of migrations."""
    found = privacy.class_of(model, name)
    return model.__module__ != "__fake__" if found is None else found.is_personal


@contextmanager
def within(scope: Scope) -> Iterator[Scope]:
    """Readings inside go to this scope. The caller writes them down."""
    token = _scope.set(scope)
    try:
        yield scope
    finally:
        _scope.reset(token)


@contextmanager
def logged(*, actor: Actor, purpose: Purpose, address: str) -> Iterator[Scope]:
    """For jobs and commands: written down at the end, also when it fails."""
    scope = Scope(address=address)
    try:
        with within(scope):
            yield scope
    finally:
        write_down(scope, actor=actor, purpose=purpose)


_INSERT = """
INSERT INTO kernel_read_line
    (at, account_id, actor_kind, unit_id, role, purpose, case_code, address, id, subject_id, fields)
SELECT $1, $2, $3, $4, $5, $6, $7, $8, line.id, line.subject, string_to_array(line.fields, ' ')
FROM unnest($9::uuid[], $10::uuid[], $11::text[]) AS line(id, subject, fields)
RETURNING 1
"""


def write_down(scope: Scope, *, actor: Actor, purpose: Purpose, case_code: str = "") -> int:
    """One statement for everything noted since the last time. Returns the number of lines."""
    if not scope.known and not scope.unknown:
        return 0
    found = scope.take()
    if actor.person_id is not None:
        found.pop(actor.person_id, None)
    if not found:
        return 0
    post = post_for(actor, purpose)
    written = db.read(
        _INSERT,
        clock.now(),
        actor.account_id,
        actor.kind.value,
        post.unit_id if post else None,
        post.role.value if post else "",
        purpose.value,
        case_code[:40],
        scope.address[:120],
        [db.uuid7() for _ in found],
        list(found),
        [" ".join(sorted(labels)) for labels in found.values()],
    )
    return len(written)
