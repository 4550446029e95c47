"""Dùng lại kết quả: what lies in the wallet of whom a draft is for, and may answer for a paper."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts import IssuedKind, IssuedView
from motcua.contexts.dossiers.contracts import (
    GivenPaper,
    NotReusable,
    PaperSource,
    ResultNotReusable,
    WalletPaper,
)
from motcua.contexts.dossiers.models import Dossier
from motcua.contexts.dossiers.rules import reuse
from motcua.contexts.procedures import public as procedures
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date

KINDS = (IssuedKind.RESULT, IssuedKind.CERTIFIED_COPY)
AT_MOST = 20


def wallet_papers(actor: Actor, *, now: datetime) -> tuple[WalletPaper, ...]:
    """One's own results, newest first; those that cannot be handed in any more with the reason."""
    issued = documents.wallet_of(actor, kinds=KINDS, now=now, limit=AT_MOST)
    return _judged(issued, now)


def not_reusable(file_ids: Collection[UUID], *, now: datetime) -> tuple[WalletPaper, ...]:
    """Those of the files that are results and may not be handed in at that moment."""
    judged = _judged(documents.issued_by_file(file_ids).values(), now)
    return tuple(paper for paper in judged if paper.why_not)


def check_still_good(given: Iterable[GivenPaper], *, now: datetime) -> None:
    """What was good when it was chosen may be over by now. Raises: ResultNotReusable."""
    reused = [p.file_id for p in given if p.file_id and p.source is PaperSource.FROM_STORE]
    if not reused:
        return
    titles = [paper.issued.title for paper in not_reusable(reused, now=now)]
    titles += [one.kind_name for one in documents.evidence_over(reused, now=now)]
    if titles:
        raise ResultNotReusable(f"«{', '.join(titles)}»: {ResultNotReusable.sentence}")


def digitised_among(
    given: Iterable[GivenPaper], applicant_id: UUID, *, now: datetime
) -> frozenset[UUID]:
    """Files of the applicant that a desk digitised before, whoever brought them then."""
    reused = [p.file_id for p in given if p.file_id and p.source is PaperSource.FROM_STORE]
    return documents.evidence_files(reused, applicant_id, now=now) if reused else frozenset()


def _judged(issued: Iterable[IssuedView], now: datetime) -> tuple[WalletPaper, ...]:
    issued = tuple(issued)
    came_from = _procedures_of([one.subject for one in issued])
    return tuple(_one(one, came_from.get(one.subject, ""), now) for one in issued)


def _one(issued: IssuedView, procedure: str, now: datetime) -> WalletPaper:
    last_day = reuse.last_day(procedure, city_date(issued.issued_at))
    why_not = None
    if last_day and last_day < city_date(now):
        why_not = NotReusable.EXPIRED
    if issued.is_revoked:
        why_not = NotReusable.REVOKED
    return WalletPaper(issued=issued, last_day=last_day, why_not=why_not)


def _procedures_of(codes: Collection[str]) -> dict[str, str]:
    rows = Dossier.objects.filter(code__in=codes).values_list("code", "procedure_version_id")
    return {code: procedures.version(version_id).procedure_code for code, version_id in rows}
