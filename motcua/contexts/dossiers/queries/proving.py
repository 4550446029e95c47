"""Bằng chứng đã nộp: the leaf of a submission, with what proves that the ledger holds it."""

from datetime import datetime

from motcua.contexts.dossiers.contracts import ProofNotYet, WithoutLeaf
from motcua.contexts.dossiers.queries.one import dossier_row
from motcua.kernel import exports
from motcua.kernel.actors import Actor

SUBMISSION = "dossiers.submit"


def submission_proof(code: str, actor: Actor, *, now: datetime) -> dict[str, object]:
    """The proof file of the submission, for who may see the dossier.

    Raises: DossierNotFound, WithoutLeaf, ProofNotYet (the first seconds).
    """
    leaf_id = exports.leaf_of(dossier_row(code, actor, now=now).code, SUBMISSION)
    if leaf_id is None:
        raise WithoutLeaf
    found = exports.proof_file(leaf_id)
    if found is None:
        raise ProofNotYet
    return found


def submission_mark(code: str) -> str:
    """Dấu trong sổ cái: the digest of the submission's leaf, "" when it has none."""
    return exports.digest_of(code, SUBMISSION)
