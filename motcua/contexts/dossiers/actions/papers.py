"""Giấy tờ của bản nháp: put under a paper, taken away, put in order, made anew from pictures."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts import IssuedNotFound, VerificationStatus
from motcua.contexts.dossiers.actions.drafts import note, open_draft, save
from motcua.contexts.dossiers.contracts import PaperSource, ResultNotReusable
from motcua.contexts.dossiers.models import Draft
from motcua.contexts.dossiers.queries import reuse
from motcua.kernel.actors import Actor
from motcua.kernel.db import joins_transaction, owns_transaction

Line = dict[str, object]  # component_key, file_id, source; as_it_is once its advice was read


@owns_transaction
def attach_paper(
    draft_id: UUID,
    component_key: str,
    file_id: UUID | None,
    *,
    actor: Actor,
    now: datetime,
    source: PaperSource = PaperSource.UPLOADED,
) -> None:
    """Put a kept file under one of the papers; several files may make one paper.

    `file_id` None: the original was shown at the desk. Raises: DraftNotFound, FileNotFound.
    """
    draft = open_draft(draft_id, actor, now)
    if file_id is not None:
        documents.file_for(file_id, actor, now=now)
    put_under(draft, component_key, file_id, source, now)
    note("attach", draft, actor, component=component_key)


@joins_transaction
def put_under(
    draft: Draft, component_key: str, file_id: UUID | None, source: PaperSource, now: datetime
) -> None:
    """One line more, unless it is there already."""
    line = _line(component_key, file_id, source)
    if not any(line.items() <= other.items() for other in draft.papers):
        draft.papers = [*draft.papers, line]
    save(draft, now, "papers")


def reuse_result(
    draft_id: UUID, component_key: str, issued_id: UUID, *, actor: Actor, now: datetime
) -> None:
    """Answer for a paper with a result of the wallet, verified at this moment.

    The dossier then names the very file that was signed. Raises: DraftNotFound, IssuedNotFound,
    ResultNotReusable.
    """
    own = {paper.issued.id: paper for paper in reuse.wallet_papers(actor, now=now)}
    if issued_id not in own:
        raise IssuedNotFound
    paper = own[issued_id]
    held = documents.verify(paper.issued.verify_code)
    if paper.why_not or held.status is not VerificationStatus.VALID:
        raise ResultNotReusable
    attach_paper(
        draft_id,
        component_key,
        paper.issued.file_id,
        actor=actor,
        now=now,
        source=PaperSource.FROM_STORE,
    )


@owns_transaction
def detach_paper(draft_id: UUID, file_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Take a file away again. Raises: DraftNotFound."""
    draft = open_draft(draft_id, actor, now)
    draft.papers = [p for p in draft.papers if p["file_id"] != str(file_id)]
    save(draft, now, "papers")
    note("detach", draft, actor)


@owns_transaction
def forget_original(draft_id: UUID, component_key: str, *, actor: Actor, now: datetime) -> None:
    """It was not shown at the desk after all. Raises: DraftNotFound."""
    draft = open_draft(draft_id, actor, now)
    draft.papers = [p for p in draft.papers if p["file_id"] or p["component_key"] != component_key]
    save(draft, now, "papers")
    note("detach", draft, actor)


@owns_transaction
def replace_papers(
    draft_id: UUID,
    component_key: str,
    before: Sequence[UUID],
    after: Sequence[UUID],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Files made anew of some of a paper's stand where the first of those stood.

    What another device took away meanwhile stays away: then nothing changes.
    Raises: DraftNotFound, FileNotFound.
    """
    draft = open_draft(draft_id, actor, now)
    for file_id in after:
        documents.file_for(file_id, actor, now=now)
    old = {str(file_id) for file_id in before}
    places = [n for n, p in enumerate(draft.papers) if _is_of(p, component_key, old)]
    if len(places) != len(old):
        return
    source = PaperSource(draft.papers[places[0]]["source"])
    made = [_line(component_key, file_id, source) for file_id in after]
    rest = [p for n, p in enumerate(draft.papers) if n not in places]
    draft.papers = [*rest[: places[0]], *made, *rest[places[0] :]]
    save(draft, now, "papers")
    note("replace", draft, actor, component=component_key, before=len(before), after=len(after))


@owns_transaction
def move_paper(draft_id: UUID, file_id: UUID, *, down: bool, actor: Actor, now: datetime) -> None:
    """One place up or down among the files of its paper. Raises: DraftNotFound."""
    draft = open_draft(draft_id, actor, now)
    here = _place_of(draft, file_id)
    if here is None:
        return
    key = draft.papers[here]["component_key"]
    beside = [n for n, p in enumerate(draft.papers) if p["component_key"] == key and p["file_id"]]
    at = beside.index(here) + (1 if down else -1)
    if not 0 <= at < len(beside):
        return
    papers, there = list(draft.papers), beside[at]
    papers[here], papers[there] = papers[there], papers[here]
    draft.papers = papers
    save(draft, now, "papers")
    note("move", draft, actor, component=key)


@owns_transaction
def keep_as_it_is(draft_id: UUID, file_id: UUID, *, actor: Actor, now: datetime) -> None:
    """The advice on its quality was read; the paper stays. Raises: DraftNotFound."""
    draft = open_draft(draft_id, actor, now)
    here = _place_of(draft, file_id)
    if here is None:
        return
    draft.papers = [{**p, "as_it_is": True} if n == here else p for n, p in enumerate(draft.papers)]
    save(draft, now, "papers")
    note("as_it_is", draft, actor, component=draft.papers[here]["component_key"])


def _line(component_key: str, file_id: UUID | None, source: PaperSource) -> Line:
    return {
        "component_key": component_key,
        "file_id": str(file_id) if file_id else None,
        "source": source,
    }


def _is_of(line: Line, component_key: str, files: set[str]) -> bool:
    return line["component_key"] == component_key and line["file_id"] in files


def _place_of(draft: Draft, file_id: UUID) -> int | None:
    found = (n for n, p in enumerate(draft.papers) if p["file_id"] == str(file_id))
    return next(found, None)
